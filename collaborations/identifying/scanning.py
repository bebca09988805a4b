"""The scan of a brief: each kind of thing that identifies, then what identifies only together."""

import re
from functools import lru_cache

from django.utils.translation import get_language

from collaborations.identifying.counting import head_counts
from collaborations.identifying.names import names_in
from collaborations.identifying.patterns import BETWEEN, in_plain_digits, shapes_in
from collaborations.identifying.warning import BriefWarning, Known, Tell
from collaborations.identifying.words import Text, forms
from cre.core.vocabularies import country_code, country_name

LONGEST_COUNTRY_NAME = 4
LEAST_DIGITS = 6
MOST_SHOWN = 12
_DIGITS = re.compile(rf"\+?\(?\d(?:{BETWEEN}{{0,3}}\d){{{LEAST_DIGITS - 1},}}")
Found = dict[Tell, list[str]]


def warnings_in(title: str, text: str, known: Known) -> list[BriefWarning]:
    """What in a brief could tell who the community is, the gravest first."""
    brief = Text(f"{title}\n{text}")
    plain = in_plain_digits(brief.raw)
    countries = named_countries(brief)
    found: Found = {tell: [] for tell in Tell}
    for tell, spans in shapes_in(plain).items():
        found[tell] += [brief.raw[start:end] for start, end in spans]
    found[Tell.PEOPLE_COUNT] += [brief.raw[start:end] for start, end in head_counts(plain)]
    found[Tell.CONTACT] += _same_digits(brief.raw, plain, known.contact)
    for tell, excerpts in names_in(brief, known, countries.keys()):
        found[tell] += excerpts
    _add_country(found, brief, known, countries)
    _add_combination(found, known)
    shown = {tell: _distinct(excerpts) for tell, excerpts in found.items()}
    return [BriefWarning(tell, excerpts) for tell, excerpts in shown.items() if excerpts]


def named_countries(text: Text) -> dict[int, str]:
    """The codes of the countries that a text names, by the numbers of their words."""
    found: dict[int, str] = {}
    for first, word in enumerate(text.words):
        if first in found or (word.has_case and not text.raw[word.start].isupper()):
            continue
        for length in range(LONGEST_COUNTRY_NAME, 0, -1):
            code = _country_at(text, first, length)
            if code:
                found |= dict.fromkeys(range(first, first + length), code)
                break
    return found


def _country_at(text: Text, first: int, length: int) -> str | None:
    words = text.words[first : first + length]
    if len(words) < length:
        return None
    code = _code_of(" ".join(text.raw[words[0].start : words[-1].end].split()))
    if code or length > 1 or words[0].has_case:
        return code
    return next((code for form in sorted(forms(words[0].folded)) if (code := _code_of(form))), None)


@lru_cache(maxsize=20_000)
def _code_of(written: str) -> str | None:
    """The country of a name; codes of two or three letters are too often other words."""
    return country_code(written) if len(written) > 3 else None


def _same_digits(raw: str, plain: str, contact: str) -> list[str]:
    """Numbers in the text that are the community's own, however they are grouped."""
    own = re.sub(r"\D", "", in_plain_digits(contact))
    if len(own) < LEAST_DIGITS:
        return []
    runs = [(match.span(), re.sub(r"\D", "", match.group())) for match in _DIGITS.finditer(plain)]
    return [raw[start:end] for (start, end), digits in runs if own[-8:] in digits or digits in own]


def _add_country(found: Found, brief: Text, known: Known, countries: dict[int, str]) -> None:
    """The country, where only the region should be shown."""
    its = [number for number, code in countries.items() if not known.country or code == known.country]
    if known.is_high_risk:
        found[Tell.COUNTRY_AT_RISK] += [*_shown_country(known), *brief.excerpts(its)]
    elif not known.shown_country:
        found[Tell.COUNTRY] += brief.excerpts(its)


def _add_combination(found: Found, known: Known) -> None:
    """Country, project and day together; a kind of project with its financier is as good as its name."""
    countries = found[Tell.COUNTRY] or found[Tell.COUNTRY_AT_RISK] or _shown_country(known)
    projects = found[Tell.PROJECT] or ([known.financier] if known.sector and known.financier else [])
    days = found[Tell.DATE]
    if countries and projects and days:
        found[Tell.COMBINATION] += [countries[0], projects[0], days[0]]


def _shown_country(known: Known) -> list[str]:
    return [country_name(known.shown_country, get_language() or "en")] if known.shown_country else []


def _distinct(excerpts: list[str]) -> tuple[str, ...]:
    in_one_line = dict.fromkeys(" ".join(excerpt.split()) for excerpt in excerpts)
    return tuple(filter(None, in_one_line))[:MOST_SHOWN]
