"""Whoever has no password yet chooses one."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from collaborators.models import User

NEW_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class FirstPasswordForm(forms.Form):
    """A password of one's own, typed twice."""

    password = forms.CharField(
        label=_("A password for this site"), max_length=128, strip=False, widget=NEW_PASSWORD,
        help_text=_("At least 12 characters. Several words that only you would put together are good."),
    )  # fmt: skip
    again = forms.CharField(label=_("The same again"), max_length=128, strip=False, widget=NEW_PASSWORD)

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = User(email=email)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("This is not the same as above."))
        return cleaned
