"""What somebody of a community types to come back by an e-mail address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collaborators.forms.first_password import FirstPasswordForm
from collaborators.models import User


class MailsForm(forms.Form):
    """Whether a mail comes when something waits; the buttons say which."""

    YES, NO = "yes", "no"
    is_told = forms.ChoiceField(choices=[(code, code) for code in (YES, NO)])


class AddressForm(FirstPasswordForm):
    """An e-mail address, and a password that has nothing to do with it, typed twice."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"})
    )
    field_order = ("email", "password", "again")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, email="")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        self.person = User(email=email)
        return email
