"""What an ally would like to publish, and what the community says of it before."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations.models.collaboration import Collaboration
from collaborations.states import OUTPUT_MOVES, OutputStatus
from collaborators.models import Community, User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, IDENTITY, INTERNAL
from cre.core.history import Records
from cre.core.vault import Sealed, SealedTextField
from cre.core.vocabularies import ConsentForm


class PublicOutput(Sealed, models.Model):
    """One text that an ally puts forward; only a yes is a yes. Key: (collaboration, shared)."""

    MOVES = OUTPUT_MOVES
    KEY_PURPOSE = "shared"
    CLASSES = {
        "version": INTERNAL,
        "collaboration": INTERNAL,
        "community": INTERNAL,
        "status": INTERNAL,
        "language": INTERNAL,
        "text": CONFIDENTIAL,
        "where": CONFIDENTIAL,
        "appears_on": INTERNAL,
        "put_by": INTERNAL,
        "put_at": INTERNAL,
        "due_at": INTERNAL,
        "answered_at": INTERNAL,
        "answered_by": INTERNAL,
        "words": CONFIDENTIAL,
        "form": INTERNAL,
        "said_by": IDENTITY,
        "read_back": CONFIDENTIAL,
    }

    version = models.PositiveIntegerField(default=1, editable=False)
    collaboration = models.ForeignKey(Collaboration, models.CASCADE, related_name="outputs")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=OutputStatus, default=OutputStatus.WAITING, editable=False)
    language = models.CharField(max_length=35, default="en")
    text = SealedTextField(_("the text, word for word"), max_length=6000)
    where = SealedTextField(_("where it would appear"), max_length=300)
    appears_on = models.DateField(_("when it would appear"))
    put_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    put_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    words = SealedTextField(_("a word with the answer"), max_length=2000, blank=True)
    form = models.CharField(_("how it was said"), max_length=12, choices=ConsentForm, default=ConsentForm.PORTAL)
    said_by = SealedTextField(_("who said it"), max_length=200, blank=True)
    read_back = SealedTextField(_("what was read back"), max_length=3000, blank=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering = ["-put_at", "-id"]

    def __str__(self) -> str:
        return f"output of {self.collaboration_id}"

    @property
    def is_waiting(self) -> bool:
        return self.status == OutputStatus.WAITING

    @property
    def is_overdue(self) -> bool:
        """Whether nobody answered in time, which is no yes."""
        return self.is_waiting and self.due_at < timezone.now()
