"""Consent: who allowed what for whom. Rows are only ever added; a withdrawal is a row too."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from collaborations.models.briefs import BriefVersion
from collaborations.models.introductions import Introduction
from collaborations.models.requests import SupportRequest
from collaborators.models import Community, User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, IDENTITY, INTERNAL
from cre.core.vault import Sealed, SealedTextField
from cre.core.vocabularies import ConsentForm


class ConsentQuerySet(VisibleQuerySet["Consent"]):
    def live(self) -> Self:
        """Given and not withdrawn since."""
        withdrawn = self.model._default_manager.filter(withdraws=OuterRef("pk"))
        return self.filter(is_given=True).exclude(Exists(withdrawn))


class Consent(Sealed, models.Model):
    """One yes or no of a community. Key: (community, consent)."""

    class About(models.TextChoices):
        KEEP = "keep", _("You may keep this, and the regional desk may read it")
        BRIEF = "brief", _("Allies may read this version of the brief")
        OFFERS = "offers", _("You may ask these allies")
        DISCLOSE = "disclose", _("This ally may know these things about us")
        INTERPRET = "interpret", _("An interpreter may read one text of ours")

    KEY_PURPOSE = "consent"
    # Among the `fields` of a disclosure: one file by its number, `file-3`.
    FILE = "file-"
    CLASSES = {
        "community": INTERNAL,
        "request": INTERNAL,
        "about": INTERNAL,
        "is_given": INTERNAL,
        "withdraws": INTERNAL,
        "brief": INTERNAL,
        "introduction": INTERNAL,
        "fields": INTERNAL,
        "participants": INTERNAL,
        "form": INTERNAL,
        "language": INTERNAL,
        "said_by": IDENTITY,
        "read_back": CONFIDENTIAL,
        "recorded_by": INTERNAL,
        "given_at": INTERNAL,
        "until": INTERNAL,
    }

    community = models.ForeignKey(Community, models.PROTECT, related_name="consents")
    request = models.ForeignKey(SupportRequest, models.PROTECT, null=True, related_name="consents")
    about = models.CharField(max_length=12, choices=About)
    is_given = models.BooleanField()
    withdraws = models.OneToOneField("self", models.PROTECT, null=True, related_name="withdrawal")
    brief = models.ForeignKey(BriefVersion, models.PROTECT, null=True, related_name="consents")
    introduction = models.ForeignKey(Introduction, models.PROTECT, null=True, related_name="consents")
    fields = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    participants = ArrayField(models.BigIntegerField(), default=list, blank=True)
    form = models.CharField(_("how it was said"), max_length=12, choices=ConsentForm, default=ConsentForm.PORTAL)
    language = models.CharField(_("in which language"), max_length=35, default="en")
    said_by = SealedTextField(_("who said it"), max_length=200, blank=True)
    read_back = SealedTextField(_("what was read back"), max_length=3000, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "id"]

    def __str__(self) -> str:
        return f"{self.about} of {self.community_id}"


class SecondYes(models.Model):
    """What a second person said to a choice before it opens anything: another one of the community, or a call-back.

    One for each consent, and never changed.
    """

    CLASSES = dict.fromkeys(("consent", "is_yes", "said_by", "said_at"), INTERNAL)

    consent = models.OneToOneField(Consent, models.CASCADE, related_name="second")
    is_yes = models.BooleanField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"second yes to {self.consent_id}"
