"""Letting one more person of a community in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from collaborations.forms.words import WordsForm, text_field
from collaborators.models import CommunityPerson


class LetInForm(WordsForm):
    """What the community calls the new person, if it likes; `once` makes a second click the same as the first."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    called = text_field(
        CommunityPerson,
        "called",
        hint=_("Only for yourselves, so that you know who is who. Please do not write a real name."),
        required=False,
    )
