"""A text that an ally would like to publish, and the community's answer."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations.forms.words import VersionForm, WordsForm, text_field
from collaborations.models import PublicOutput
from collaborations.states import OutputStatus

# Nobody knows today what will be right in two years.
LATEST = timedelta(days=730)
ANSWERS = [
    (OutputStatus.AGREED, _("Yes, this may be published")),
    (OutputStatus.CHANGE, _("Something should change first")),
    (OutputStatus.REFUSED, _("No")),
]


class PutForwardForm(WordsForm):
    """What would be published, where and when; `once` is made with the page."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = text_field(
        PublicOutput, "text", rows=6, hint=_("With every name, place and number. Describe photos in words.")
    )
    where = text_field(PublicOutput, "where", hint=_("For example: our website, in English and Spanish."))
    appears_on: Any = forms.DateField(label=_("When would it appear?"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_appears_on(self) -> date:
        day: date = self.cleaned_data["appears_on"]
        if not timezone.localdate() < day <= timezone.localdate() + LATEST:
            raise forms.ValidationError(_("Please choose a day from tomorrow on, within two years."))
        return day


class OutputAnswerForm(VersionForm, WordsForm):
    """The community's answer; the buttons say which one it is."""

    decision = forms.ChoiceField(choices=ANSWERS, widget=forms.HiddenInput)
    words = text_field(
        PublicOutput, "words", rows=3, required=False, hint=_("The ally and the regional desk read this.")
    )
