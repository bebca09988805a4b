"""A request for support: what lists may show, and the story and the risk apart from it and sealed."""

from typing import Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations.states import OPEN_STATUSES, REQUEST_MOVES, RequestStatus
from collaborators.models import Community, Region, User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, IDENTITY, INTERNAL
from cre.core.history import Records
from cre.core.vault import Sealed, SealedTextField
from cre.core.vocabularies import Danger, Stage, WhoAsks


class RiskLevel(models.TextChoices):
    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")
    CRITICAL = "critical", _("critical")


class SupportRequestQuerySet(VisibleQuerySet["SupportRequest"]):
    def open(self) -> Self:
        return self.filter(closed_at=None).exclude(status=RequestStatus.DRAFT)

    def overdue(self) -> Self:
        return self.open().filter(due_at__lt=timezone.now())

    def urgent(self) -> Self:
        return self.open().filter(danger=Danger.NOW)


class SupportRequest(models.Model):
    """What a community asks for. Its words are in `RequestStory`, the dangers in `RequestRisk`."""

    MOVES = REQUEST_MOVES
    CLASSES = dict.fromkeys(
        (
            "uuid", "version", "community", "region", "country", "status", "danger", "risk_level", "language",
            "areas", "kinds_of_help", "created_at", "received_at", "due_at", "first_answered_at", "closed_at",
            "decline_reason", "is_assisted",
        ),
        INTERNAL,
    )  # fmt: skip

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    community = models.ForeignKey(Community, models.PROTECT, related_name="requests")
    region = models.ForeignKey(Region, models.PROTECT, related_name="requests")
    country = models.CharField(_("country"), max_length=2, blank=True)
    status = models.CharField(max_length=20, choices=RequestStatus, default=RequestStatus.DRAFT, editable=False)
    danger = models.CharField(_("is anyone in danger?"), max_length=10, choices=Danger)
    risk_level = models.CharField(_("risk"), max_length=10, choices=RiskLevel, blank=True)
    language = models.CharField(_("language"), max_length=35, default="en")
    areas = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    kinds_of_help = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    is_assisted = models.BooleanField(_("written down by somebody else"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(_("next step promised for"), null=True)
    first_answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=20, blank=True)

    objects = SupportRequestQuerySet.as_manager()
    history = Records()

    class Meta:
        indexes = [
            models.Index(
                fields=["region", "due_at", "id"],
                name="request_queue",
                include=["community"],
                condition=Q(closed_at=None),
            ),
            models.Index(fields=["due_at", "id"], name="request_queue_all", condition=Q(closed_at=None)),
            models.Index(fields=["region", "-created_at", "-id"], name="request_region_new", include=["community"]),
            models.Index(fields=["community", "-created_at", "-id"], name="request_community_new", include=["region"]),
            models.Index(fields=["-created_at", "-id"], name="request_new"),
            # The tabs of the queue whose rows are rare among all open ones.
            models.Index(
                fields=["region", "due_at", "id"],
                name="request_unanswered",
                include=["community"],
                condition=Q(closed_at=None, first_answered_at=None),
            ),
            models.Index(
                fields=["region", "due_at", "id"],
                name="request_urgent",
                include=["community"],
                condition=Q(closed_at=None, danger=Danger.NOW),
            ),
            models.Index(
                fields=["region", "-created_at", "-id"],
                name="request_closed",
                include=["community"],
                condition=Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.uuid}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_at is not None and self.due_at < timezone.now()


class AboutRequest(Sealed):
    """A sealed row of one request; its key belongs to the request, so `key_object` is the request's uuid."""

    # The ledger learns community and region from the request itself (cre_subject_of).
    SUBJECT = {"request": "key_object"}

    class Meta:
        abstract = True


class RequestStory(AboutRequest):
    """What happens and what is wanted, in the community's own words. Key: (request, story)."""

    KEY_PURPOSE = "story"
    CLASSES = {
        "request": INTERNAL,
        "version": INTERNAL,
        "who_asks": INTERNAL,
        "stage": INTERNAL,
        "need": CONFIDENTIAL,
        "what_happens": CONFIDENTIAL,
        "wider_area": IDENTITY,
        "groups": IDENTITY,
        "impacts": CONFIDENTIAL,
        "project": CONFIDENTIAL,
        "project_index": CONFIDENTIAL,
        "good_result": CONFIDENTIAL,
        "must_not_happen": CONFIDENTIAL,
        "past_steps": CONFIDENTIAL,
        "deadlines": CONFIDENTIAL,
        "partners": CONFIDENTIAL,
    }

    version = models.PositiveIntegerField(default=1, editable=False)
    request = models.OneToOneField(SupportRequest, models.CASCADE, related_name="story")
    who_asks = models.CharField(_("who asks"), max_length=30, choices=WhoAsks, blank=True)
    stage = models.CharField(_("how far the project is"), max_length=20, choices=Stage, blank=True)
    need = SealedTextField(_("what you need"), max_length=5000, blank=True)
    what_happens = SealedTextField(_("what is happening"), max_length=20000, blank=True)
    wider_area = SealedTextField(_("the wider area"), max_length=200, blank=True)
    groups = SealedTextField(_("groups you belong to"), max_length=500, blank=True)
    impacts = SealedTextField(_("harm"), max_length=500, blank=True)
    project = SealedTextField(_("the project, company or financier, if you know"), max_length=500, blank=True)
    project_index = models.BinaryField(null=True, max_length=16)
    good_result = SealedTextField(_("what a good result would be"), max_length=3000, blank=True)
    must_not_happen = SealedTextField(_("what must not happen"), max_length=3000, blank=True)
    past_steps = SealedTextField(_("what you have tried"), max_length=3000, blank=True)
    deadlines = SealedTextField(_("dates that matter"), max_length=1000, blank=True)
    partners = SealedTextField(_("who already helps"), max_length=1000, blank=True)

    objects = VisibleQuerySet.as_manager()
    # A blind index outlives its key; it is nulled with the story, and history must not keep it.
    history = Records(excluded_fields=["project_index"])

    def __str__(self) -> str:
        return f"story of {self.request_id}"


class RequestRisk(AboutRequest):
    """Who is in danger, and what must not be done. Key: (request, story)."""

    KEY_PURPOSE = "story"
    CLASSES = {
        "request": INTERNAL,
        "version": INTERNAL,
        "threats": CONFIDENTIAL,
        "most_exposed": IDENTITY,
        "protection": CONFIDENTIAL,
        "not_to_contact": IDENTITY,
        "not_to_see": IDENTITY,
    }

    version = models.PositiveIntegerField(default=1, editable=False)
    request = models.OneToOneField(SupportRequest, models.CASCADE, related_name="risk")
    threats = SealedTextField(_("threats so far"), max_length=5000, blank=True)
    most_exposed = SealedTextField(_("who is most exposed"), max_length=1000, blank=True)
    protection = SealedTextField(_("what protects you now"), max_length=1000, blank=True)
    not_to_contact = SealedTextField(_("whom we must not contact"), max_length=1000, blank=True)
    not_to_see = SealedTextField(_("who here should not see this"), max_length=1000, blank=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    def __str__(self) -> str:
        return f"risk of {self.request_id}"


class SafetyCheck(AboutRequest):
    """How a facilitator judged the danger at one moment; each judgement is a row of its own."""

    KEY_PURPOSE = "story"
    CLASSES = {
        "request": INTERNAL,
        "level": INTERNAL,
        "channel_is_safe": INTERNAL,
        "notes": CONFIDENTIAL,
        "checked_by": INTERNAL,
        "checked_at": INTERNAL,
    }

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="safety_checks")
    level = models.CharField(_("risk"), max_length=10, choices=RiskLevel)
    channel_is_safe = models.BooleanField(_("the agreed channel is safe"), default=False)
    notes = SealedTextField(_("what we agreed"), max_length=5000, blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-checked_at", "-id"]

    def __str__(self) -> str:
        return f"safety check of {self.request_id}"
