"""A version of the brief: written, shown to the community, decided by it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices
from collaborations.forms.desk.acting import ActForm, VoiceForm, language_choices
from collaborations.forms.words import WordsForm, text_field
from collaborations.models import BriefVersion, SupportRequest
from cre.core.vocabularies import Sector, Skill, StrategyArea, country_name


class BriefForm(WordsForm):
    """The next version of a brief. `once` makes a second click harmless."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    title = text_field(BriefVersion, "title", hint=_("Allies read this first. Name nobody and no place."))
    text = text_field(
        BriefVersion,
        "text",
        rows=12,
        hint=_("The community reads and approves exactly these words. Then allies read them."),
    )
    language = forms.ChoiceField(label=_("Written in"), help_text=_("A language that the community reads or hears."))
    shows_country = forms.BooleanField(label=_("Show the country"), required=False)
    areas = forms.MultipleChoiceField(
        label=_("Strategy areas"), choices=StrategyArea.choices, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which an ally has to work"), widget=forms.CheckboxSelectMultiple
    )
    skills = forms.MultipleChoiceField(
        label=_("Skills"), choices=Skill.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    sector = forms.ChoiceField(
        label=_("Kind of project"),
        choices=[("", _("Not said")), *Sector.choices],
        required=False,
        help_text=_("Only the search for allies uses this; they do not read it."),
    )
    financier = text_field(
        BriefVersion,
        "financier",
        required=False,
        hint=_("Who pays for the project. Only the search for allies uses this; they do not read it."),
    )

    def __init__(self, data: Any = None, *, request: SupportRequest, **options: Any) -> None:
        super().__init__(data, **options)
        self.request = request
        choices = language_choices(request.language)
        set_choices(self, language=choices, languages=choices)
        self.fields["shows_country"].help_text = self.country_hint
        self.fields["shows_country"].disabled = not request.country

    @property
    def country_hint(self) -> str:
        """What the tick would show."""
        if not self.request.country:
            return str(_("The country is not known, so that only the region is shown."))
        name = country_name(self.request.country, get_language() or "en")
        return str(_("With the tick allies read “{country}”, otherwise only the region.")).format(country=name)

    @property
    def content(self) -> dict[str, Any]:
        """The values of the version, as `write_brief` takes them."""
        given = dict(self.cleaned_data)
        shows_country = given.pop("shows_country")
        return given | {"shown_country": self.request.country if shows_country else ""}


class ProposeForm(ActForm):
    """The tick that says that somebody has looked at the words that may identify."""

    has_looked = forms.BooleanField(
        label=_("I have looked at these words, and they may stay."),
        error_messages={"required": _("Look at the words below, and tick this if they may stay.")},
    )

    def __init__(self, data: Any = None, *, has_warnings: bool, **options: Any) -> None:
        super().__init__(data, **options)
        if not has_warnings:
            del self.fields["has_looked"]


class BriefVoiceForm(VoiceForm):
    """What a community decided about a version of its brief."""

    APPROVED, SENT_BACK = "approved", "sent_back"
    decision = forms.ChoiceField(
        label=_("What did they decide?"),
        choices=[(APPROVED, _("They approve this version")), (SENT_BACK, _("They want another version"))],
        widget=forms.RadioSelect,
    )
    wishes = forms.CharField(
        label=_("What should change?"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("decision", "wishes", "how", "said_by", "language", "read_back")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("decision") == self.SENT_BACK and not cleaned.get("wishes"):
            self.add_error("wishes", _("Write down what should change, in their words."))
        return cleaned
