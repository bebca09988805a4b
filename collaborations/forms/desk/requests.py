"""The acts on one request, word for word as the actions take them."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices
from collaborations.forms.desk.acting import COMMUNITY_READS, STAFF_READ, ActForm, language_choices
from collaborations.forms.words import WordsForm, require_sentence, text_field
from collaborations.models import InternalNote, Referral, RequestMessage, SafetyCheck
from collaborations.models.requests import RiskLevel
from collaborators.models import Region
from cre.core.vocabularies import DeclineReason


class PlaceForm(ActForm):
    """The region that a request belongs to."""

    region: Any = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.filter(is_waiting_room=False).order_by("name"),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
    )


class SafetyForm(ActForm, WordsForm):
    """How great the danger is, and whether the agreed channel can be used."""

    level = forms.ChoiceField(label=_("How great is the danger?"), choices=RiskLevel.choices, widget=forms.RadioSelect)
    channel_is_safe = forms.BooleanField(
        label=_("The agreed channel is safe"),
        help_text=_("Without this tick the request stays at “safety first” until a safer channel is agreed."),
        required=False,
    )
    notes = text_field(SafetyCheck, "notes", rows=5, hint=STAFF_READ)


class MessageForm(WordsForm):
    """A message to the community or into a collaboration; `once` makes a second click harmless."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = text_field(RequestMessage, "text", rows=4)
    language = forms.ChoiceField(label=_("Written in"))

    def __init__(self, data: Any = None, *, language: str, hint: Any = COMMUNITY_READS, **options: Any) -> None:
        super().__init__(data, **options)
        set_choices(self, language=language_choices(language))
        self.initial.setdefault("language", language)
        self.fields["text"].help_text = hint


class NoteForm(WordsForm):
    """A note among staff."""

    prefix = "note"
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = text_field(InternalNote, "text", rows=3, hint=STAFF_READ)


class ReasonForm(forms.Form):
    """Why somebody without a relation to the request needs to know who they are."""

    reason = forms.CharField(
        label=_("Why do you need to know who they are?"),
        help_text=_("The reason is kept with your name, and the community can read it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[require_sentence],
    )


class DeclineForm(ActForm, WordsForm):
    """A no with its reason, a message, and another door where there is one."""

    reason = forms.ChoiceField(label=_("Reason"), choices=DeclineReason.choices, widget=forms.RadioSelect)
    message = text_field(RequestMessage, "text", rows=6, hint=COMMUNITY_READS)
    to_whom = text_field(
        Referral, "to_whom", required=False, hint=_("An organisation, office or person who may help instead.")
    )
    words = text_field(
        Referral,
        "words",
        rows=3,
        required=False,
        hint=_("The community reads this. Name nobody who has not agreed to it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("words") and not cleaned.get("to_whom"):
            self.add_error("to_whom", _("Say who this is about, or leave both fields empty."))
        return cleaned


class ParkForm(ActForm):
    """For how long a request waits."""

    days = forms.IntegerField(
        label=_("For how many days?"), min_value=1, max_value=180, initial=30,
        help_text=_("After that it comes back as late, so that nobody forgets it."),
    )  # fmt: skip


class SecondLookForm(WordsForm):
    """The answer of another person to a decline."""

    GO_ON, STANDS = "go_on", "stands"
    answer = forms.ChoiceField(
        label=_("After your own look"),
        choices=[(GO_ON, _("We go on with this request")), (STANDS, _("The answer stays the same"))],
        widget=forms.RadioSelect,
    )
    message = text_field(RequestMessage, "text", rows=6, hint=COMMUNITY_READS)


class EarlierForm(forms.Form):
    """Where the earlier messages or entries of a page end."""

    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    @property
    def before_id(self) -> int | None:
        """The id in the address; anything else shows the newest."""
        return self.cleaned_data.get("before") if self.is_valid() else None
