"""One text of a community for one interpreter, until a day: asked by the desk, allowed by the community."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations.models.consent import Consent
from collaborations.models.requests import SupportRequest
from collaborations.states import INTERPRETING_MOVES, InterpretingStatus
from collaborators.models import Collaborator, Community, User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, IDENTITY, INTERNAL
from cre.core.history import Records
from cre.core.vault import Sealed, SealedTextField


class InterpreterTaskQuerySet(VisibleQuerySet["InterpreterTask"]):
    def open(self) -> Self:
        """Those that an interpreter may get or has."""
        return self.filter(status__in=(InterpretingStatus.ASKED, InterpretingStatus.ALLOWED))


class InterpreterTask(Sealed, models.Model):
    """One text, copied for one interpreter, and what they make of it. Key: (task, shared).

    The interpreter's page shows the text and its languages; neither the request nor the community comes along.
    `reader` is who the interpreter is, as far as the community may know it; empty where the roster shows no name.
    """

    MOVES = INTERPRETING_MOVES
    KEY_PURPOSE = "shared"
    CLASSES = {
        "version": INTERNAL,
        "request": INTERNAL,
        "community": INTERNAL,
        "collaborator": INTERNAL,
        "interpreter": INTERNAL,
        "reader": IDENTITY,
        "status": INTERNAL,
        "from_language": INTERNAL,
        "to_language": INTERNAL,
        "text": CONFIDENTIAL,
        "translation": CONFIDENTIAL,
        "asked_by": INTERNAL,
        "asked_at": INTERNAL,
        "due_at": INTERNAL,
        "consent": INTERNAL,
        "decided_at": INTERNAL,
        "done_at": INTERNAL,
        "ended_at": INTERNAL,
    }

    version = models.PositiveIntegerField(default=1, editable=False)
    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="interpreter_tasks")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    collaborator = models.ForeignKey(Collaborator, models.PROTECT, related_name="+")
    interpreter = models.ForeignKey(User, models.PROTECT, related_name="+")
    reader = SealedTextField(_("who would read it"), max_length=120, blank=True)
    status = models.CharField(
        max_length=8, choices=InterpretingStatus, default=InterpretingStatus.ASKED, editable=False
    )
    from_language = models.CharField(_("from which language"), max_length=35)
    to_language = models.CharField(_("into which language"), max_length=35)
    text = SealedTextField(_("the text, word for word"), max_length=20_000)
    translation = SealedTextField(_("the translation"), max_length=40_000, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="interpreter_tasks")
    decided_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = InterpreterTaskQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["interpreter", "status"], name="interpreter_has")]

    def __str__(self) -> str:
        return f"interpreter task of {self.request_id}"

    @property
    def is_over(self) -> bool:
        """Whether its day has passed, or somebody ended it; what was given back is done, not over."""
        is_open = self.status in (InterpretingStatus.ASKED, InterpretingStatus.ALLOWED)
        return self.status == InterpretingStatus.ENDED or (is_open and self.due_at <= timezone.now())

    @property
    def is_waiting(self) -> bool:
        """Whether the community can still decide."""
        return self.status == InterpretingStatus.ASKED and not self.is_over

    @property
    def is_read(self) -> bool:
        """Whether the interpreter can read it now, as far as this row tells."""
        return self.status == InterpretingStatus.ALLOWED and not self.is_over
