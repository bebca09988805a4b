"""Which view of the queue, and which page of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from collaborations.forms.desk.acting import choices_of
from collaborations.selectors.desk import Cursor, View
from collaborations.states import RequestStatus
from cre.core.vocabularies import Danger, country_code


class CursorField(forms.CharField):
    """Where a page of the queue begins."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=60, widget=forms.HiddenInput)

    def clean(self, value: Any) -> Cursor | None:
        text = super().clean(value)
        try:
            return Cursor.read(text) if text else None
        except (ValueError, OverflowError):
            raise ValidationError(_("This page of the list does not exist.")) from None


class QueueForm(forms.Form):
    """Which view of the queue, which page, and what to leave out."""

    view = forms.ChoiceField(choices=View.choices, required=False, widget=forms.HiddenInput)
    after = CursorField()
    before = CursorField()
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Any")), *choices_of(RequestStatus, RequestStatus.DRAFT)],
    )
    danger = forms.ChoiceField(label=_("Danger"), required=False, choices=[("", _("Any")), *Danger.choices])
    country = forms.CharField(label=_("Country"), required=False, max_length=60)

    def clean_country(self) -> str:
        written = self.cleaned_data["country"]
        code = country_code(written) if written else ""
        if code is None:
            raise ValidationError(_("No country has this name or code."))
        return code

    @property
    def filters(self) -> dict[str, str]:
        """The plain columns that were asked for."""
        names = ("status", "danger", "country")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}
