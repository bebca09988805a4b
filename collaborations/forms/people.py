"""Letting one more person of a community in, and that two of them decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from collaborations.forms.words import VersionForm, WordsForm, text_field
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


class TogetherForm(VersionForm):
    """That two decide, the wish to end it, and the answer to that; the buttons say which one it is."""

    TOGETHER, ALONE, YES, NO = "together", "alone", "yes", "no"
    decision = forms.ChoiceField(
        choices=[(code, code) for code in (TOGETHER, ALONE, YES, NO)], widget=forms.HiddenInput
    )
