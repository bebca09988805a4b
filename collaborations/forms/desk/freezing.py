"""The forms around a freeze: begun, warned of, ended by two; and a code for somebody who lost theirs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices
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
        set_choices(self, warning=warnings)


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
        set_choices(self, person=[(str(row.uuid), words_of(row)) for row in holders])


class ResetForm(forms.Form):
    """Who lost their password, and that the talk was held; its words are kept nowhere."""

    person = forms.TypedChoiceField(label=_("Who lost their password?"), coerce=UUID, widget=forms.RadioSelect)
    spoken = forms.BooleanField(
        label=_("I spoke with this person by the safe channel, and I knew them again."),
        error_messages={"required": _("Speak with them first. Somebody else may read their mail.")},
    )

    def __init__(self, data: Any = None, *, holders: Sequence[CodeHolder]) -> None:
        super().__init__(data)
        set_choices(self, person=[(str(row.uuid), since(row)) for row in holders])


def since(row: CodeHolder) -> str:
    """Somebody of whom only the first day is known."""
    return gettext("Here since {day}").format(day=first_day(row))


def first_day(row: CodeHolder) -> str:
    return formats.date_format(timezone.localtime(row.since), "DATE_FORMAT")


def words_of(row: CodeHolder) -> str:
    """The same, and whether there is a code that a new one would end."""
    day = first_day(row)
    if row.has_code:
        return gettext("Here since {day}; their code still opens, and would not any more").format(day=day)
    return gettext("Here since {day}; no code of theirs opens").format(day=day)
