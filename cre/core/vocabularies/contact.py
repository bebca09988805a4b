"""How a community is reached safely, and in what form it says yes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Danger(models.TextChoices):
    """The answer to "is anyone in danger?", the first question that is asked."""

    NOW = "now", _("Yes, now")
    SOON = "soon", _("Not now, but we fear it soon")
    NO = "no", _("No")


class Channel(models.TextChoices):
    """The ways to reach a community; the last one means that nobody writes or calls."""

    SIGNAL = "signal", _("Signal")
    WHATSAPP = "whatsapp", _("WhatsApp")
    WIRE = "wire", _("Wire")
    EMAIL = "email", _("E-mail")
    CALL = "call", _("Phone call")
    SMS = "sms", _("Text message (SMS)")
    TRUSTED_PERSON = "trusted-person", _("Through a person whom we trust")
    CHECK_HERE = "check-here", _("Do not contact me, I will check here")


class ConsentForm(models.TextChoices):
    """In what form a yes or a no was given."""

    PORTAL = "portal", _("On this site")
    VOICE = "voice", _("By voice")
    ASSEMBLY = "assembly", _("In an assembly")
    LETTER = "letter", _("By letter")
    RECORDING = "recording", _("By a recording")
