"""Matches, the opt-in between a community and one collaborator, and what is disclosed in it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collaborations.models.briefs import BriefVersion
from collaborations.models.requests import SupportRequest
from collaborations.states import INTRODUCTION_MOVES, IntroductionStatus
from collaborators.models import Collaborator, Community, User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, IDENTITY, INTERNAL
from cre.core.history import Records
from cre.core.vault import Sealed, SealedTextField


class DisclosedField(models.TextChoices):
    """What a community can share with one ally, each on its own."""

    CHOSEN_NAME = "chosen_name", _("the name you want us to use")
    CONTACT = "contact", _("how to reach you")
    SAFE_HOURS = "safe_hours", _("when it is safe, and what must not be mentioned")
    COUNTRY = "country", _("your country")
    WIDER_AREA = "wider_area", _("the wider area")
    WHAT_HAPPENS = "what_happens", _("what is happening, in your words")
    PROJECT = "project", _("the project, company or financier")
    MUST_NOT_HAPPEN = "must_not_happen", _("what must not happen")
    THREATS = "threats", _("threats so far, and whom not to contact")


class Introduction(Sealed, models.Model):
    """The opt-in between a community and one collaborator. Key: (introduction, shared)."""

    MOVES = INTRODUCTION_MOVES
    KEY_PURPOSE = "shared"
    CLASSES = {
        "version": INTERNAL,
        "request": INTERNAL,
        "community": INTERNAL,
        "collaborator": INTERNAL,
        "brief": INTERNAL,
        "status": INTERNAL,
        "answer": CONFIDENTIAL,
        "proposed_at": INTERNAL,
        "offered_at": INTERNAL,
        "answer_due_at": INTERNAL,
        "answered_at": INTERNAL,
        "ended_at": INTERNAL,
    }

    version = models.PositiveIntegerField(default=1, editable=False)
    request = models.ForeignKey(SupportRequest, models.PROTECT, related_name="introductions")
    community = models.ForeignKey(Community, models.PROTECT, related_name="introductions")
    collaborator = models.ForeignKey(Collaborator, models.PROTECT, related_name="introductions")
    brief = models.ForeignKey(BriefVersion, models.PROTECT, related_name="introductions")
    status = models.CharField(
        max_length=12, choices=IntroductionStatus, default=IntroductionStatus.PROPOSED, editable=False
    )
    answer = SealedTextField(_("a word with the answer"), max_length=2000, blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)
    offered_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering: ClassVar[list[str]] = ["-proposed_at", "-id"]
        indexes = [
            models.Index(fields=["collaborator", "request"], name="introduction_offered",
                         condition=Q(offered_at__isnull=False)),
            models.Index(fields=["request"], name="introduction_to_decide",
                         condition=Q(status__in=[IntroductionStatus.PROPOSED, IntroductionStatus.WILLING])),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["request", "collaborator"], condition=Q(ended_at=None), name="introduced_once"
            ),
        ]

    def __str__(self) -> str:
        return f"introduction {self.uuid}"


class Match(models.Model):
    """Why this collaborator was suggested: the score and its reasons, frozen when it was proposed."""

    CLASSES = dict.fromkeys(
        (
            "introduction", "request", "score", "reasons", "proposed_by", "proposed_at",
        ),
        INTERNAL,
    )  # fmt: skip

    introduction = models.OneToOneField(Introduction, models.CASCADE, related_name="match")
    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="matches")
    score = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"match of {self.introduction_id}"


class Participant(Sealed, models.Model):
    """A named person of an ally on one introduction. Key: (introduction, shared)."""

    KEY_PURPOSE = "shared"
    CLASSES = {
        "introduction": INTERNAL,
        "user": INTERNAL,
        "name": IDENTITY,
        "role": CONFIDENTIAL,
        "named_at": INTERNAL,
        "left_at": INTERNAL,
    }

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="participants")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = SealedTextField(_("name the community will see"), max_length=120)
    role = SealedTextField(_("what they do there"), max_length=200, blank=True)
    named_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["introduction", "user"], name="named_once")]

    def __str__(self) -> str:
        return f"participant of {self.introduction_id}"


class Disclosure(Sealed, models.Model):
    """One consented field, copied and sealed for one introduction; withdrawal deletes the row.

    It has no history on purpose: a withdrawn copy must not live on there. The consents are the record.
    """

    KEY_PURPOSE = "shared"
    CLASSES = {
        "introduction": INTERNAL,
        "community": INTERNAL,
        "consent": INTERNAL,
        "field": INTERNAL,
        "value": IDENTITY,
        "disclosed_at": INTERNAL,
    }

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="disclosures")
    community = models.ForeignKey(Community, models.PROTECT, related_name="disclosures")
    consent = models.ForeignKey("collaborations.Consent", models.PROTECT, related_name="disclosures")
    field = models.CharField(max_length=20, choices=DisclosedField)
    value = SealedTextField(_("what is shared"))
    disclosed_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["introduction", "field"], name="disclosed_once")]

    def __str__(self) -> str:
        return f"{self.field} of {self.introduction_id}"
