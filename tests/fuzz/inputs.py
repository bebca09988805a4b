"""What a browser, a broken one or somebody with bad intentions may send: absurd values, in any field or none."""

from typing import Any
from uuid import UUID

from hypothesis import strategies as st

LONG = 500_000
# The ends of what a column, a date or a number can hold, and what is none of them.
NUMBERS = ["0", "-1", "1e309", "NaN", "2147483648", "9223372036854775808", "9" * 5000, "٣", "1_000", "0x1f", "1.5"]
DATES = ["0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-11-22T25:61", "0000-00-00", "-1-01-01"]
NAMES = ["None", "null", "undefined", "[]", "{}", "true", "on", "../../etc/passwd", "%00", "%s", "{0}", "{{ 7|add:7 }}"]
TEXTS = [
    "", " ", "\0", "a\0b", "\ud800", "\u202egnp.exe", "\u200b", "😀" * 300, "é", "e\u0301" * 100, "\r\n\r\nX: y",
    "<script>alert(1)</script>", "' OR 1=1 --", "=1+1", "x" * LONG, "ع" * 100_000, "\x1b[31m", "\ufeff",
]  # fmt: skip
UUIDS = [str(UUID(int=0)), str(UUID(int=2**128 - 1)), "not-a-uuid", "00000000-0000-0000-0000-00000000000g"]
NASTY = [*NUMBERS, *DATES, *NAMES, *TEXTS, *UUIDS]
QUERY = ["after", "before", "page", "view", "status", "q", "next", "o", "e", "region", "since", "until", "kind"]


def values() -> st.SearchStrategy[str]:
    """One value for one field."""
    return st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.integers().map(str), st.uuids().map(str))


@st.composite
def typed(draw: st.DrawFn, fields: dict[str, list[str]]) -> dict[str, Any]:
    """A form as it might come: most fields as the page offered them, some absurd, missing, doubled or unknown."""
    sent: dict[str, Any] = {}
    for name, offered in fields.items():
        way = draw(st.integers(0, 9))
        if way < 5 and offered:
            sent[name] = draw(st.sampled_from(offered))
        elif way < 8:
            sent[name] = draw(values())
        elif way < 9:
            sent[name] = draw(st.lists(values(), min_size=2, max_size=3))
    if draw(st.booleans()):
        sent[draw(st.sampled_from([*QUERY, "version", "uuid", "\0", "id"]))] = draw(values())
    return sent
