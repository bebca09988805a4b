"""What a community writes and decides once its request is on the way."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices, sharing_choices
from collaborations.forms.words import VersionForm, WordsForm, text_field
from collaborations.models import BriefVersion, Collaboration, Introduction, RequestMessage, SecondLook
from cre.core.vocabularies import EndReason


class MessageForm(WordsForm):
    """A message; `once` is made with the page, so that a second click does not write it twice."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = text_field(RequestMessage, "text", rows=4)


class WishesForm(VersionForm, WordsForm):
    """The no to a brief, with what should change."""

    wishes = text_field(
        BriefVersion,
        "wishes",
        rows=4,
        required=False,
        hint=_("The regional desk reads this and writes another version."),
    )


class OffersForm(VersionForm):
    """Which of the suggested allies may be asked."""

    allies: Any = forms.ModelMultipleChoiceField(
        label=_("Whom may we ask?"),
        queryset=Introduction.objects.none(),
        to_field_name="uuid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, suggested: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, allies=suggested)


class ChooseForm(VersionForm):
    """What one ally may know; `values` are the community's own words, shown as they would be shared."""

    fields_shared = forms.MultipleChoiceField(
        label=_("What may this ally know about you?"),
        help_text=_("It sees exactly what you tick. You can take it back later."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one thing, or go back and leave this ally out.")},
    )

    def __init__(self, *args: Any, values: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, fields_shared=sharing_choices(values))


class SecondLookForm(WordsForm):
    """Asking that another person looks again."""

    words = text_field(
        SecondLook,
        "words",
        rows=5,
        required=False,
        hint=_("The international coordinator and the regional desk read this."),
    )


class EndForm(VersionForm, WordsForm):
    """The end of a work together; a community never needs a reason."""

    words = text_field(
        Collaboration,
        "parting_words",
        rows=3,
        required=False,
        hint=_("The ally and the regional desk read this."),
    )
    reason = forms.ChoiceField(
        label=_("Why"), required=False, choices=[("", _("We do not want to say")), *EndReason.choices]
    )
