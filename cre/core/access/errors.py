"""How an act is refused: not allowed (403), or somebody was quicker (409)."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(PermissionDenied):
    """The person sees this, but may not do that; the message is a sentence for them."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Stale(Exception):
    """Somebody changed the record after this person opened it."""

    sentence = _("Somebody changed this while you were working on it. Look at the new state, then try again.")


def require(allowed: bool, sentence: str | Promise) -> None:
    """Refuse the act with a sentence for the person, unless it is allowed."""
    if not allowed:
        raise Refused(sentence)
