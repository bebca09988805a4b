"""Taking everything with one."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How the copy leaves."""

    PAGE = "page", _("Read it here, or print it")
    FILE = "file", _("One file to keep, which any browser opens")
    DATA = "data", _("One file for another program (JSON)")


class TakeForm(forms.Form):
    """Which copy, and the tick that says that the page was read."""

    way = forms.ChoiceField(
        label=_("How do you want it?"), choices=Way.choices, initial=Way.PAGE, widget=forms.RadioSelect
    )
    is_understood = forms.BooleanField(
        label=_("We understand that whoever finds this copy can read everything in it."),
        error_messages={"required": _("Please tick this if you want to go on.")},
    )
