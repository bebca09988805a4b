"""Receipt codes: 28 digits that bring a person back without an e-mail address.

Eight digits find the row, nineteen are the secret, the last is a Damm check digit, so that a slip
is noticed before anything is looked up. Of the secret only an Argon2id hash is kept, salted per row
and peppered with a key that is not in the database.
"""

import re
import secrets
import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from django.conf import settings
from stdnum import damm

from collaborators.peppers import newest_version, peppered_code

LOCATOR, SECRET, LENGTH = 8, 19, 28
# Each hash takes 64 MB and a good part of a second; more at once would starve everybody else.
_slow = BoundedSemaphore(2)
_hasher = PasswordHasher(time_cost=3, memory_cost=settings.CODE_HASH_KIB, parallelism=1)


class Slip(ValueError):
    """What was typed is not a code, or one digit is wrong; nothing was looked up."""


@dataclass(frozen=True)
class ReceiptCode:
    """A code in the clear; it lives only as long as the answer that shows it."""

    locator: str
    secret: str

    @property
    def digits(self) -> str:
        body = self.locator + self.secret
        return body + str(damm.calc_check_digit(body))

    @property
    def groups(self) -> list[str]:
        """Seven groups of four, as people read and write them."""
        return [self.digits[start : start + 4] for start in range(0, LENGTH, 4)]

    def __str__(self) -> str:
        return " ".join(self.groups)


def new_code() -> ReceiptCode:
    """A code of random digits (63 bits of secret)."""
    digits = "".join(secrets.choice("0123456789") for _ in range(LOCATOR + SECRET))
    return ReceiptCode(digits[:LOCATOR], digits[LOCATOR:])


def digits_in(text: str) -> str:
    """The digits in a text, of whatever script, as 0 to 9."""
    return "".join(str(unicodedata.digit(char)) for char in text if unicodedata.digit(char, None) is not None)


def read_code(text: str) -> ReceiptCode:
    """The code in what somebody typed: any digits, any separators. Raises `Slip`."""
    digits = digits_in(text)
    if len(digits) != LENGTH or not damm.is_valid(digits):
        raise Slip
    return ReceiptCode(digits[:LOCATOR], digits[LOCATOR : LOCATOR + SECRET])


def holds_code(text: str) -> bool:
    """Whether a text has a receipt code in it, so that it must not be stored (promise P06).

    A code may stand beside other numbers and be written in groups of any one size, as it was shown or
    otherwise, with up to three signs between them. A run of exactly 28 digits counts however it is grouped.
    """
    runs = re.findall(r"\d+(?:[^\w]{1,3}\d+)*", "".join(plain(char) for char in text))
    return any(damm.is_valid(digits) for run in runs for digits in candidates(re.findall(r"\d+", run)))


def candidates(groups: list[str]) -> Iterator[str]:
    """What could be a code: all these groups of digits, or neighbours of one size and a last, shorter one."""
    if sum(map(len, groups)) == LENGTH:
        yield "".join(groups)
    for start, first in enumerate(groups):
        whole, rest = divmod(LENGTH, len(first))
        part = groups[start : start + whole + bool(rest)]
        sizes = [len(group) for group in part]
        if sizes == [len(first)] * whole + [rest] * bool(rest):
            yield "".join(part)


def plain(char: str) -> str:
    """A low line as a space, an unseen sign as nothing, all else as it is."""
    if char == "_":
        return " "
    return "" if unicodedata.category(char) == "Cf" else char


def slow_work() -> AbstractContextManager[object]:
    """A turn at hashing slowly; two at once have one, everybody else waits."""
    return _slow


def hash_secret(secret: str) -> str:
    """The slow, salted hash that is stored, under the newest pepper."""
    with slow_work():
        return _hasher.hash(peppered_code(secret, newest_version()))


def is_secret(secret: str, stored: str | None, version: int | None = None) -> bool:
    """Whether the secret fits under the pepper of that version (the newest one unless given).

    Without a stored hash, or without that pepper, it takes just as long and says no.
    """
    try:
        mixed = peppered_code(secret, version or newest_version())
    except LookupError:
        stored, mixed = None, secret
    with slow_work():
        try:
            return _hasher.verify(stored or _dummy(), mixed)
        except VerificationError:
            return False


@cache
def _dummy() -> str:
    """A hash that no secret has and that costs as much to check; it is not worked out, but written down."""
    salt, digest = (b64encode(secrets.token_bytes(size)).rstrip(b"=").decode() for size in (16, 32))
    cost = f"m={settings.CODE_HASH_KIB},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"
