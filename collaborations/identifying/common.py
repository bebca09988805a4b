"""Words that name nobody: what a place, a group or a project is, and names that everybody shares."""

from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

from collaborations.identifying.words import bare, is_arabic, words_of

# Languages whose calendars and language names are common words; ar-SY and ar-MA call the months otherwise.
CALENDARS = [
    "en", "es", "fr", "pt", "ar", "ar-SY", "ar-DZ", "ar-MA", "ru", "sw", "id", "hi", "ne",
    "bn", "fil", "tr", "fa", "ur", "am", "so", "ha", "my", "km", "th", "it", "de",
]  # fmt: skip


def is_common(folded: str) -> bool:
    """Whether a folded word says only what something is, or is too short to say anything."""
    return len(folded) < shortest_name(folded) or bare(folded) in common_words()


def shortest_name(folded: str) -> int:
    """Three letters in an alphabet; a script that writes syllables or words needs fewer signs."""
    return 3 if folded.upper() != folded or is_arabic(folded) else 2


def read_list(name: str) -> str:
    """One of the lists of words beside this module."""
    return (Path(__file__).parent / "lists" / f"{name}.txt").read_text(encoding="utf-8")


@cache
def common_words() -> frozenset[str]:
    kinds = {bare(word.folded) for word in words_of(read_list("common_words"))}
    return frozenset(kinds | {bare(word.folded) for word in words_of("\n".join(_calendar_words()))})


@cache
def shared_names() -> frozenset[str]:
    """Words of names that everybody shares: continents, the United Nations."""
    return frozenset(word.folded for word in words_of(read_list("shared_names")))


@cache
def markers() -> frozenset[str]:
    """What stands in front of the name of a place or a company, where capitals cannot tell."""
    return frozenset(bare(word.folded) for word in words_of(read_list("place_markers")))


@cache
def month_names() -> frozenset[str]:
    """The names of the months in many languages, as calendars write them."""
    return frozenset(
        str(name)
        for locale in _locales()
        for use in ("format", "stand-alone")
        for name in locale.months[use]["wide"].values()
        if not str(name)[0].isdecimal()
    )


def _calendar_words() -> list[str]:
    """Months, days and languages: often written with a capital, never somebody's name."""
    found = [*month_names()]
    for locale in _locales():
        found += [str(name) for use in ("format", "stand-alone") for name in locale.days[use]["wide"].values()]
    for code in ("en", "es", "fr", "pt"):
        found += [str(name) for name in Locale.parse(code).languages.values() if " " not in str(name)]
    return found


@cache
def _locales() -> tuple[Locale, ...]:
    found = []
    for code in CALENDARS:
        try:
            found.append(Locale.parse(code, sep="-"))
        except UnknownLocaleError:
            continue
    return tuple(found)
