"""Committees and working groups: name, kind, seats."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collaborations.forms.words import LARGEST_VERSION
from collaborators.models import Panel, Region

MOST_SEATS = 60


class PanelForm(forms.ModelForm):
    """A new panel, or the one that is changed."""

    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.filter(is_waiting_room=False).order_by("name"),
        required=False,
        empty_label=_("All regions"),
    )
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=MOST_SEATS, initial=5)

    class Meta:
        model = Panel
        fields = ("name", "kind", "region", "seats")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.fields["version"] = forms.IntegerField(
                min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput, initial=self.instance.version
            )
