"""Whom a community asks for by name, and with whom it works already."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from collaborations.models.requests import AboutRequest, SupportRequest
from collaborators.models import Collaborator, User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, INTERNAL
from cre.core.history import Records
from cre.core.vault import SealedTextField


class Wish(AboutRequest):
    """What a community says of one entry of the directory; taken back, the row is gone. Key: (request, story)."""

    class Kind(models.TextChoices):
        WANTED = "wanted", _("would like this ally")
        KNOWN = "known", _("works with them already")

    KEY_PURPOSE = "story"
    CLASSES = {
        "request": INTERNAL,
        "collaborator": INTERNAL,
        "kind": INTERNAL,
        "reason": CONFIDENTIAL,
        "said_by": INTERNAL,
        "said_at": INTERNAL,
    }

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="wishes")
    collaborator = models.ForeignKey(Collaborator, models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=8, choices=Kind)
    reason = SealedTextField(_("a word about it"), max_length=1000, blank=True)
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [models.UniqueConstraint(fields=["request", "collaborator"], name="one_wish_for_an_ally")]

    def __str__(self) -> str:
        return f"wish of {self.request_id}"
