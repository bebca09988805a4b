"""Why a request is declined, and why a collaboration ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeclineReason(models.TextChoices):
    """The reason that a community is told, always with a message in its own language."""

    NOT_DEVELOPMENT = "not-development", _("It is not about a development project")
    OUTSIDE_RIGHTS = "outside-rights", _("It is not about people's rights")
    NOT_WHAT_WE_DO = "not-what-we-do", _("It needs a kind of help that we do not have")
    NO_ALLY = "no-ally", _("We found nobody who can do this well")
    NO_CAPACITY = "no-capacity", _("We do not have enough people now")
    TOO_RISKY = "too-risky", _("Our help could put people at greater risk")
    OTHER_SUPPORT = "other-support", _("Others can help better or already do")
    NOT_AFFECTED = "not-affected", _("The people affected have not asked for it")
    NO_REPLY = "no-reply", _("We could not reach you any more")
    OTHER = "other", _("Another reason")


class EndReason(models.TextChoices):
    """Why an introduction or a collaboration ends; a community never has to give one."""

    DONE = "done", _("What we wanted together is done")
    COMMUNITY_WISH = "community-wish", _("The community wishes to end it")
    ALLY_WISH = "ally-wish", _("The ally cannot go on")
    SAFETY = "safety", _("It is not safe to go on")
    CONFLICT = "conflict", _("There is a conflict of interest")
    SILENCE = "silence", _("We have not heard from each other")
    OTHER = "other", _("Another reason")
    NOT_SAID = "not-said", _("No reason given")
