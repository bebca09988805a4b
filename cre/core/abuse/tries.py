"""Tries of a code or a password: wrong ones become slow, and nobody is locked out.

The rule. A try takes one token from the bucket of its address and one from the bucket of the credential that it
names; a right one gives both back, so only failures cost. Once one of the two is empty, the try is slowed: it is
still checked if the credential exists and nobody at this address tried the very same one in the last seconds.
So whoever guesses from a shared address soon costs us nothing, for what they name hardly ever exists, while
somebody else at that address, with a right code of their own, comes in at once; and whoever hammers one
credential, from wherever, leaves its owner a try of their own every few seconds. A try that is not checked
takes as long as a wrong one, or its quickness would tell that the credential does not exist.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore

from django.utils.translation import ngettext

from cre.core.abuse.buckets import Bucket, Token, draw, give_back
from cre.core.security_events import SecurityEvent, security_event

# More people than these are not kept waiting at once: threads that sleep would be missing for everybody else.
_waiting = BoundedSemaphore(2)
_lasted: dict[str, float] = {}


@dataclass(frozen=True)
class Pace:
    """How many failures are free for an address and for a credential, and how slow it goes afterwards."""

    name: str
    address: Bucket
    credential: Bucket
    slowly: Bucket


CODES = Pace("code", Bucket("code-address", 20, 30), Bucket("code-locator", 10, 60), Bucket("code-slowly", 1, 2))
PASSWORDS = Pace(
    "password",
    Bucket("password-address", 20, 30),
    Bucket("password-account", 10, 60),
    Bucket("password-slowly", 1, 10),
)
FACTORS = Pace(
    "factor", Bucket("factor-address", 20, 60), Bucket("factor-person", 5, 60), Bucket("factor-slowly", 1, 30)
)


class TooManyTries(Exception):
    """Somebody tried too often: what the answer says, and after how many seconds the next try is looked at."""

    def __init__(self, wait: float) -> None:
        super().__init__()
        self.wait = math.ceil(wait)
        self.sentence = ngettext(
            "There were many tries in a short time. Please wait {wait} second, then try again.",
            "There were many tries in a short time. Please wait {wait} seconds, then try again.",
            self.wait,
        ).format(wait=self.wait)


def slow_down(*tokens: Token) -> None:
    """Count something that costs each time it is done. Raises `TooManyTries` when it was done too often."""
    if draw(*tokens).is_empty:
        raise TooManyTries(max(bucket.every for bucket, _ in tokens))


class Try:
    """One try of one credential from one address; both in the clear, for they do not leave this process."""

    def __init__(self, pace: Pace, address: str, credential: str) -> None:
        self.pace = pace
        self.tokens = ((pace.address, address), (pace.credential, credential))
        self.way = f"{address} {credential}"
        self.drawn = draw(*self.tokens)

    @property
    def is_slowed(self) -> bool:
        return self.drawn.is_empty

    def may_be_checked(self, *, is_known: bool) -> bool:
        """Whether it is worth a slow hash; otherwise this returns after the time that one takes."""
        if not self.is_slowed:
            return True
        is_free = not draw((self.pace.slowly, self.way)).is_empty
        if is_free and is_known:
            return True
        self.pass_the_time()
        return False

    @contextmanager
    def checking(self) -> Iterator[None]:
        """Note how long a check takes."""
        start = time.monotonic()
        yield
        _lasted[self.pace.name] = time.monotonic() - start

    def pass_the_time(self) -> None:
        """Take as long as the last check, unless several are made to wait already."""
        if _waiting.acquire(blocking=False):
            try:
                time.sleep(_lasted.get(self.pace.name, 0))
            finally:
                _waiting.release()

    def succeeded(self) -> None:
        """A right try costs nothing."""
        give_back(*self.drawn.taken)

    def failed(self, *, person: int | None = None) -> None:
        """Note a wrong try, or one that was not looked at: its kind and whose it would have been, if that is known."""
        event = SecurityEvent.LOGIN_SLOWED if self.is_slowed else SecurityEvent.LOGIN_FAILED
        security_event(event, person=person, way=self.pace.name)
