"""What a community answers about an interpreter, and the translation."""

from django import forms

from collaborations.forms.words import VersionForm, WordsForm, text_field
from collaborations.models import InterpreterTask

YES, NO, END = "yes", "no", "end"


class InterpreterAnswerForm(VersionForm):
    """The community's answer; the buttons say which one it is."""

    decision = forms.ChoiceField(choices=[(YES, YES), (NO, NO), (END, END)], widget=forms.HiddenInput)


class TranslationForm(VersionForm, WordsForm):
    """The translation: kept for later, or given back."""

    KEEP, READY = "keep", "ready"
    translation = text_field(InterpreterTask, "translation", rows=12, required=True)
    decision = forms.ChoiceField(choices=[(KEEP, KEEP), (READY, READY)], widget=forms.HiddenInput)
