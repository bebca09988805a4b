"""Asking somebody who is known already to prove that it is them."""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from collaborators.codes import Slip, read_code
from collaborators.factors.proving import LONGEST, factor_of_code, factor_of_passkey
from collaborators.models import User
from cre.core.abuse import FACTORS, Try, address_of

WRONG = _("This did not prove that it is you. A code counts once and only for a short while: please take a new one.")
WHERE = _("The six digits of your authenticator app, or one unused code of your printed sheet.")
SLOWED = _("There were many tries. Please wait half a minute, then try again; the right answer still works.")


class ProofForm(forms.Form):
    """One field for a code or a password, and one that a passkey fills in through the page's script.

    `factor` is what proved the person, None when a password or a receipt code did; those count only where
    no factor is asked for (`by_factor`).
    """

    word = forms.CharField(
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "one-time-code", "dir": "ltr"}),
    )
    passkey = forms.JSONField(required=False, widget=forms.HiddenInput)
    prefix = "proof"

    def __init__(self, request: HttpRequest, user: User, *, by_factor: bool) -> None:
        is_answered = any(name in request.POST for name in ("proof-word", "proof-passkey"))
        super().__init__(request.POST if is_answered else None)
        self.request, self.user, self.by_factor = request, user, by_factor
        self.factor: Authenticator | None = None
        self.fields["word"].label = _("Code") if by_factor else _("Your password, or a code")
        self.fields["word"].help_text = WHERE
        if not by_factor and not user.has_usable_password():
            self.fields["word"].label, self.fields["word"].help_text = _("Your receipt code"), ""

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if self.errors:
            return data
        attempt = Try(FACTORS, address_of(self.request), str(self.user.pk))
        if not attempt.may_be_checked(is_known=True):
            attempt.failed()
            raise forms.ValidationError(SLOWED)
        with attempt.checking():
            is_right = self.is_right()
        if not is_right:
            attempt.failed()
            raise forms.ValidationError(WRONG)
        attempt.succeeded()
        return data

    def is_right(self) -> bool:
        """Whether what was given proves the person; remembers the factor that did."""
        word, passkey = self.cleaned_data.get("word") or "", self.cleaned_data.get("passkey")
        self.factor = factor_of_passkey(self.user, passkey) if passkey else factor_of_code(self.user, word)
        if self.factor is not None:
            return True
        return bool(word) and not self.by_factor and (self.user.check_password(word) or self.is_own_code(word))

    def is_own_code(self, word: str) -> bool:
        """Whether this is the receipt code with which the person comes in."""
        try:
            return bool(authenticate(self.request, receipt_code=read_code(word)) == self.user)
        except Slip:
            return False
