"""Being away, and who covers; and the emergency button for staff of a region."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices
from collaborators.models import EndReason, Region, User

LONGEST = 60
FAR = timedelta(days=365)
DAY = forms.DateInput(attrs={"type": "date"})


class AbsenceForm(forms.Form):
    """From when to when, where, and who covers. Only the coordinator chooses who is away."""

    person: Any = forms.ModelChoiceField(
        label=_("Who is away"), queryset=User.objects.none(), to_field_name="uuid", empty_label=None
    )
    region: Any = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.none(), to_field_name="code", empty_label=None
    )
    starts = forms.DateField(label=_("First day"), widget=DAY)
    ends = forms.DateField(
        label=_("Last day"), widget=DAY, help_text=_("At most 60 days. Somebody away for longer hands the region over.")
    )
    cover: Any = forms.ModelChoiceField(
        label=_("Who covers"), queryset=User.objects.none(), to_field_name="uuid",
        help_text=_("Somebody who works here already. They see the region only for these days, and are told."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, people: Any, regions: Any, covers: Any, is_coordinator: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if is_coordinator:
            self.fields["region"] = forms.ModelChoiceField(
                label=_("Region"), queryset=regions, to_field_name="code", required=False,
                empty_label=_("The coordination itself"),
            )  # fmt: skip
        set_choices(self, person=people, cover=covers, region=regions)
        if not is_coordinator:
            del self.fields["person"]

    def clean_starts(self) -> date:
        day: date = self.cleaned_data["starts"]
        if not timezone.localdate() <= day <= timezone.localdate() + FAR:
            raise forms.ValidationError(_("Please choose a day from today on, within a year."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and not starts <= ends < starts + timedelta(days=LONGEST):
            self.add_error("ends", _("Please choose a last day within 60 days of the first one."))
        if cleaned.get("cover") and cleaned.get("cover") == cleaned.get("person"):
            self.add_error("cover", _("Choose somebody else to cover."))
        return cleaned

    @property
    def term(self) -> dict[str, datetime]:
        """From the beginning of the first day to the end of the last one."""
        first, last = self.cleaned_data["starts"], self.cleaned_data["ends"]
        return {
            "starts_at": timezone.make_aware(datetime.combine(first, time())),
            "ends_at": timezone.make_aware(datetime.combine(last + timedelta(days=1), time())),
        }


class EndStaffAccessForm(forms.Form):
    """Whose access ends, and why."""

    person: Any = forms.ModelChoiceField(
        label=_("Whose access ends"), queryset=User.objects.none(), to_field_name="uuid"
    )
    reason = forms.ChoiceField(label=_("Why"), choices=EndReason.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, person=people)
