"""What somebody looks for in the directory, and what a community says of an ally there."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices
from collaborations.forms.words import ONLY_DESK, WordsForm, text_field
from collaborations.models import Wish
from collaborators.models import Collaborator
from cre.core.vocabularies import StrategyArea, country_name, language_name

ANY = _("Any")


class DirectoryForm(forms.Form):
    """The search; `ally` opens one entry, `after` the next page."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    area = forms.ChoiceField(label=_("Support"), required=False, choices=[("", ANY), *StrategyArea.choices])
    after: Any = forms.ModelChoiceField(queryset=None, to_field_name="uuid", required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, entries: QuerySet[Collaborator], countries: Iterable[str], languages: Iterable[str]
    ) -> None:
        super().__init__(data)
        locale = get_language() or "en"
        set_choices(
            self,
            after=entries,
            country=named((code, country_name(code, locale)) for code in countries),
            language=named((tag, language_name(tag, locale)) for tag in languages),
        )


def named(choices: Iterable[tuple[str, str]]) -> list[tuple[str, Any]]:
    """Choices in the order of their names, after the one that leaves it open."""
    return [("", ANY), *sorted(choices, key=lambda choice: choice[1])]


class EntryForm(forms.Form):
    """Which entry of the directory is meant."""

    ally: Any = forms.ModelChoiceField(queryset=None, to_field_name="uuid")

    def __init__(self, data: Any, *, entries: QuerySet[Collaborator]) -> None:
        super().__init__(data)
        set_choices(self, ally=entries)


class WishForm(WordsForm):
    """What the community says of an ally; the buttons say which kind it is, or that it is taken back."""

    TAKEN_BACK = "none"
    SAID = {Wish.Kind.WANTED: _("We would like this ally"), Wish.Kind.KNOWN: _("We already work with them")}
    decision = forms.ChoiceField(choices=[*Wish.Kind.choices, (TAKEN_BACK, "")], widget=forms.HiddenInput)
    reason = text_field(Wish, "reason", rows=2, required=False, hint=ONLY_DESK)
