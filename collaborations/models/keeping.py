"""Before something is removed its community is asked: keep it longer, or let it go."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from collaborations.models.requests import SupportRequest
from collaborators.models import Community, User
from cre.core.access import VisibleQuerySet
from cre.core.classes import INTERNAL
from cre.core.history import Records
from cre.core.vocabularies import ConsentForm


class KeepQuestionQuerySet(VisibleQuerySet["KeepQuestion"]):
    def open(self) -> Self:
        return self.filter(answer="")


class KeepQuestion(models.Model):
    """Whether a community wants us to keep one request or, without one, what we know of it longer.

    The clock asks; the community answers in its portal, or its desk writes down what it said over the safe channel.
    """

    class Answer(models.TextChoices):
        KEEP = "keep", _("keep it longer")
        DELETE = "delete", _("delete it now")

    CLASSES = dict.fromkeys(
        (
            "uuid", "version", "community", "request", "rule", "asked_at", "due_at", "answer", "form", "answered_by",
            "answered_at",
        ),
        INTERNAL,
    )  # fmt: skip

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    community = models.ForeignKey(Community, models.CASCADE, related_name="keep_questions")
    request = models.ForeignKey(SupportRequest, models.CASCADE, null=True, related_name="keep_questions")
    rule = models.CharField(max_length=40)
    asked_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    form = models.CharField(_("how it was said"), max_length=12, choices=ConsentForm, default=ConsentForm.PORTAL)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = KeepQuestionQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "request"],
                condition=models.Q(answer=""),
                nulls_distinct=False,
                name="asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.uuid}"
