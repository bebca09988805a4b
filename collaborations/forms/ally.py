"""What an ally answers, says and offers."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations.forms.words import VersionForm, WordsForm, text_field
from collaborations.models import Collaboration, CollaborationMessage, Introduction, Participant
from cre.core.vocabularies import EndReason

# A pause of more than two years is no pause; the desk retires such an entry instead.
LONGEST_PAUSE = timedelta(days=730)
MOST_HOURS, MOST_AT_ONCE = 400, 50


class WillingForm(VersionForm, WordsForm):
    """The yes to an offer, with the one person whom it names."""

    name = text_field(Participant, "name", hint=_("The community reads this before it chooses, and the regional desk."))
    role = text_field(
        Participant,
        "role",
        required=False,
        hint=_("For example: lawyer, hydrologist. Read by the same people."),
    )
    answer = text_field(
        Introduction,
        "answer",
        rows=4,
        required=False,
        hint=_("What you could do, and what you would need. The community and the regional desk read this."),
    )
    no_conflict = forms.BooleanField(
        label=_(
            "Neither I nor my organisation works for, is paid by or has ties with anybody on the other side: "
            "a company, a bank, an authority or a consultant of this project."
        ),
        error_messages={"required": _("Tick this, or tell us of the conflict of interest instead.")},
    )


class NotNowForm(VersionForm, WordsForm):
    """The no to an offer; no reason is needed."""

    answer = text_field(
        Introduction,
        "answer",
        rows=3,
        required=False,
        hint=_("For example when you could. The community and the regional desk can read this."),
    )


class ConflictForm(VersionForm, WordsForm):
    """The no to an offer because of ties with the other side."""

    answer = text_field(
        Introduction,
        "answer",
        rows=3,
        label=_("What is the conflict?"),
        required=True,
        hint=_("One sentence is enough, without names. The community and the regional desk can read this."),
    )


class TalkForm(WordsForm):
    """A message to the community and the desk; `once` is made with the page."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = text_field(CollaborationMessage, "text", rows=4)


class PartingForm(VersionForm, WordsForm):
    """The end of a work together, by the ally."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[
            (EndReason.DONE, EndReason.DONE.label),
            (EndReason.ALLY_WISH, _("We cannot go on")),
            (EndReason.SAFETY, EndReason.SAFETY.label),
            (EndReason.CONFLICT, EndReason.CONFLICT.label),
            (EndReason.SILENCE, EndReason.SILENCE.label),
            (EndReason.OTHER, EndReason.OTHER.label),
        ],
        widget=forms.RadioSelect,
    )
    words = text_field(
        Collaboration,
        "parting_words",
        rows=4,
        required=False,
        hint=_("The community and the regional desk read this."),
    )


class CapacityForm(VersionForm):
    """How much an ally can do now."""

    hours_a_month = forms.IntegerField(
        label=_("Hours a month"), required=False, min_value=0, max_value=MOST_HOURS,
        help_text=_("Leave it empty if you cannot say."),
    )  # fmt: skip
    parallel_limit = forms.IntegerField(
        label=_("How many communities at the same time"), min_value=0, max_value=MOST_AT_ONCE
    )
    away_until = forms.DateField(
        label=_("Nothing new before"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty if we may ask you now."),
    )  # fmt: skip

    def clean_away_until(self) -> Any:
        day = self.cleaned_data["away_until"]
        if day and day > timezone.localdate() + LONGEST_PAUSE:
            raise forms.ValidationError(_("Please choose a day within two years."))
        return day


class DirectoryForm(VersionForm):
    """Being found in the directory or not, each one click."""

    is_shown = forms.BooleanField(required=False, widget=forms.HiddenInput)


class PauseForm(VersionForm):
    """ "Not now" and "we are back", each one click."""

    is_pause = forms.BooleanField(required=False, widget=forms.HiddenInput)
