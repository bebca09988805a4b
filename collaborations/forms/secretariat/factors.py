"""Beginning anew with a second step."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ResetFactorsForm(forms.Form):
    """Who spoke with the person, in a few words that stay on record."""

    reason = forms.CharField(
        label=_("Who spoke with the person, and how did you know them?"),
        help_text=_("Call them yourself, on a number that you had before. An e-mail is not enough."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
