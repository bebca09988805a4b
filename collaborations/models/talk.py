"""What is said about a request: with the community, among staff, and the timeline both can read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from collaborations.events import Event
from collaborations.models.collaboration import Collaboration
from collaborations.models.requests import AboutRequest, SupportRequest
from collaborators.models import User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, INTERNAL
from cre.core.vault import SealedTextField


class Side(models.TextChoices):
    COMMUNITY = "community", _("the community")
    DESK = "desk", _("the regional desk")
    ALLY = "ally", _("the ally")
    EXCHANGE = "exchange", _("the exchange")


class RequestMessage(AboutRequest):
    """A message between a community and its desk. Key: (request, story)."""

    KEY_PURPOSE = "story"
    CLASSES = {
        "request": INTERNAL,
        "author": INTERNAL,
        "side": INTERNAL,
        "language": INTERNAL,
        "text": CONFIDENTIAL,
        "sent_at": INTERNAL,
    }

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="messages")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    language = models.CharField(max_length=35, default="en")
    text = SealedTextField(_("message"), max_length=10000)
    sent_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "id"]

    def __str__(self) -> str:
        return f"message about {self.request_id}"


class InternalNote(AboutRequest):
    """A note among staff, in a table of its own so that no slip can show it to anybody else."""

    KEY_PURPOSE = "story"
    CLASSES = {
        "request": INTERNAL,
        "author": INTERNAL,
        "text": CONFIDENTIAL,
        "written_at": INTERNAL,
    }

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="internal_notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = SealedTextField(_("note"), max_length=5000)
    written_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return f"note on {self.request_id}"


class TimelineEntry(models.Model):
    """Something that happened, as a code; `Event` has the plain words for whoever reads it."""

    class Audience(models.TextChoices):
        DESK = "desk", _("staff")
        COMMUNITY = "community", _("staff and the community")
        ALL = "all", _("staff, the community and the ally")

    CLASSES = dict.fromkeys(
        (
            "request", "collaboration", "event", "side", "audience", "happened_at", "due_on",
        ),
        INTERNAL,
    )  # fmt: skip

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="timeline")
    collaboration = models.ForeignKey(Collaboration, models.CASCADE, null=True, related_name="timeline")
    event = models.CharField(max_length=30, choices=Event)
    side = models.CharField(max_length=10, choices=Side)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.COMMUNITY)
    happened_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["happened_at", "id"]

    def __str__(self) -> str:
        return f"{self.event} of {self.request_id}"


class Referral(AboutRequest):
    """To whom a community was referred, in words it agreed to; asked after two weeks if they answered."""

    KEY_PURPOSE = "story"
    CLASSES = {
        "request": INTERNAL,
        "to_whom": CONFIDENTIAL,
        "words": CONFIDENTIAL,
        "made_by": INTERNAL,
        "made_at": INTERNAL,
        "ask_on": INTERNAL,
        "answered": INTERNAL,
    }

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="referrals")
    to_whom = SealedTextField(_("who else can help"), max_length=300)
    words = SealedTextField(_("how to reach them, and what to say"), max_length=3000, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ask_on = models.DateField()
    answered = models.BooleanField(null=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"referral of {self.request_id}"


class SecondLook(AboutRequest):
    """A community asks that another person looks again at a decline."""

    KEY_PURPOSE = "story"
    CLASSES = {
        "request": INTERNAL,
        "words": CONFIDENTIAL,
        "asked_by": INTERNAL,
        "asked_at": INTERNAL,
        "due_at": INTERNAL,
        "answered_by": INTERNAL,
        "answered_at": INTERNAL,
        "was_reopened": INTERNAL,
    }

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="second_looks")
    words = SealedTextField(_("what we should look at again"), max_length=5000, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    was_reopened = models.BooleanField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(answered_at=None), name="one_open_second_look"
            ),
        ]

    def __str__(self) -> str:
        return f"second look at {self.request_id}"
