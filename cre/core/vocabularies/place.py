"""Names of countries and languages from their codes, and codes from the names that people write."""

import unicodedata
from collections.abc import Iterator
from functools import cache

import langcodes
import pycountry
from babel import Locale, UnknownLocaleError

_WRITTEN_IN = ("en", "es", "fr", "pt", "ar", "ru")
# What people write and no list of official names holds.
_COUNTRIES_AS_WRITTEN = {
    "burma": "MM",
    "dr congo": "CD",
    "drc": "CD",
    "ivory coast": "CI",
    "palestine": "PS",
    "rd congo": "CD",
    "rdc": "CD",
    "turkey": "TR",
}
_LANGUAGES_AS_WRITTEN = {
    "acholi": "ach",
    "amazigh": "zgh",
    "bahasa indonesia": "id",
    "embera": "emp",
    "ijaw": "ijc",
    "kreyol": "ht",
    "mandarin": "zh",
    "maya": "yua",
    "pilipino": "fil",
    "tamang": "taj",
}
_QUOTES = str.maketrans("", "", "'’‘ʼ`´")


def country_name(code: str, locale: str) -> str:
    """The name of a country (ISO 3166-1 alpha-2) in a language; an unknown code comes back as it is."""
    return _locale(locale).territories.get(code.upper()) or code


def language_name(tag: str, locale: str) -> str:
    """The name of a language (BCP 47) in a language; what has no name comes back as its tag."""
    if not langcodes.tag_is_valid(tag):
        return tag
    language = langcodes.Language.get(tag)
    shown_in, subtag, territory = _locale(locale), language.language or tag, language.territory
    whole = shown_in.languages.get(f"{subtag}_{territory}")
    if whole:
        return str(whole)
    name = shown_in.languages.get(subtag) or _listed_name(subtag) or tag
    return f"{name} ({country_name(territory, locale)})" if territory and name != tag else str(name)


def country_code(written: str) -> str | None:
    """The code of a country written as a code or as a name in one of six languages, or None."""
    return _country_codes().get(_plain(written))


def language_tag(written: str) -> str | None:
    """The tag of a language written as a tag or as a name, its own or in one of six languages, or None."""
    named = _language_tags().get(_plain(written))
    if named:
        return named
    if "-" in written and langcodes.tag_is_valid(written.strip()):
        return langcodes.standardize_tag(written.strip())
    return None


@cache
def _locale(code: str) -> Locale:
    try:
        return Locale.parse(code.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@cache
def _listed_name(subtag: str) -> str | None:
    listed = pycountry.languages.get(alpha_3=subtag)
    return str(listed.name) if listed else None


def _plain(text: str) -> str:
    """A name without case, accents, quotes and doubled spaces, so that two spellings of it meet."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_QUOTES).replace("-", " ").casefold())
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())


@cache
def _country_codes() -> dict[str, str]:
    found = {_plain(name): code for name, code in _country_spellings()}
    return found | _COUNTRIES_AS_WRITTEN


def _country_spellings() -> Iterator[tuple[str, str]]:
    for country in pycountry.countries:
        yield country.name, country.alpha_2
        yield from ((_locale(code).territories.get(country.alpha_2, ""), country.alpha_2) for code in _WRITTEN_IN)
        yield country.alpha_3, country.alpha_2
        yield country.alpha_2, country.alpha_2


@cache
def _language_tags() -> dict[str, str]:
    return {_plain(name): tag for name, tag in _language_spellings() if name} | _LANGUAGES_AS_WRITTEN


def _language_spellings() -> Iterator[tuple[str, str]]:
    """Later spellings win: names from the long list first, then the names that languages give themselves."""
    for listed in pycountry.languages:
        tag = getattr(listed, "alpha_2", listed.alpha_3)
        yield from ((listed.name, tag), (listed.alpha_3, tag), (tag, tag))
    for code in _WRITTEN_IN:
        yield from ((str(name), tag) for tag, name in _locale(code).languages.items() if "_" not in tag)
    for tag in map(str, _locale("en").languages):
        own = None if "_" in tag else _own_locale(tag)
        if own:
            yield str(own.languages.get(tag, "")), tag


def _own_locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag)
    except (UnknownLocaleError, ValueError):
        return None
