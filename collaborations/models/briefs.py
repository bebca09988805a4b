"""Briefs: what others may read, once the community has approved that very version."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from collaborations.models.requests import AboutRequest, SupportRequest
from collaborations.states import BRIEF_MOVES, BriefStatus
from collaborators.models import User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, INTERNAL
from cre.core.history import Records
from cre.core.vault import SealedTextField


class BriefVersion(AboutRequest):
    """One version of the brief in one language, its matching facets included. Key: (request, brief)."""

    MOVES = BRIEF_MOVES
    KEY_PURPOSE = "brief"
    CLASSES = {
        "version": INTERNAL,
        "request": INTERNAL,
        "number": INTERNAL,
        "language": INTERNAL,
        "status": INTERNAL,
        "title": CONFIDENTIAL,
        "text": CONFIDENTIAL,
        "wishes": CONFIDENTIAL,
        "shown_country": CONFIDENTIAL,
        "areas": INTERNAL,
        "skills": INTERNAL,
        "languages": INTERNAL,
        "sector": CONFIDENTIAL,
        "financier": CONFIDENTIAL,
        "written_by": INTERNAL,
        "created_at": INTERNAL,
        "decided_at": INTERNAL,
    }

    version = models.PositiveIntegerField(default=1, editable=False)
    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="briefs")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(_("language"), max_length=35, default="en")
    status = models.CharField(max_length=12, choices=BriefStatus, default=BriefStatus.DRAFT, editable=False)
    title = SealedTextField(_("title"), max_length=150)
    text = SealedTextField(_("text"), max_length=6000)
    wishes = SealedTextField(_("what should change"), max_length=3000, blank=True)
    shown_country = SealedTextField(_("country shown; empty: only the region"), max_length=2, blank=True)
    areas = ArrayField(models.CharField(max_length=20), default=list)
    skills = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=35), default=list)
    sector = SealedTextField(_("sector"), max_length=5, blank=True)
    financier = SealedTextField(_("financier"), max_length=80, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["request"], name="brief_proposed", condition=models.Q(status=BriefStatus.PROPOSED))
        ]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="brief_numbered_once"),
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(status=BriefStatus.APPROVED), name="one_approved_brief"
            ),
        ]

    def __str__(self) -> str:
        return f"brief {self.number} of {self.request_id}"
