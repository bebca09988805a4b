"""What a new password must not be: too long, or made of words that anybody would try here first.

Length counts, not which signs it has, and it never runs out (OWASP ASVS 5.0, 6.2).
"""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Words of this work, in the languages of its pages. They may stand in a password; they do not count.
OF_THIS_WORK = (
    "community", "communities", "resource", "resources", "exchange", "collaborator", "collaborators", "facilitator",
    "coordinator", "steward", "secretariat", "receipt", "support", "safety", "welcome", "password", "passphrase",
    "letmein", "secret", "qwerty", "asdfgh", "zxcvbn", "admin", "login", "مجتمع", "مرحبا", "كلمة", "السر",
)  # fmt: skip
SHORTEST_WORD, LEAST_SIGNS, LEAST_DIFFERENT = 4, 8, 5


class MaximumLengthValidator:
    """At most so many characters; each of them counts."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > self.max_length:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return ngettext(
            "A password has at most %(number)d character.", "A password has at most %(number)d characters.",
            self.max_length,
        ) % {"number": self.max_length}  # fmt: skip


class ContextWordsValidator:
    """Without the words that are near at hand here, enough must be left, and not one sign again and again."""

    def validate(self, password: str, user: Any = None) -> None:
        left = password.casefold()
        for word in sorted(words_near_at_hand(user), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEAST_SIGNS or len(set(left)) < LEAST_DIFFERENT:
            raise ValidationError(self.get_help_text(), code="password_near_at_hand")

    def get_help_text(self) -> str:
        return _(
            "Words of this site, of your e-mail address, and signs that repeat do not count. Four or five words "
            "that have nothing to do with each other make a good password."
        )


def words_near_at_hand(user: Any) -> set[str]:
    """What somebody who wants to guess would try first: this work, the site, its hosts, the person's address."""
    texts = [settings.SITE_NAME, *settings.ALLOWED_HOSTS, getattr(user, "email", None) or ""]
    found = {word for text in texts for word in re.split(r"[\W_]+", text.casefold())}
    return {word for word in found if len(word) >= SHORTEST_WORD} | set(OF_THIS_WORK)
