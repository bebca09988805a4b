"""Forgotten passwords: who asks learns nothing, and who has the link may need something more."""

from typing import Any

from allauth.account import forms as account_forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from collaborators.actions import ask_password_reset, can_reset, reset_password
from collaborators.forms.entering import CodeField
from cre.core.abuse import Bucket, address_of, slow_down
from cre.core.access.actor import system_account

# Nobody's mailbox is filled; whoever is slowed because of it has a link there already.
RESETS_OF_ADDRESS, RESETS_OF_ACCOUNT = Bucket("reset-address", 10, 120), Bucket("reset-account", 3, 300)

NEEDS_MORE = _(
    "A new password cannot be set with this. If you have a receipt code, enter it. If you lost it, talk with the "
    "person who looks after your work here: they can allow a new password for one day."
)


class ResetForm(account_forms.ResetPasswordForm):
    """Asks for a link. Nothing is looked up while the person waits, so that the time tells nothing either."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **_: Any) -> str:
        slow_down((RESETS_OF_ADDRESS, address_of(request)), (RESETS_OF_ACCOUNT, self.cleaned_data["email"]))
        ask_password_reset(self.cleaned_data["email"], by=system_account())
        return str(self.cleaned_data["email"])


class NewPasswordForm(account_forms.ResetPasswordKeyForm):
    """A new password behind a mailed link. The code is asked of everybody: the page does not say who needs it."""

    code = CodeField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Your receipt code, if you have one")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.user is not None and not self.errors and not can_reset(cleaned["code"], by=self.user):
            raise ValidationError(NEEDS_MORE)
        return cleaned

    def save(self) -> None:
        reset_password(self.cleaned_data["password1"], code=self.cleaned_data["code"], by=self.user)
