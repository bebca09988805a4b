"""Handing a region over: who to whom, and one request of the pack."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collaborations.forms.choices import set_choices
from collaborations.forms.words import WordsForm, text_field
from collaborations.models import HandoverContact, HandoverNote
from collaborators.models import Region, User
from collaborators.selectors import person_with

EMAIL = forms.EmailInput(attrs={"autocomplete": "off"})


class StartHandoverForm(forms.Form):
    """Which region goes to whom; the coordinator also says from whom, and whether that person can sign."""

    region: Any = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.none(), to_field_name="code", empty_label=None
    )
    leaving: Any = forms.ModelChoiceField(
        label=_("Who leaves"), queryset=User.objects.none(), to_field_name="uuid", empty_label=None
    )
    email = forms.EmailField(
        label=_("Who takes over: e-mail address"), max_length=254, widget=EMAIL,
        help_text=_("Somebody with an account here. They read the pack with a second step, and nothing else yet."),
    )  # fmt: skip
    is_vanished = forms.BooleanField(
        label=_("The person who leaves cannot sign: arrested, ill or out of reach"), required=False
    )

    def __init__(self, *args: Any, by: User, regions: Any, people: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        self.arriving: User | None = None
        set_choices(self, region=regions)
        if people is None:
            del self.fields["leaving"], self.fields["is_vanished"]
        else:
            set_choices(self, leaving=people)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.arriving = person_with(email)
        if self.arriving is None:
            raise forms.ValidationError(_("Nobody can take over with this address. The coordinator can invite them."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.arriving and self.arriving.pk == (cleaned.get("leaving") or self.by).pk:
            self.add_error("email", _("Choose somebody else who takes over."))
        return cleaned


class PackItemForm(WordsForm):
    """What the next facilitator needs to know of one request."""

    last_promise = text_field(HandoverNote, "last_promise", rows=2)
    next_step = text_field(HandoverNote, "next_step", rows=2)
    safe_channel = text_field(HandoverContact, "safe_channel", rows=2)
    not_to_say = text_field(HandoverContact, "not_to_say", rows=2)
