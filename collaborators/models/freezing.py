"""A freeze stops everything about a community in one act; only two people together end it."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from collaborators.models.communities import Community
from collaborators.models.people import User
from collaborators.models.places import Region
from collaborators.models.roster import Collaborator
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, INTERNAL
from cre.core.history import Records
from cre.core.vault import Sealed, SealedTextField


class FreezingSide(models.TextChoices):
    """From where a freeze came."""

    COMMUNITY = "community", _("the community itself")
    DESK = "desk", _("the regional desk")
    SECURITY = "security", _("a security focal person")


class Freeze(Sealed, models.Model):
    """Everything about a community stands still from one moment to another. Key: (community, identity)."""

    KEY_PURPOSE = "identity"
    CLASSES = {
        "version": INTERNAL,
        "community": INTERNAL,
        "region": INTERNAL,
        "side": INTERNAL,
        "reason": CONFIDENTIAL,
        "frozen_by": INTERNAL,
        "frozen_at": INTERNAL,
        "thaw_proposed_by": INTERNAL,
        "thaw_proposed_at": INTERNAL,
        "thaw_reason": CONFIDENTIAL,
        "thawed_by": INTERNAL,
        "thawed_at": INTERNAL,
    }

    version = models.PositiveIntegerField(default=1, editable=False)
    community = models.ForeignKey(Community, models.PROTECT, related_name="freezes")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=FreezingSide)
    reason = SealedTextField(_("what has happened"), max_length=2000, blank=True)
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(auto_now_add=True)
    thaw_proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    thaw_proposed_at = models.DateTimeField(null=True)
    thaw_reason = SealedTextField(_("why it is safe to go on"), max_length=2000, blank=True)
    thawed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    thawed_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering: ClassVar[list[str]] = ["-frozen_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["community"], condition=Q(thawed_at=None), name="one_open_freeze"),
            models.CheckConstraint(condition=~Q(thawed_by=F("thaw_proposed_by")), name="thawed_by_two_people"),
            models.CheckConstraint(
                condition=Q(thawed_at=None, thawed_by=None)
                | Q(thawed_at__isnull=False, thawed_by__isnull=False, thaw_proposed_by__isnull=False),
                name="thawed_after_a_proposal",
            ),
        ]

    def __str__(self) -> str:
        return f"freeze of {self.community_id}"

    @property
    def is_open(self) -> bool:
        return self.thawed_at is None


class FreezeWarning(models.Model):
    """An ally or a community on the roster that has to hear of a freeze by a safe channel, and whether it did."""

    CLASSES = dict.fromkeys(("uuid", "freeze", "collaborator", "has_met", "warned_by", "warned_at"), INTERNAL)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    freeze = models.ForeignKey(Freeze, models.CASCADE, related_name="warnings")
    collaborator = models.ForeignKey(Collaborator, models.PROTECT, related_name="+")
    # Whether it has learned who the community is; otherwise it read the brief at most.
    has_met = models.BooleanField()
    warned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    warned_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering: ClassVar[list[str]] = ["-has_met", "id"]
        constraints = [models.UniqueConstraint(fields=["freeze", "collaborator"], name="warned_once_of_a_freeze")]

    def __str__(self) -> str:
        return f"warning of {self.collaborator_id}"


class CodeHandover(Sealed, models.Model):
    """A new receipt code for somebody who lost theirs, after a talk that is kept. Key: (community, identity)."""

    KEY_PURPOSE = "identity"
    CLASSES = {
        "community": INTERNAL,
        "region": INTERNAL,
        "person": INTERNAL,
        "talk": CONFIDENTIAL,
        "given_by": INTERNAL,
        "given_at": INTERNAL,
    }

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    talk = SealedTextField(_("how you spoke, and how you knew that it was them"), max_length=2000)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-given_at", "-id"]

    def __str__(self) -> str:
        return f"code for {self.person_id}"
