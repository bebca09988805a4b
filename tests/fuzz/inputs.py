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
    "", " ", "\0", "a\0b", "\u202egnp.exe", "\u200b", "😀" * 300, "é", "e\u0301" * 100, "\r\n\r\nX: y",
    "<script>alert(1)</script>", "' OR 1=1 --", "=1+1", "x" * LONG, "ع" * 100_000, "\x1b[31m", "\ufeff",
]  # fmt: skip
UUIDS = [str(UUID(int=0)), str(UUID(int=2**128 - 1)), "not-a-uuid", "00000000-0000-0000-0000-00000000000g"]
NASTY = [*NUMBERS, *DATES, *NAMES, *TEXTS, *UUIDS]
QUERY = ["after", "before", "page", "view", "status", "q", "next", "o", "e", "region", "since", "until", "kind"]
# What a program may send in place of a form, each with the kind that it says it is.
FORM = "application/x-www-form-urlencoded"
PART = b'--x\r\nContent-Disposition: form-data; name="version"; filename="a"\r\n\r\n1\r\n--x--'
BODIES = [
    (FORM, b"a=%ZZ&b=%ff%fe&=&&c"), (FORM, "&".join(f"f{number}=1" for number in range(600)).encode()),
    (FORM, b"version=1&version=1&uuid=\x00"),
    (FORM, b"text=%ED%A0%80&reason=\xed\xa0\x80"), (f"{FORM}; charset=utf-16", b"a=1"),
    (f"{FORM}; charset=nothing", b"a=1"), ("application/json", b'{"version": '), ("multipart/form-data", b"--x"),
    ("multipart/form-data; boundary=x", b"--x\r\n"), ("multipart/form-data; boundary=x", PART),
    ("text/plain", b""), ("", b"version=1"),
]  # fmt: skip
HEADERS = {
    "Accept-Language": ["ar", "xx-" + "y" * 500, "*;q=9", "\u00e9", ";;;,,,"],
    "HX-Request": ["true", "x"],
    "HX-Current-URL": ["//", "%ff", "http://[", "javascript:alert(1)"],
    "X-Forwarded-For": ["x", "::1%x", ",,,"],
    "Range": ["bytes=5-1", "bytes=0-99999999999999999999"],
    "If-Modified-Since": ["yesterday"],
    "Cookie": ["s=../../x", "s=" + "y" * 5000, "=;=;"],
}


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


def headers() -> st.SearchStrategy[dict[str, str]]:
    """Now and then a header that no browser sends."""
    odd = st.sampled_from([(name, value) for name, odd in HEADERS.items() for value in odd])
    return st.integers(0, 7).flatmap(lambda way: st.just({}) if way else odd.map(lambda pair: dict([pair])))
