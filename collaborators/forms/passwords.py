"""Forgotten passwords: who asks learns nothing, and who has the link may need something more."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.core import context
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from collaborators.actions import ask_password_reset, can_reset, reset_password
from collaborators.backends import is_living
from collaborators.codes import ReceiptCode
from collaborators.forms.entering import CodeField
from collaborators.forms.proving import SLOWED
from cre.core.abuse import CODES, FACTORS, Bucket, Try, address_of, slow_down
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


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """A new password for somebody who is signed in and knows the old one; guessing it becomes slow."""

    def clean_oldpassword(self) -> str:
        attempt = Try(FACTORS, address_of(context.request), str(self.user.pk))
        if not attempt.may_be_checked(is_known=True):
            attempt.failed(person=self.user.pk)
            raise ValidationError(SLOWED)
        try:
            with attempt.checking():
                right: str = super().clean_oldpassword()
        except ValidationError:
            attempt.failed(person=self.user.pk)
            raise
        attempt.succeeded()
        return right


class NewPasswordForm(account_forms.ResetPasswordKeyForm):
    """A new password behind a mailed link. The code is asked of everybody: the page does not say who needs it."""

    code = CodeField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Your receipt code, if you have one")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.user is not None and not self.errors and not self.is_enough(cleaned["code"]):
            raise ValidationError(NEEDS_MORE)
        return cleaned

    def is_enough(self, code: ReceiptCode | None) -> bool:
        """Whether the link and this code are enough; a wrong code costs here what it costs at the door."""
        if code is None:
            return can_reset(None, by=self.user)
        attempt = Try(CODES, address_of(context.request), code.locator)
        if not attempt.may_be_checked(is_known=is_living(code)):
            attempt.failed(person=self.user.pk)
            raise ValidationError(SLOWED)
        with attempt.checking():
            is_right = can_reset(code, by=self.user)
        if is_right:
            attempt.succeeded()
        else:
            attempt.failed(person=self.user.pk)
        return is_right

    def save(self) -> None:
        reset_password(self.cleaned_data["password1"], code=self.cleaned_data["code"], by=self.user)
