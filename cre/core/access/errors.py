"""How an act is refused: not allowed (403), or somebody was quicker (409)."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(PermissionDenied):
    """The person sees this, but may not do that; the message is a sentence for them."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class No:
    """A no that brings its own reason: it counts as false wherever a `can_…` is asked."""

    sentence: str | Promise

    def __bool__(self) -> bool:
        return False


class Stale(Exception):
    """Somebody changed the record after this person opened it."""

    sentence = _("Somebody changed this while you were working on it. Look at the new state, then try again.")


def require(allowed: bool | No, sentence: str | Promise) -> None:
    """Refuse the act with a sentence for the person, unless it is allowed; a `No` has a better one."""
    if not allowed:
        raise Refused(allowed.sentence if isinstance(allowed, No) else sentence)
