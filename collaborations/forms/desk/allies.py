"""Which allies are suggested, and which of them a community wants to be asked."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http.request import QueryDict
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices, sharing_choices
from collaborations.forms.desk.acting import ActForm, VoiceForm
from collaborations.models import Introduction
from collaborators.models import Collaborator

MOST_PROPOSED = 5


class AlliesChoice(forms.ModelMultipleChoiceField):
    """Suggested allies under the names that the roster shows."""

    def label_from_instance(self, introduction: Any) -> str:
        return str(introduction.collaborator.display_name)


class OffersVoiceForm(VoiceForm):
    """Which of the suggested allies a community wants to be asked."""

    ALLOWED, REFUSED = "allowed", "refused"
    decision = forms.ChoiceField(
        label=_("What did they decide?"),
        choices=[(ALLOWED, _("We may ask these allies")), (REFUSED, _("None of them"))],
        widget=forms.RadioSelect,
    )
    introductions: Any = AlliesChoice(
        label=_("Whom may we ask?"),
        queryset=None,
        to_field_name="uuid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("decision", "introductions", "how", "said_by", "language", "read_back")

    def __init__(self, data: Any = None, *, suggested: QuerySet[Introduction], **options: Any) -> None:
        super().__init__(data, **options)
        set_choices(self, introductions=suggested)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("decision") == self.ALLOWED and not cleaned.get("introductions"):
            self.add_error("introductions", _("Tick at least one, or choose “None of them”."))
        return cleaned


class ChoiceVoiceForm(VoiceForm):
    """What an ally may know that a community chose by voice; `values` are its own words, as they would be shared."""

    fields_shared = forms.MultipleChoiceField(
        label=_("What may this ally know about them?"),
        help_text=_("Read each one to them. The ally sees exactly what is ticked."),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("fields_shared", "how", "said_by", "language", "read_back")

    def __init__(self, data: Any = None, *, values: dict[str, str], **options: Any) -> None:
        super().__init__(data, **options)
        set_choices(self, fields_shared=sharing_choices(values))


class CallBackForm(ActForm):
    """What a community said when a second person asked it again."""

    YES, NO = "yes", "no"
    decision = forms.ChoiceField(
        label=_("What did they say?"),
        choices=[(YES, _("The same: this ally may know these things")), (NO, _("No, or they did not say so"))],
        widget=forms.RadioSelect,
    )


class MatchForm(ActForm):
    """One to five allies to suggest; the page draws the boxes beside the reasons."""

    collaborators: Any = forms.ModelMultipleChoiceField(
        label=_("Allies to suggest"),
        queryset=None,
        to_field_name="uuid",
        error_messages={"required": _("Tick at least one ally to suggest.")},
    )

    def __init__(self, data: Any = None, *, roster: QuerySet[Collaborator], **options: Any) -> None:
        super().__init__(data, **options)
        set_choices(self, collaborators=roster)

    def clean_collaborators(self) -> list[Collaborator]:
        chosen = list(self.cleaned_data["collaborators"])
        if len(chosen) > MOST_PROPOSED:
            raise ValidationError(_("At most five at a time, so that the community can choose."))
        return chosen

    @property
    def ticked(self) -> set[str]:
        """What was ticked, to tick it again."""
        return set(cast(QueryDict, self.data).getlist("collaborators")) if self.is_bound else set()


class WhyForm(forms.Form):
    """Somebody in the roster, by a part of the name."""

    name = forms.CharField(label=_("Why not somebody else?"), max_length=120, min_length=2, required=False)
