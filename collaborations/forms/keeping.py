"""Deleting for good, keeping longer, and the rules of how long."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collaborations.forms.words import VersionForm
from collaborations.models import KeepQuestion
from cre.core.registries import Retained
from cre.core.vocabularies import ConsentForm


class DeletionForm(forms.Form):
    """The order to delete; the tick says that the page was read."""

    is_urgent = forms.BooleanField(label=_("We are in danger. Delete at once, without a way back."), required=False)
    is_understood = forms.BooleanField(
        label=_("We understand that this cannot be taken back once it is done."),
        error_messages={"required": _("Please tick this if you want to go on.")},
    )


class KeepForm(VersionForm):
    """The community's own answer."""

    answer = forms.ChoiceField(
        label=_("What shall we do with it?"),
        choices=[
            (KeepQuestion.Answer.KEEP.value, _("Keep it longer; ask us again when the time is over")),
            (KeepQuestion.Answer.DELETE.value, _("Delete it now, for good")),
        ],
        widget=forms.RadioSelect,
    )


class KeepRecordForm(VersionForm):
    """How the community said to its desk that it wants something kept."""

    form = forms.ChoiceField(
        label=_("How did they say it?"),
        choices=[choice for choice in ConsentForm.choices if choice[0] != ConsentForm.PORTAL],
    )


class RuleForm(VersionForm):
    """For how many days one class is kept, and how long before its end people are asked."""

    days = forms.IntegerField(label=_("Days that it is kept"), min_value=0)
    asks_before_days = forms.IntegerField(label=_("Days before the end when we ask"), min_value=0)

    def __init__(self, *args: Any, kept: Retained, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kept = kept
        fields = self.fields
        fields["days"].help_text = _("From {least} to {most} days.").format(least=kept.shortest, most=kept.longest)
        if kept.ask is None:
            del fields["asks_before_days"]
        else:
            fields["asks_before_days"].help_text = _("At least one week, so that a desk can reach the community.")

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        if not self.kept.shortest <= days <= self.kept.longest:
            sentence = _("Please choose from {least} to {most} days.")
            raise forms.ValidationError(sentence.format(least=self.kept.shortest, most=self.kept.longest))
        return days

    def clean(self) -> dict[str, Any]:
        super().clean()
        days, before = self.cleaned_data.get("days"), self.cleaned_data.setdefault("asks_before_days", 0)
        if self.kept.ask is not None and days is not None and not 7 <= before <= days:
            self.add_error("asks_before_days", _("Please choose at least 7 days, and no more than it is kept."))
        return self.cleaned_data


class HoldForm(forms.Form):
    """Why something must not go yet."""

    reason = forms.CharField(
        label=_("Why it must be kept"),
        max_length=300,
        help_text=_(
            "The law or the order, without names or what happened. The steward and the coordinators read this."
        ),
    )


class HeldObjectForm(forms.Form):
    """What is meant: a request or a community, by its uuid."""

    request = forms.UUIDField(required=False)
    community = forms.UUIDField(required=False)
