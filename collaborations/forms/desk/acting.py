"""What the forms of the desk share: the state they were made for, languages, decisions given by voice."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http.request import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.actions import Voice
from collaborations.forms.choices import set_choices
from collaborations.forms.words import VersionForm, WordsForm, text_field
from collaborations.models import Consent
from cre.core.access import Stale
from cre.core.vocabularies import ConsentForm, language_name

STAFF_READ = _("Only staff of the region and the coordinator read this.")
COMMUNITY_READS = _("The community reads this.")
# The languages that the exchange works in, offered beside the community's own.
USUAL_LANGUAGES = ("en", "es", "fr", "pt", "ar", "id", "hi", "sw", "am", "ru", "ne", "km", "my")


def language_choices(*own: str) -> list[tuple[str, str]]:
    """Languages under their names in the reader's language, the community's own first."""
    locale = get_language() or "en"
    return [(tag, language_name(tag, locale)) for tag in dict.fromkeys([*own, *USUAL_LANGUAGES])]


def choices_of(vocabulary: Any, *without: str) -> list[tuple[str, str | Promise]]:
    """The choices of a vocabulary, some left out."""
    return [choice for choice in vocabulary.choices if choice[0] not in without]


class ActForm(VersionForm):
    """An act on a record that others may change meanwhile: a stale form keeps its words and says so."""

    def __init__(self, data: Any = None, *, row: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.row, self.is_stale = row, False
        self.initial.setdefault("version", row.version)

    def clean_version(self) -> int:
        version: int = self.cleaned_data["version"]
        if version != self.row.version:
            self.is_stale = True
            renewed = cast(QueryDict, self.data).copy()
            renewed[self.add_prefix("version")] = str(self.row.version)
            self.data = renewed
            raise ValidationError(Stale.sentence)
        return version

    def clean(self) -> dict[str, Any]:
        super().clean()
        return self.cleaned_data


class SpokenForm(WordsForm):
    """In what form somebody of the community said something, who it was, and what was read to them."""

    how = forms.ChoiceField(
        label=_("How did they say it?"),
        choices=choices_of(ConsentForm, ConsentForm.PORTAL),
        widget=forms.RadioSelect,
    )
    said_by = text_field(Consent, "said_by", required=True, hint=_("A name or a role, as they want it kept."))
    language = forms.ChoiceField(label=_("In which language?"))
    read_back = text_field(
        Consent,
        "read_back",
        rows=4,
        required=True,
        hint=_("What you read to them before they decided, in short. They can read this."),
    )

    @property
    def voice(self) -> Voice:
        """The decision's form and words, for the action."""
        given = self.cleaned_data
        return Voice(ConsentForm(given["how"]), given["said_by"], given["language"], given["read_back"])


class VoiceForm(ActForm, SpokenForm):
    """A decision that the community gave by voice, assembly or letter, as somebody wrote it down."""

    def __init__(self, data: Any = None, *, language: str, **options: Any) -> None:
        super().__init__(data, **options)
        set_choices(self, language=language_choices(language))
        self.initial.setdefault("language", language)
