"""What a community decided by voice, in its assembly or by letter, and the desk carried out as its act."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from collaborations.models.introductions import Introduction
from collaborations.models.requests import AboutRequest, SupportRequest
from collaborators.models import User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, IDENTITY, INTERNAL
from cre.core.vault import SealedTextField
from cre.core.vocabularies import ConsentForm


class SpokenDecision(AboutRequest):
    """Who said it, and what was read back; only ever added. A yes is kept in `Consent`. Key: (request, story)."""

    class What(models.TextChoices):
        END = "end", _("You ended the work together.")
        PAUSE = "pause", _("You let the work with your ally rest.")
        RESUME = "resume", _("You went on with your ally.")
        TAKE_BACK = "take_back", _("You took back what you had allowed.")
        REFUSE = "refuse", _("You left an ally out.")
        WITHDRAW = "withdraw", _("You took your request back.")
        SECOND_LOOK = "second_look", _("You asked for a second look. Another person will answer.")
        WISH = "wish", _("You said whom you would like, or know already.")

    KEY_PURPOSE = "story"
    CLASSES = {
        "request": INTERNAL,
        "introduction": INTERNAL,
        "what": INTERNAL,
        "form": INTERNAL,
        "language": INTERNAL,
        "said_by": IDENTITY,
        "read_back": CONFIDENTIAL,
        "recorded_by": INTERNAL,
        "at": INTERNAL,
    }

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="spoken_decisions")
    introduction = models.ForeignKey(Introduction, models.CASCADE, null=True, related_name="spoken_decisions")
    what = models.CharField(max_length=12, choices=What)
    form = models.CharField(_("how it was said"), max_length=12, choices=ConsentForm)
    language = models.CharField(_("in which language"), max_length=35)
    said_by = SealedTextField(_("who said it"), max_length=200)
    read_back = SealedTextField(_("what was read back"), max_length=3000)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.what} of {self.request_id}"
