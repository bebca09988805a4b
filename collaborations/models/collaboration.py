"""The sustained work of a community and an ally, and what they say to each other."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from collaborations.models.introductions import Introduction
from collaborations.models.requests import SupportRequest
from collaborations.states import COLLABORATION_MOVES, CollaborationStatus
from collaborators.models import Community, Region, User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, INTERNAL
from cre.core.history import Records
from cre.core.vault import Sealed, SealedTextField
from cre.core.vocabularies import EndReason


class Collaboration(Sealed, models.Model):
    """The work that follows an introduction. Key: (collaboration, shared)."""

    MOVES = COLLABORATION_MOVES
    KEY_PURPOSE = "shared"
    CLASSES = {
        "version": INTERNAL,
        "request": INTERNAL,
        "introduction": INTERNAL,
        "community": INTERNAL,
        "region": INTERNAL,
        "status": INTERNAL,
        "began_at": INTERNAL,
        "check_in_on": INTERNAL,
        "paused_at": INTERNAL,
        "ended_at": INTERNAL,
        "end_reason": INTERNAL,
        "ended_by_side": INTERNAL,
        "parting_words": CONFIDENTIAL,
    }

    version = models.PositiveIntegerField(default=1, editable=False)
    request = models.ForeignKey(SupportRequest, models.PROTECT, related_name="collaborations")
    introduction = models.OneToOneField(Introduction, models.PROTECT, related_name="collaboration")
    community = models.ForeignKey(Community, models.PROTECT, related_name="collaborations")
    region = models.ForeignKey(Region, models.PROTECT, related_name="collaborations")
    status = models.CharField(
        max_length=10, choices=CollaborationStatus, default=CollaborationStatus.STARTING, editable=False
    )
    began_at = models.DateTimeField(auto_now_add=True)
    check_in_on = models.DateField(_("first check-in"))
    # Set by the community alone; meanwhile the ally says nothing and asks for nothing.
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("why"), max_length=20, choices=EndReason, blank=True)
    ended_by_side = models.CharField(max_length=10, blank=True)
    parting_words = SealedTextField(_("a last word"), max_length=2000, blank=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering = ["-began_at", "-id"]
        indexes = [
            models.Index(
                fields=["region", "check_in_on"],
                name="collaboration_check_in",
                condition=models.Q(ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"collaboration {self.uuid}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def is_resting(self) -> bool:
        """Whether the community needs a pause; what has ended rests no more."""
        return self.is_open and self.paused_at is not None


class CollaborationMessage(Sealed, models.Model):
    """A message in the shared thread of a community, an ally and the desk. Key: (collaboration, shared)."""

    KEY_PURPOSE = "shared"
    CLASSES = {
        "collaboration": INTERNAL,
        "author": INTERNAL,
        "side": INTERNAL,
        "language": INTERNAL,
        "text": CONFIDENTIAL,
        "sent_at": INTERNAL,
    }

    collaboration = models.ForeignKey(Collaboration, models.CASCADE, related_name="messages")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10)
    language = models.CharField(max_length=35, default="en")
    text = SealedTextField(_("message"), max_length=10000)
    sent_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "id"]

    def __str__(self) -> str:
        return f"message in {self.collaboration_id}"
