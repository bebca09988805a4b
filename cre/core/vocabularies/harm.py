"""What a project does to people, how far it is, how many it touches and what they have tried."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far a project is."""

    RUMOUR = "rumour", _("We have only heard of it")
    PLANNED = "planned", _("Planned")
    APPROVED = "approved", _("Approved")
    CONSTRUCTION = "construction", _("Being built")
    OPERATING = "operating", _("Running")
    STOPPED = "stopped", _("Stopped for now")
    CLOSED = "closed", _("Closed")


class Impact(models.TextChoices):
    """What a project does, or may do, to people and to the place where they live."""

    LAND = "land", _("Loss of land")
    EVICTION = "eviction", _("Eviction or resettlement")
    WATER = "water", _("Water: too little, too dirty, flooded")
    AIR = "air", _("Dirty air, dust, smoke")
    NOISE = "noise", _("Noise, blasting, cracks in houses")
    HEALTH = "health", _("Health")
    LIVELIHOOD = "livelihood", _("Loss of work and income")
    FISHING = "fishing", _("Fishing grounds")
    GRAZING = "grazing", _("Grazing land and routes")
    FOREST = "forest", _("Forest and wildlife")
    CULTURE = "culture", _("Graves, sacred places, culture")
    CONSULTATION = "consultation", _("Nobody asked us or told us")
    INDIGENOUS_RIGHTS = "indigenous-rights", _("Indigenous Peoples' rights")
    COMPENSATION = "compensation", _("No compensation, or too little")
    LABOUR = "labour", _("Working conditions")
    WOMEN = "women", _("Violence or harm against women and girls")
    CHILDREN = "children", _("Children and school")
    SAFETY = "safety", _("Accidents, traffic, dams that may break")
    REPRISALS = "reprisals", _("Threats, arrests, attacks against those who speak")
    DIVISION = "division", _("Conflict inside the community")
    CLIMATE = "climate", _("Climate")


class AffectedBand(models.TextChoices):
    """How many people a project touches, never more exact than this."""

    UP_TO_100 = "up-to-100", _("Up to 100")
    UP_TO_1000 = "up-to-1000", _("100 to 1,000")
    UP_TO_10000 = "up-to-10000", _("1,000 to 10,000")
    MORE = "more", _("More than 10,000")
    UNKNOWN = "unknown", _("We do not know")


class PastStep(models.TextChoices):
    """What people have already tried."""

    NONE = "none", _("Nothing yet")
    MEETING = "meeting", _("Meetings with those responsible")
    LETTER = "letter", _("Letters or petitions")
    PROTEST = "protest", _("Protest")
    MEDIA = "media", _("Media")
    COURT = "court", _("Court")
    BANK_COMPLAINT = "bank-complaint", _("Complaint to a bank")
    STATE_COMPLAINT = "state-complaint", _("Complaint to an authority")
    UN = "un", _("United Nations or regional body")
    OTHER = "other", _("Something else")
