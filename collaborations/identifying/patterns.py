"""What can be recognised by its shape: numbers to call, accounts, links, places on a map, days."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from collaborations.identifying.common import month_names
from collaborations.identifying.warning import Tell

Span = tuple[int, int]
# Between the digits of a number people write spaces, dots, strokes and marks for the direction of reading.
BETWEEN = "[ \t\u00a0\u202f().\\-–·\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
_CODE = re.compile(rf"(?<!\d)(?:\d{BETWEEN}{{0,3}}){{27}}\d(?!\d)")
_EMAIL = re.compile(
    r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|\w{1,64} ?[\[(] ?(?:at|arroba|arobase) ?[\])] ?[\w.-]{1,64}|(?<![\w@/.])@\w[\w.]{1,40}",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?|ftp)://\S{1,300}|\bwww\.\S{1,300}"
    r"|(?<![\w@.-])(?:[\w-]{1,63}\.){1,4}(?:com|org|net|info|int|edu|gov|ngo|ong|onion)\b(?:/\S{0,300})?"
    r"|(?<![\w@.-])(?:[\w-]{1,63}\.){1,4}[a-z]{2,4}/\S{1,300}",
    re.IGNORECASE,
)
_COORDINATES = re.compile(
    r"[-+]?\d{1,3}\.\d{4,12} ?°? ?[NSEWO]?[,;/ ]{1,3}[-+]?\d{1,3}\.\d{4,12}(?: ?°? ?[NSEWO]\b)?"
    r"|\d{1,3} ?[°º] ?\d{1,2}(?:\.\d{1,6})? ?['’′](?: ?\d{1,2}(?:\.\d{1,6})? ?[\"”″'’]{0,2})?(?: ?[NSEWO]\b)?"
    r"|\d{1,3}(?:\.\d{1,8})? ?° ?(?:[NSEWO]\b|شمال|جنوب|شرق|غرب)"
    r"|\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b|///\w{2,20}\.\w{2,20}\.\w{2,20}"
)
_STREET = (
    r"street|avenue|lane|boulevard|calle|carrera|avenida|jirón|rua|travessa|rue|ruelle|jalan|شارع|زقاق"
    r"|улица|mtaa wa"
)
_ADDRESS = re.compile(
    rf"\b(?:{_STREET}) (?:\w{{1,30}} ){{0,3}}?(?:no\.? ?|n[º°] ?|nr\.? ?|# ?|رقم )?\d{{1,5}}\b"
    r"|\b\d{1,5}[a-z]?,? (?:\w{1,30} ){0,3}?(?:street|avenue|lane|boulevard)\b"
    r"|\b\d{1,5},? (?:rue|avenue|boulevard|calle|rua) \w{2,30}"
    r"|\b(?:km|kil[oó]m[eè]tr[eo]|كيلومتر) \d{1,4}\b"
    r"|\b(?:plot|manzana|lote|parcela|parcelle|hausnummer) (?:no\.? ?)?\d{1,5}\b"
    r"|\b(?:p\. ?o\. ?box|po box|apartado postal|caixa postal|boîte postale|b\.p\.|ص\. ?ب\.?) ?\d{1,6}\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\bP\d{6}\b")
_NUMERIC_DATE = re.compile(
    r"(?<![\d.,/-])(?:(\d{1,2})([./-])(\d{1,2})\2(?:\d{4}|\d{2})|(?:\d{4})([./-])(\d{1,2})\4(\d{1,2}))(?![\d/-])"
    r"|(\d{1,2}) ?月 ?(\d{1,2}) ?日|ngày (\d{1,2}) tháng (\d{1,2})"
)
_PHONE = re.compile(rf"(?<![\w,/])(?<!\d\.)\+?\(?\d(?:{BETWEEN}{{0,3}}\d){{6,14}}(?!\d)")
_CALLED = re.compile(
    rf"\b(?:tel|phone|mobile|whatsapp|signal|telegram|celular|móvil|teléfono|telefone|téléphone|هاتف|جوال|واتساب|سيغنال)"
    rf"\b[^\w+]{{0,4}}\+?(?:\d{BETWEEN}{{0,2}}){{5,15}}",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₹₦₱฿]|\b(?!TEL|CEL|FAX|MOB|TLF)[A-Z]{3}) ?$")
_MEASURED = re.compile(
    r" ?(?:%|km|ha\b|hect|tonn?e|ton|MW|kW|GW|m²|m2|m3|m³|dollar|dólar|euro|USD|EUR|pesos|soles|reais"
    r"|shilling|francs|rupe|birr|naira|دولار|يورو|هكتار|طن|ميغا|million|millones|milh)",
    re.IGNORECASE,
)


class _Plain(dict[int, str]):
    """A translation that makes every digit 0 to 9 and keeps each character in its place."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        digit = unicodedata.decimal(char, None)
        self[code] = {"٫": ".", "．": ".", "٬": ",", "＋": "+", "＠": "@", "／": "/", "－": "-"}.get(
            char, char if digit is None else str(digit)
        )
        return self[code]


def in_plain_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9, of the same length."""
    return text.translate(_Plain())


def shapes_in(plain: str) -> dict[Tell, list[Span]]:
    """Where each shape stands; what one has taken, a later one does not take again."""
    found: dict[Tell, list[Span]] = {}
    taken: list[Span] = []
    for tell, spans in _SHAPES:
        free = [span for span in spans(plain) if not any(span[0] < end and start < span[1] for start, end in taken)]
        taken += free
        found.setdefault(tell, []).extend(free)
    return {tell: sorted(spans) for tell, spans in found.items() if spans}


def _all(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    return lambda plain: (match.span() for match in pattern.finditer(plain))


def _numeric_dates(plain: str) -> Iterator[Span]:
    for match in _NUMERIC_DATE.finditer(plain):
        day_and_month = sorted(int(part) for part in match.groups() if part and part.isdigit())
        if 0 < day_and_month[0] <= 12 and day_and_month[1] <= 31:
            yield match.span()


def _named_dates(plain: str) -> Iterator[Span]:
    for match in _named_date().finditer(plain):
        month = match["first_month"] or match["second_month"]
        if 0 < int(match["first_day"] or match["second_day"]) <= 31 and _is_month(
            month, is_first=bool(match["first_month"])
        ):
            yield match.span()


def _is_month(written: str, *, is_first: bool) -> bool:
    """Whether this is the month, not the verb “may” or “march”; in front of its day it has its capital."""
    has_case = written[0].lower() != written[0].upper()
    needs_capital = is_first or written.lower() in ("may", "march")
    return written[0].isupper() or not (has_case and needs_capital)


@cache
def _named_date() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, month_names()), key=len, reverse=True))
    short = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    return re.compile(
        rf"(?<![\d.,])(?P<first_day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|°|\.)?[ \u00a0](?:of |de |من )?"
        rf"(?:(?P<second_month>{months}|{short}))(?!\w)"
        rf"|(?<!\w)(?P<first_month>{months}|{short})\.?"
        rf" (?P<second_day>\d{{1,2}})(?:st|nd|rd|th)?(?![\w])(?![.,]\d)",
        re.IGNORECASE,
    )


def _phones(plain: str) -> Iterator[Span]:
    yield from (match.span() for match in _CALLED.finditer(plain))
    for match in _PHONE.finditer(plain):
        before, after = (
            plain[max(0, match.start() - 5) : match.start()],
            plain[match.end() : match.end() + 12],
        )
        is_amount = _is_amount(match.group()) or _MONEY_BEFORE.search(before) or _MEASURED.match(after)
        if not is_amount:
            yield match.span()


def _is_amount(number: str) -> bool:
    """Whether a long number is an amount or a row of years rather than a number to call."""
    groups = re.findall(r"\d+", number)
    if all(len(group) == 4 and group[:2] in ("19", "20") for group in groups):
        return True
    if number[0] in "+0(":
        return False
    in_thousands = len(groups[0]) < 4 and all(len(group) == 3 for group in groups[1:]) and len(groups) > 1
    is_short = sum(map(len, groups)) < 9
    return groups[-1].endswith("000") or (in_thousands and ("." in number or is_short))


_SHAPES: list[tuple[Tell, Callable[[str], Iterator[Span]]]] = [
    (Tell.RECEIPT_CODE, _all(_CODE)),
    (Tell.EMAIL, _all(_EMAIL)),
    (Tell.LINK, _all(_LINK)),
    (Tell.COORDINATES, _all(_COORDINATES)),
    (Tell.DATE, _numeric_dates),
    (Tell.DATE, _named_dates),
    (Tell.ADDRESS, _all(_ADDRESS)),
    (Tell.PROJECT, _all(_REFERENCE)),
    (Tell.PHONE, _phones),
]
