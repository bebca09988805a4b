"""Exact numbers of people, in digits or small number words; round ones may stand."""

import re
from collections.abc import Iterator

from collaborations.identifying.common import read_list

_NUMBER_WORDS = (
    "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|once|doce|trece|catorce|quince|dieciséis"
    "|diecisiete|dieciocho|diecinueve|onze|douze|treize|quatorze|quinze|seize|dix-sept|dix-huit|dix-neuf|doze|treze"
    "|dezesseis|dezessete|dezoito|dezenove"
)
_PEOPLE = "|".join(sorted(read_list("people").split(), key=len, reverse=True))
# What is counted before people are named: “3 years, families …” counts no families.
_NOT_COUNTED = frozenset(read_list("not_counted").split())
_COUNT = re.compile(
    rf"(?<![\w.,/-])(?P<number>\d{{1,3}}(?:[ ,.\u00a0\u202f]\d{{3}}){{1,3}}|\d{{1,7}}|\b(?:{_NUMBER_WORDS}))"
    rf"[ \u00a0](?:(?P<between>[^\W\d_]{{1,20}})[ \u00a0])?(?:{_PEOPLE})(?!\w)",
    re.IGNORECASE,
)


def head_counts(plain: str) -> Iterator[tuple[int, int]]:
    """Where an exact number of people stands in a text with plain digits."""
    for match in _COUNT.finditer(plain):
        between = match["between"] or ""
        if between.lower() not in _NOT_COUNTED and not _says_little(match["number"], between):
            yield match.span()


def _says_little(number: str, between: str) -> bool:
    digits = re.sub(r"\D", "", number)
    if not digits:
        return False
    is_year = bool(between) and digits == number and len(digits) == 4 and digits[:2] in ("19", "20")
    return is_year or _is_round(int(digits))


def _is_round(count: int) -> bool:
    """20, 300, 350, 1200: two figures at most, and none of a small group."""
    step = {2: 10, 3: 50}.get(len(str(count)), 10 ** max(len(str(count)) - 2, 0))
    return count < 2 or (count >= 20 and count % step == 0)
