"""What the roster says about a collaborator, in codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CollaboratorKind(models.TextChoices):
    """What stands behind an entry of the roster."""

    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")
    COMMUNITY = "community", _("Community")


class Level(models.TextChoices):
    """Where a collaborator works: how near it is to those who ask."""

    LOCAL = "local", _("Local")
    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    INTERNATIONAL = "international", _("International")


class AccessLevel(models.IntegerChoices):
    """What a vetted collaborator may be offered."""

    PUBLIC = 1, _("Public information only")
    BRIEFS = 2, _("May be offered briefs")
    IDENTIFIED = 3, _("May receive what a community agrees to share")


class Modality(models.TextChoices):
    """In what way a collaborator can be there."""

    REMOTE = "remote", _("From a distance")
    TRAVEL = "travel", _("Visits")
    ACCOMPANIMENT = "accompaniment", _("Stays with the community")


class Cost(models.TextChoices):
    """What the work of a collaborator costs."""

    FREE = "free", _("Free of charge")
    COSTS_ONLY = "costs-only", _("Only the costs")
    LOW_FEE = "low-fee", _("A low fee")
    FEE = "fee", _("A fee")


class LanguageUse(models.TextChoices):
    """How well a collaborator uses a language."""

    NATIVE = "native", _("First language")
    WORK = "work", _("Can work in it")
    BASIC = "basic", _("Can follow a talk")
    INTERPRET = "interpret", _("Can interpret")
