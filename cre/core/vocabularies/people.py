"""Who asks, and how the people who ask describe themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WhoAsks(models.TextChoices):
    """Who sends a request; the third kind also says how it was asked to do so."""

    COMMUNITY = "community", _("A community that is affected")
    COMMUNITY_ORGANISATION = "community-organisation", _("An organisation of the community")
    SUPPORTING_ORGANISATION = "supporting-organisation", _("An organisation that supports the community")
    INDIVIDUAL = "individual", _("One person")
    MOVEMENT = "movement", _("A movement or network")


class SizeBand(models.TextChoices):
    """How many people the group that asks has."""

    UP_TO_20 = "up-to-20", _("Up to 20")
    UP_TO_100 = "up-to-100", _("20 to 100")
    UP_TO_500 = "up-to-500", _("100 to 500")
    UP_TO_2000 = "up-to-2000", _("500 to 2,000")
    MORE = "more", _("More than 2,000")
    UNKNOWN = "unknown", _("We do not know")


class Group(models.TextChoices):
    """How people describe themselves; any number of these, or none."""

    INDIGENOUS = "indigenous", _("Indigenous Peoples")
    AFRO_DESCENDANT = "afro-descendant", _("Afro-descendant people")
    WOMEN_LED = "women-led", _("Led by women")
    YOUTH = "youth", _("Young people")
    ELDERS = "elders", _("Older people")
    FISHERFOLK = "fisherfolk", _("Fishing people")
    FARMERS = "farmers", _("Farming people")
    PASTORALISTS = "pastoralists", _("Herding people")
    FOREST_PEOPLE = "forest-people", _("Forest people")
    WORKERS = "workers", _("Workers")
    URBAN_POOR = "urban-poor", _("Poor people in a town")
    DISPLACED = "displaced", _("Displaced people")
    CASTE = "caste", _("People facing caste or descent discrimination")
    RELIGIOUS_MINORITY = "religious-minority", _("A religious minority")
    DISABILITY = "disability", _("People with disabilities")
    LGBTIQ = "lgbtiq", _("LGBTIQ+ people")
    OTHER = "other", _("Another group")
