"""The forms around a freeze: begun, warned of, ended by two; and a code for somebody who lost theirs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collaborations.forms.desk.acting import STAFF_READ, ActForm
from collaborations.forms.words import WordsForm, text_field
from collaborators.models import CodeHandover, Freeze, FreezeWarning
from collaborators.selectors.freezing import CodeHolder


class FreezeForm(WordsForm):
    """Why everything has to stop."""

    reason = text_field(Freeze, "reason", rows=3, required=True, hint=STAFF_READ)


class WarnedForm(forms.Form):
    """Somebody was warned."""

    warning: Any = forms.ModelChoiceField(queryset=FreezeWarning.objects.none(), to_field_name="uuid")

    def __init__(self, data: Any, *, warnings: QuerySet[FreezeWarning]) -> None:
        super().__init__(data)
        self.fields["warning"].queryset = warnings  # type: ignore[attr-defined]


class ThawForm(ActForm, WordsForm):
    """What was said in the talk, and why it is safe to go on."""

    thaw_reason = text_field(
        Freeze,
        "thaw_reason",
        rows=4,
        required=True,
        hint=_("With whom you spoke, how you knew them again, and what they want. Only staff read this."),
    )


class DecideThawForm(ActForm):
    """The answer of the second person."""

    GO_ON, NOT_YET = "go-on", "not-yet"
    decision = forms.ChoiceField(
        label=_("Is it safe to go on?"),
        choices=[(GO_ON, _("Yes, let everything go on")), (NOT_YET, _("Not yet"))],
        widget=forms.RadioSelect,
    )


class HandoverForm(WordsForm):
    """Who lost their code, and the talk in which they were known again."""

    person = forms.TypedChoiceField(label=_("Who lost their code?"), coerce=UUID, widget=forms.RadioSelect)
    talk = text_field(CodeHandover, "talk", rows=4, hint=STAFF_READ)

    def __init__(self, data: Any = None, *, holders: Sequence[CodeHolder]) -> None:
        super().__init__(data)
        self.fields["person"].choices = [(str(row.uuid), words_of(row)) for row in holders]  # type: ignore[attr-defined]


def words_of(row: CodeHolder) -> str:
    """Somebody of whom only the first day is known."""
    day = formats.date_format(timezone.localtime(row.since), "DATE_FORMAT")
    if row.has_code:
        return gettext("Here since {day}; their code still opens, and would not any more").format(day=day)
    return gettext("Here since {day}; no code of theirs opens").format(day=day)
