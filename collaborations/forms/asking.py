"""The three answers that a community has to give, and the last group of its code."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices
from collaborations.forms.words import ONLY_DESK, VersionForm, WordsForm, desks, text_field
from collaborations.models import RequestStory
from collaborators.models import CommunityIdentity
from cre.core.vocabularies import Channel, Danger, HelpKind, language_tag

CHOOSE = {"required": _("Please choose one.")}


class DangerForm(forms.Form):
    """The first of the three questions; nothing of it is stored before the second is answered."""

    danger = forms.ChoiceField(label=_("Is anyone in danger?"), choices=Danger.choices, widget=forms.RadioSelect)
    safe_now = forms.ChoiceField(
        label=_("Is it safe for you to write now?"),
        choices=[("yes", _("Yes")), ("no", _("No, somebody may watch"))],
        widget=forms.RadioSelect,
        required=False,
    )


class ContactForm(WordsForm):
    """How to reach a community safely, and what it wants to be called."""

    channel = forms.ChoiceField(
        label=_("How can we reach you safely?"),
        choices=Channel.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
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
        if "channel" in cleaned and not is_silent and not cleaned.get("handle") and "handle" not in self.errors:
            self.add_error("handle", _("Please tell us the number, the address or the person."))
        return cleaned

    @property
    def first_language(self) -> str | None:
        """The tag of the first language that is named, if it is one that has a tag."""
        first = self.cleaned_data["languages"].replace(";", ",").partition(",")[0]
        return language_tag(first) if first else None

    @property
    def contact(self) -> dict[str, str]:
        """The answers that belong to the community's identity."""
        names = ("channel", "handle", "safe_hours", "not_to_mention", "chosen_name", "languages")
        return {name: self.cleaned_data[name] for name in names}


class ReachForm(ContactForm):
    """The first answer that is stored; the danger travels along from the page before."""

    danger = forms.ChoiceField(choices=Danger.choices, widget=forms.HiddenInput)
    region = forms.ChoiceField(
        label=_("Where are you?"),
        required=False,
        help_text=_("It decides which regional desk reads this."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, region=desks())
        self.order_fields(["danger", "channel", "handle", "safe_hours", "not_to_mention", "chosen_name", "region"])

    @property
    def language(self) -> str:
        """The first language named, or the one in which this page is read."""
        return self.first_language or get_language() or "en"


class ContactChangeForm(VersionForm, ContactForm):
    """The same answers, changed later."""


class EitherField(forms.MultipleChoiceField):
    """Choices that are needed unless another field is answered; the form looks at both."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class NeedForm(VersionForm, WordsForm):
    """The third of the three questions; not to know yet is a full answer."""

    may_wait = False
    kinds_of_help = EitherField(
        label=_("What do you need?"),
        help_text=_("Choose as many as you like."),
        choices=HelpKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    need = text_field(RequestStory, "need", rows=4, required=False, label=_("Or in your own words"), hint=ONLY_DESK)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_open = not cleaned.get("kinds_of_help") and not cleaned.get("need")
        if is_open and not self.may_wait and not self.errors:
            self.add_error(
                "kinds_of_help",
                _("Choose one, or write it in your own words. “Think with us” is a full answer."),
            )
        return cleaned


class TailForm(forms.Form):
    """The last group of the receipt code, to show that it was written down."""

    tail = forms.CharField(
        label=_("The last four digits of your receipt code"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
    )
