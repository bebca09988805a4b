"""What is typed to add a second factor or to take one away."""

from typing import Any

from allauth.mfa.totp.internal.auth import get_totp_secret
from allauth.mfa.webauthn.internal.auth import complete_registration, parse_registration_response
from django import forms
from django.utils.translation import gettext_lazy as _

from collaborators.factors.proving import LONGEST, counter_of
from collaborators.models import User

CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}
NO_PASSKEY = _("Your device made no passkey that we can use. Please try again, or choose another way.")


class AppForm(forms.Form):
    """The first code that a new app shows; its `secret` waits in the session until then."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("The six digits that the app shows now."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs=CODE),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.secret: str = get_totp_secret(regenerate=not self.is_bound)
        self.counter = 0

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        counter = counter_of(self.secret, code)
        if counter is None:
            raise forms.ValidationError(
                _("This is not the code. Wait for the next one, and look at the phone's clock.")
            )
        self.counter = counter
        return code


class NamelessPasskeyForm(forms.Form):
    """What the person's device answered, filled in by the page's script."""

    credential = forms.JSONField(
        widget=forms.HiddenInput, error_messages={"required": NO_PASSKEY, "invalid": NO_PASSKEY}
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean_credential(self) -> dict[str, Any]:
        credential: dict[str, Any] = self.cleaned_data["credential"]
        try:
            parse_registration_response(credential)
            made = complete_registration(credential)
        except (forms.ValidationError, AttributeError, KeyError, TypeError, ValueError):
            raise forms.ValidationError(NO_PASSKEY) from None
        if not made.is_user_verified():
            raise forms.ValidationError(_("The device did not ask for a fingerprint, a face or a PIN. It has to."))
        return credential


class PasskeyForm(NamelessPasskeyForm):
    """The same with a name by which the person knows it again."""

    name = forms.CharField(label=_("A name for it"), help_text=_("Such as: my phone."), max_length=60)
    field_order = ("name", "credential")


class RemoveForm(forms.Form):
    """Nothing but the yes."""

    sure = forms.BooleanField(label=_("Remove it"))
