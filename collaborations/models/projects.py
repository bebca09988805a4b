"""The register of public development projects: who is behind them, and when they can still change."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from cre.core.classes import PUBLIC
from cre.core.vocabularies import Stage


class Project(models.Model):
    """A public project. That a request is about it is confidential and stands in `RequestStory`, sealed."""

    CLASSES = dict.fromkeys(
        (
            "uuid", "name", "country", "sector", "stage", "company", "decision_on", "source",
        ),
        PUBLIC,
    )  # fmt: skip

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2)
    sector = models.CharField(_("sector (DAC code)"), max_length=5, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, blank=True)
    company = models.CharField(_("company"), max_length=200, blank=True)
    decision_on = models.DateField(_("board or voting date"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["name", "country"], name="project_known_once")]

    def __str__(self) -> str:
        return self.name


class ProjectFinance(models.Model):
    """One financier of a project, with its own id for it where that is known."""

    CLASSES = dict.fromkeys(("project", "financier", "reference", "amount"), PUBLIC)

    project = models.ForeignKey(Project, models.CASCADE, related_name="finances")
    financier = models.CharField(_("financier"), max_length=80)
    reference = models.CharField(_("the financier's own project id"), max_length=40, blank=True)
    amount = models.CharField(_("amount, as published"), max_length=80, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["financier", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "financier", "reference"], name="financier_listed_once")
        ]

    def __str__(self) -> str:
        return self.financier
