"""How people show who they are: a receipt code, or an e-mail address with a password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collaborators.codes import ReceiptCode, Slip, read_code

# Nothing here is remembered by the browser, and a phone shows its number pad.
CODE_INPUT = {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "spellcheck": "false"}


class CodeField(forms.CharField):
    """A receipt code as people type it: any digits, any signs between them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Your receipt code"),
            help_text=_("28 digits. Blanks do not matter, and any digits will do."),
            max_length=200,
            widget=forms.TextInput(attrs=CODE_INPUT),
            **options,
        )

    def clean(self, value: object) -> ReceiptCode | None:
        """The code. A slip is told at once: nothing is looked up for it."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_code(text)
        except Slip:
            raise forms.ValidationError(
                _("One of the digits is not right, or some are missing. Please compare them with your note.")
            ) from None


class CodeForm(forms.Form):
    """The one question at the door of the community portal."""

    code = CodeField()
    prefix = "door"


class PasswordForm(forms.Form):
    """An e-mail address and a password, asked again in the middle of work."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    prefix = "door"
