"""What a community answers while it asks: one small form for each page."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.models import RequestRisk, RequestStory
from collaborators.codes import holds_code
from collaborators.models import CommunityIdentity, Country
from cre.core.vocabularies import (
    Channel,
    Danger,
    HelpKind,
    Stage,
    StrategyArea,
    WhoAsks,
    country_name,
    language_tag,
)

LARGEST_VERSION = 2**31 - 1
CODE_IN_TEXT = _(
    "There is a receipt code in this text. It is the key to your page: please take it out, nobody here needs it."
)
ONLY_DESK = _("Only the regional desk reads this.")


class WordsForm(forms.Form):
    """A form with people's own words: a receipt code in them is refused, so that it is never stored."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in [name for name, value in cleaned.items() if isinstance(value, str) and holds_code(value)]:
            self.add_error(name, CODE_IN_TEXT)
        return self.cleaned_data


class VersionForm(forms.Form):
    """The state that somebody looked at when they decided."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)


def text_field(
    model: type[Model], name: str, *, rows: int = 0, hint: str | Promise = "", **options: Any
) -> Any:
    """The form field of a sealed text, with the model's own label and length; without rows it is one line."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput
    field: Any = model._meta.get_field(name)
    return field.formfield(widget=widget, help_text=hint, **options)


def countries(*, with_desk: bool = False) -> list[tuple[str, str]]:
    """Countries under their names in the reader's language, after "rather not say".

    with_desk: only those that a regional desk looks after; it keeps the page light on a slow line.
    """
    locale = get_language() or "en"
    found = Country.objects.filter(region__is_waiting_room=False) if with_desk else Country.objects.all()
    named = ((code, country_name(code, locale)) for code in found.values_list("code", flat=True))
    none = _("Another country, or rather not say") if with_desk else _("We do not know, or rather not say")
    return [("", str(none)), *sorted(named, key=lambda country: country[1])]


class DangerForm(forms.Form):
    """The first of the three questions; nothing of it is stored before the second is answered."""

    danger = forms.ChoiceField(
        label=_("Is anyone in danger?"), choices=Danger.choices, widget=forms.RadioSelect
    )
    safe_now = forms.ChoiceField(
        label=_("Is it safe for you to write now?"),
        choices=[("yes", _("Yes")), ("no", _("No, somebody may watch"))],
        widget=forms.RadioSelect,
        required=False,
    )


class ContactForm(WordsForm):
    """How to reach a community safely, and what it wants to be called."""

    channel = forms.ChoiceField(
        label=_("How can we reach you safely?"), choices=Channel.choices, widget=forms.RadioSelect
    )
    handle = text_field(
        CommunityIdentity, "handle", required=False,
        hint=_("Not needed if you will check here. For a trusted person: how we reach that person."),
    )  # fmt: skip
    safe_hours = text_field(
        CommunityIdentity,
        "safe_hours",
        required=False,
        hint=_("For example: evenings after eight, never on Fridays."),
    )
    not_to_mention = text_field(
        CommunityIdentity, "not_to_mention", rows=2, required=False,
        hint=_("If somebody else takes the call or reads along. For example: do not say why you call."),
    )  # fmt: skip
    chosen_name = text_field(
        CommunityIdentity,
        "chosen_name",
        required=False,
        hint=_("It need not be your real name. No ally sees it unless you agree."),
    )
    languages = text_field(
        CommunityIdentity,
        "languages",
        required=False,
        hint=_("The one in which we should write first, please."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_silent = cleaned.get("channel") == Channel.CHECK_HERE
        if (
            "channel" in cleaned
            and not is_silent
            and not cleaned.get("handle")
            and "handle" not in self.errors
        ):
            self.add_error("handle", _("Please tell us the number, the address or the person."))
        return cleaned

    @property
    def contact(self) -> dict[str, str]:
        """The answers that belong to the community's identity."""
        names = ("channel", "handle", "safe_hours", "not_to_mention", "chosen_name", "languages")
        return {name: self.cleaned_data[name] for name in names}


class ReachForm(ContactForm):
    """The first answer that is stored; the danger travels along from the page before."""

    danger = forms.ChoiceField(choices=Danger.choices, widget=forms.HiddenInput)
    country = forms.ChoiceField(
        label=_("Your country"), required=False, help_text=_("It decides which regional desk reads this.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["country"].choices = countries(with_desk=True)  # type: ignore[attr-defined]
        self.order_fields(
            ["danger", "channel", "handle", "safe_hours", "not_to_mention", "chosen_name", "country"]
        )

    @property
    def language(self) -> str:
        """The first language named, or the one in which this page is read."""
        first = self.cleaned_data["languages"].replace(";", ",").partition(",")[0]
        return (language_tag(first) if first else None) or get_language() or "en"


class ContactChangeForm(VersionForm, ContactForm):
    """The same answers, changed later."""


class EitherField(forms.MultipleChoiceField):
    """Choices that are needed unless another field is answered; the form looks at both."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class NeedForm(VersionForm, WordsForm):
    """The third of the three questions; not to know yet is a full answer."""

    kinds_of_help = EitherField(
        label=_("What do you need?"),
        help_text=_("Choose as many as you like."),
        choices=HelpKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    need = text_field(
        RequestStory, "need", rows=4, required=False, label=_("Or in your own words"), hint=ONLY_DESK
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("kinds_of_help") and not cleaned.get("need") and not self.errors:
            self.add_error(
                "kinds_of_help",
                _("Choose one, or write it in your own words. “Think with us” is a full answer."),
            )
        return cleaned


class PartForm(VersionForm, WordsForm):
    """An optional page. The subclasses name it; `title` is what lists of pages call it."""

    title: str | Promise = ""

    @property
    def answers(self) -> dict[str, Any]:
        """What `change_draft` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class NowForm(PartForm):
    """The first question again, to change its answer."""

    danger = forms.ChoiceField(
        label=_("Is anyone in danger?"), choices=Danger.choices, widget=forms.RadioSelect
    )


class HappeningForm(PartForm):
    title = _("What happens")
    what_happens = text_field(RequestStory, "what_happens", rows=8, required=False, hint=ONLY_DESK)


class ProjectForm(PartForm):
    title = _("The project")
    project = text_field(
        RequestStory,
        "project",
        required=False,
        hint=_("A guess is fine, we ask for no proof. Only the regional desk reads this."),
    )
    stage = forms.ChoiceField(
        label=_("How far is it?"), choices=[("", _("We do not know")), *Stage.choices], required=False
    )


class PlaceForm(PartForm):
    title = _("The wider area")
    wider_area = text_field(
        RequestStory, "wider_area", required=False,
        hint=_("As rough as you like, for example: the coast in the south. Only the regional desk reads this."),
    )  # fmt: skip
    country = forms.ChoiceField(
        label=_("Your country"), required=False, help_text=_("It decides which regional desk reads this.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["country"].choices = countries()  # type: ignore[attr-defined]


class AreasForm(PartForm):
    title = _("Ways to work together")
    areas = forms.MultipleChoiceField(
        label=_("Which of these could help you?"),
        help_text=_("Choose as many as you like, or none."),
        choices=StrategyArea.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ResultForm(PartForm):
    title = _("What should happen, and what must not")
    good_result = text_field(RequestStory, "good_result", rows=4, required=False, hint=ONLY_DESK)
    must_not_happen = text_field(RequestStory, "must_not_happen", rows=4, required=False, hint=ONLY_DESK)


class ThreatsForm(PartForm):
    title = _("Danger")
    threats = text_field(
        RequestRisk, "threats", rows=4, required=False,
        hint=_("Only the regional desk and the region's security person read this."),
    )  # fmt: skip
    most_exposed = text_field(RequestRisk, "most_exposed", rows=2, required=False)
    protection = text_field(RequestRisk, "protection", rows=2, required=False)


class SilenceForm(PartForm):
    title = _("Who must not know")
    not_to_contact = text_field(
        RequestRisk,
        "not_to_contact",
        rows=3,
        required=False,
        hint=_("For example an authority, a company, a person."),
    )
    not_to_see = text_field(
        RequestRisk, "not_to_see", rows=2, required=False,
        hint=_("Somebody of our exchange or our partners. We then find another person for you."),
    )  # fmt: skip


class WhoForm(PartForm):
    title = _("Who asks")
    who_asks = forms.ChoiceField(
        label=_("Who asks?"), choices=WhoAsks.choices, widget=forms.RadioSelect, required=False
    )
    groups = text_field(
        RequestStory, "groups", required=False, hint=_("For example: fishing people, young people, elders.")
    )


class BeforeForm(PartForm):
    title = _("What was tried, and dates that matter")
    past_steps = text_field(RequestStory, "past_steps", rows=3, required=False, hint=ONLY_DESK)
    deadlines = text_field(
        RequestStory, "deadlines", rows=2, required=False, hint=_("For example a hearing or a vote.")
    )
    partners = text_field(RequestStory, "partners", rows=2, required=False, hint=ONLY_DESK)


# The optional pages in their order, by the word in their address.
PARTS: dict[str, type[PartForm]] = {
    "now": NowForm,
    "story": HappeningForm,
    "project": ProjectForm,
    "place": PlaceForm,
    "areas": AreasForm,
    "result": ResultForm,
    "danger": ThreatsForm,
    "silence": SilenceForm,
    "who": WhoForm,
    "before": BeforeForm,
}


class TailForm(forms.Form):
    """The last group of the receipt code, to show that it was written down."""

    tail = forms.CharField(
        label=_("The last four digits of your receipt code"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
    )
