"""What a community decided by voice of an ending, of an ally it would like, or of a no."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices
from collaborations.forms.community import EndForm, SecondLookForm
from collaborations.forms.desk.acting import VoiceForm
from collaborations.forms.directory import WishForm
from collaborations.forms.words import text_field
from collaborations.models import Wish
from collaborators.models import Collaborator

SPOKEN = ("how", "said_by", "language", "read_back")


class EndVoiceForm(VoiceForm, EndForm):
    """The end of a work together, with a last word and a reason only if they said one."""

    field_order = (*SPOKEN, "words", "reason")


class LookVoiceForm(VoiceForm, SecondLookForm):
    """That another person looks again at a no, with what they said about it."""

    field_order = ("words", *SPOKEN)


class EntryChoice(forms.ModelChoiceField):
    """Entries of the directory under the names that they show."""

    def label_from_instance(self, entry: Any) -> str:
        return str(entry.display_name)


class WishVoiceForm(VoiceForm):
    """What they said of one entry of the directory."""

    ally: Any = EntryChoice(label=_("Of which ally?"), queryset=None, to_field_name="uuid")
    decision = forms.ChoiceField(
        label=_("What did they say?"),
        choices=[*WishForm.SAID.items(), (WishForm.TAKEN_BACK, _("They take back what they said of it"))],
        widget=forms.RadioSelect,
    )
    reason = text_field(Wish, "reason", rows=2, required=False)
    field_order = ("ally", "decision", "reason", *SPOKEN)

    def __init__(self, data: Any = None, *, entries: QuerySet[Collaborator], **options: Any) -> None:
        super().__init__(data, **options)
        set_choices(self, ally=entries)
