"""A region goes from one facilitator to the next: the pack, request by request, and who signed it."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations.models.requests import AboutRequest, SupportRequest
from collaborators.models import Community, Region, User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, IDENTITY, INTERNAL
from cre.core.history import Records
from cre.core.vault import Sealed, SealedTextField


class Handover(models.Model):
    """Who leaves a region and who arrives; when all have signed, one role ends and the other begins."""

    CLASSES = dict.fromkeys(
        (
            "uuid", "version", "region", "leaving", "arriving", "is_vanished", "started_by", "started_at",
            "completed_at", "cancelled_at",
        ),
        INTERNAL,
    )  # fmt: skip

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="handovers")
    leaving = models.ForeignKey(User, models.PROTECT, related_name="+")
    arriving = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_vanished = models.BooleanField(_("cannot sign"), default=False)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(leaving=F("arriving")), name="handed_to_somebody_else"),
            models.UniqueConstraint(
                fields=["region", "leaving"],
                condition=Q(completed_at=None, cancelled_at=None),
                name="one_open_handover",
            ),
        ]

    def __str__(self) -> str:
        return f"handover {self.uuid}"

    @property
    def is_open(self) -> bool:
        return self.completed_at is None and self.cancelled_at is None


class HandoverSignature(models.Model):
    """Somebody signed the pack; nobody signs twice, and nothing of it is ever changed."""

    class Side(models.TextChoices):
        LEAVING = "leaving", _("who leaves")
        ARRIVING = "arriving", _("who arrives")
        COORDINATOR = "coordinator", _("the coordinator")

    CLASSES = dict.fromkeys(("handover", "side", "person", "signed_at"), INTERNAL)

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="signatures")
    side = models.CharField(max_length=12, choices=Side)
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["signed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "side"], name="each_side_signs_once"),
            models.UniqueConstraint(fields=["handover", "person"], name="nobody_signs_for_two"),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.handover_id}"


class HandoverNote(AboutRequest):
    """What was promised last in a request, and what comes next. Key: (request, story)."""

    KEY_PURPOSE = "story"
    CLASSES = {
        "handover": INTERNAL,
        "request": INTERNAL,
        "version": INTERNAL,
        "last_promise": CONFIDENTIAL,
        "next_step": CONFIDENTIAL,
    }

    version = models.PositiveIntegerField(default=1, editable=False)
    handover = models.ForeignKey(Handover, models.CASCADE, related_name="notes")
    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="+")
    last_promise = SealedTextField(_("what was promised last, and for when"), max_length=1000, blank=True)
    next_step = SealedTextField(_("the next step"), max_length=1000, blank=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "request"], name="one_note_in_a_handover")]

    def __str__(self) -> str:
        return f"note of {self.request_id} in {self.handover_id}"


class HandoverContact(Sealed, models.Model):
    """How to reach a community safely, and what not to say there, as it is handed on. Key: (community, identity)."""

    KEY_PURPOSE = "identity"
    CLASSES = {
        "handover": INTERNAL,
        "request": INTERNAL,
        "community": INTERNAL,
        "version": INTERNAL,
        "safe_channel": IDENTITY,
        "not_to_say": IDENTITY,
    }

    version = models.PositiveIntegerField(default=1, editable=False)
    handover = models.ForeignKey(Handover, models.CASCADE, related_name="contacts")
    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    safe_channel = SealedTextField(_("the safe channel"), max_length=500, blank=True)
    not_to_say = SealedTextField(_("what not to say"), max_length=1000, blank=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "request"], name="one_contact_in_a_handover")]

    def __str__(self) -> str:
        return f"contact of {self.request_id} in {self.handover_id}"
