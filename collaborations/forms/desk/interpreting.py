"""What a facilitator asks of an interpreter, and what the community said of it by voice."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaborations.actions.interpreting import LONGEST
from collaborations.forms.choices import set_choices
from collaborations.forms.desk.acting import STAFF_READ, VoiceForm, language_choices
from collaborations.forms.interpreting import NO, YES
from collaborations.forms.words import WordsForm, text_field
from collaborations.models import InternalNote, InterpreterTask
from collaborations.selectors.interpreting import BRIEF, HAPPENS, MESSAGE, NEED, Interpreter

SOON = timedelta(days=7)
# From what a facilitator copies the text, before taking names out of it.
SOURCES: dict[str, Promise] = {
    HAPPENS: _("What is happening, in their words"),
    NEED: _("What they need, in their words"),
    MESSAGE: _("The last message of the community"),
    BRIEF: _("The newest version of the brief"),
}


class SourceForm(forms.Form):
    """From what the text is copied into the form."""

    source = forms.ChoiceField(
        label=_("Begin with"), choices=[("", _("An empty field")), *SOURCES.items()], required=False
    )


class AskInterpreterForm(WordsForm):
    """One text for one interpreter. `once` makes a second click harmless."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    interpreter = forms.ChoiceField(label=_("Who would translate it?"))
    text = text_field(
        InterpreterTask,
        "text",
        rows=10,
        hint=_(
            "Exactly this, and nothing else, is read. Take out names and places that the translation does not need."
        ),
    )
    from_language = forms.ChoiceField(label=_("From which language?"))
    to_language = forms.ChoiceField(label=_("Into which language?"))
    due_on: Any = forms.DateField(
        label=_("Until which day?"),
        help_text=_("After this day nobody can read it any more."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    knows_nobody = forms.BooleanField(
        label=_(
            "As far as I know, this interpreter knows nobody of these people, of the company or of the authorities."
        )
    )
    list_was_read = forms.BooleanField(
        label=_("I have read who must not see this, and this interpreter is not among them.")
    )
    doubt = text_field(
        InternalNote, "text", rows=3, required=False, label=_("If you are in doubt: why?"), hint=STAFF_READ
    )

    def __init__(self, data: Any = None, *, language: str, interpreters: Sequence[Interpreter], **options: Any) -> None:
        super().__init__(data, **options)
        tongues = language_choices(language)
        self.interpreters = {found.key: found for found in interpreters}
        set_choices(
            self,
            interpreter=[("", _("Choose somebody")), *((key, str(found)) for key, found in self.interpreters.items())],
            from_language=tongues,
            to_language=tongues,
        )
        self.initial.setdefault("from_language", language)
        self.initial.setdefault("due_on", timezone.localdate() + SOON)

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if not timezone.localdate() <= day <= timezone.localdate() + LONGEST:
            raise forms.ValidationError(_("Please choose a day within the next 30 days."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("from_language") and cleaned.get("from_language") == cleaned.get("to_language"):
            self.add_error("to_language", _("Please choose another language than the first one."))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        """What was asked, for the action."""
        given = self.cleaned_data
        chosen = self.interpreters[given["interpreter"]]
        names = ("once", "text", "from_language", "to_language", "due_on", "doubt")
        return {name: given[name] for name in names} | {
            "interpreter": chosen.user,
            "collaborator": chosen.collaborator,
            "no_conflict": given["knows_nobody"] and given["list_was_read"],
        }


class InterpreterVoiceForm(VoiceForm):
    """The community's answer, written down."""

    decision = forms.ChoiceField(
        label=_("What did they decide?"),
        choices=[(YES, _("Yes, this interpreter may read it")), (NO, _("No"))],
        widget=forms.RadioSelect,
    )
    field_order = ("decision", "how", "said_by", "language", "read_back")
