"""What the forms of a community share: its own words, the version it looked at, the list of countries."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.db.models import Model, Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborators.codes import holds_code
from collaborators.models import Country, Region
from cre.core.ledger.reasons import is_sentence
from cre.core.vocabularies import country_name

LARGEST_VERSION = 2**31 - 1
CODE_IN_TEXT = _(
    "There is a receipt code in this text. It is the key to your page: take it out, please. Nobody needs it."
)
NOT_A_SENTENCE = _("Please write a sentence of at least four words, so that others understand it later.")
ONLY_DESK = _("Only the regional desk reads this.")


def require_sentence(reason: str) -> None:
    """Refuse a reason that says nothing."""
    if not is_sentence(reason):
        raise forms.ValidationError(NOT_A_SENTENCE)


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
    was_overtaken = False

    def stands_already(self, answers: dict[str, Any]) -> bool:
        """Whether what was sent is what stands there by now: a second click, and not somebody else's words."""
        self.initial = answers
        return set(self.changed_data) <= {"version"}

    def overtake(self, version: int, sentence: Any) -> None:
        """Say that somebody was quicker, and make the form ready to be sent again on top of the new state."""
        self.add_error(None, sentence)
        typed = cast(QueryDict, self.data).copy()
        typed[self.add_prefix("version")] = str(version)
        self.data = typed
        self.was_overtaken = True


def text_field(model: type[Model], name: str, *, rows: int = 0, hint: str | Promise = "", **options: Any) -> Any:
    """The form field of a sealed text, with the model's own label and length; without rows it is one line."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput
    field: Any = model._meta.get_field(name)
    return field.formfield(widget=widget, help_text=hint, **options)


def countries(*, regions: Collection[int] | None = None, also: str = "") -> list[tuple[str, str]]:
    """Countries under their names in the reader's language, after "rather not say".

    regions: only those of these regions, and the one that was named before (`also`).
    """
    locale = get_language() or "en"
    found = Country.objects.all()
    found = found if regions is None else found.filter(Q(region__in=regions) | Q(code=also))
    named = ((code, country_name(code, locale)) for code in found.values_list("code", flat=True))
    none = _("We do not know, or rather not say")
    return [("", str(none)), *sorted(named, key=lambda country: country[1])]


def desks() -> list[tuple[str, str]]:
    """The parts of the world that have a regional desk, under their names, and at the end all others."""
    regions = Region.objects.filter(is_waiting_room=False).order_by("name")
    return [*((region.code, str(region)) for region in regions), ("", str(_("Somewhere else, or rather not say")))]
