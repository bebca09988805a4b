"""Names that the exchange knows or that the community wrote, found again in a brief."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import groupby, pairwise

from collaborations.identifying.common import is_common, markers, shared_names
from collaborations.identifying.warning import Known, Tell
from collaborations.identifying.words import Text, Word, bare, name_words, words_of

_PARTS = re.compile(r"[,;/()\n]|\.\s")


def names_in(brief: Text, known: Known, countries: AbstractSet[int]) -> Iterator[tuple[Tell, list[str]]]:
    """Names in a brief, the gravest first; a word that one kind has taken is not shown again.

    countries: the numbers of the words that name countries; alone they are no name.
    """
    searches = [
        (Tell.CHOSEN_NAME, known_name(brief, known.chosen_name, countries)),
        (Tell.CONTACT, known_name(brief, known.contact, countries)),
        (Tell.PERSON, known_name(brief, known.people, countries)),
        (Tell.PROJECT, project_names(brief, known, countries)),
        (Tell.PLACE, known_name(brief, known.wider_area, countries, is_phrase=True)),
        (Tell.STORY_NAME, story_names(brief, known.story) - countries),
    ]
    taken: set[int] = set()
    for tell, numbers in searches:
        yield tell, brief.excerpts(numbers - taken)
        taken |= numbers
    for tell, name in (
        (Tell.CHOSEN_NAME, known.chosen_name),
        (Tell.PLACE, known.wider_area),
        (Tell.PROJECT, known.project),
    ):
        yield tell, [name] if brief.holds_unspaced(name) else []


def known_name(brief: Text, name: str, countries: AbstractSet[int], *, is_phrase: bool = False) -> set[int]:
    """Where a name stands, as a whole, in its parts between commas, or in those of its words that name.

    is_phrase: the first letter is a capital only because a phrase begins there.
    """
    words = words_of(name)
    trusts_first = not is_phrase or len(words) == 1 or any(word.is_marked for word in words)
    alone = {
        number
        for word in words
        for number in brief.places_of([bare(word.folded)])
        if _gives_away(word, brief.words[number], is_named=word.is_capital and (trusts_first or not word.opens))
    }
    parts = [part for part in _PARTS.split(name) if any(not is_common(word) for word in name_words(part))]
    return (alone - countries) | _phrases(brief, [name, *parts])


def project_names(brief: Text, known: Known, countries: AbstractSet[int]) -> set[int]:
    """Names of the project, of public ones, of companies and financiers; their words only as names."""
    own = known_name(brief, known.project, countries)
    written_as_names = {number for number in own if brief.words[number].is_capital or not brief.words[number].has_case}
    telling = _telling_words(tuple(known.register))
    parts = {
        number
        for number, word in enumerate(brief.words)
        if word.is_marked and len(word.folded) > 3 and word.folded in telling
    }
    wholes = _phrases(brief, [known.project, known.financier, *known.register])
    return written_as_names | (parts - countries) | wholes


def story_names(brief: Text, story: str) -> set[int]:
    """Words that the community wrote as names, and that come again as names."""
    told = Text(story)
    named = {word.folded for word in told.words if word.is_marked and not is_common(word.folded)}
    again = {number for number, word in enumerate(brief.words) if word.is_capital and word.folded in named}
    for name in _names_of_common_words(told):
        for first in brief.places_of(name):
            numbers = range(first, first + len(name))
            again |= {*numbers} if all(brief.words[number].is_capital for number in numbers) else set()
    return again | {number for name in _after_markers(told) for number in brief.places_of([name])}


def _names_of_common_words(told: Text) -> set[tuple[str, ...]]:
    """Blue Water, Agua Azul: capitals side by side make a name of words that alone are none."""
    runs = [[*run] for is_name, run in groupby(told.words, key=lambda word: word.is_marked) if is_name]
    names = {tuple(word.folded for word in run) for run in runs if len(run) > 1}
    return {name for name in names if not shared_names().issuperset(name)}


def _after_markers(told: Text) -> set[str]:
    """In scripts without capitals, what follows “village”, “river”, “company”."""
    return {
        bare(word.folded)
        for before, word in pairwise(told.words)
        if not word.has_case and bare(before.folded) in markers() and not is_common(word.folded)
    }


def _gives_away(known: Word, written: Word, *, is_named: bool) -> bool:
    """Whether this word alone points to the name; a common word only where it is written as a name."""
    if is_common(known.folded):
        return written.is_marked and known.is_capital and len(known.folded) > 2
    return not written.has_case or written.is_marked or is_named


def _phrases(brief: Text, names: Iterable[str]) -> set[int]:
    """Where whole names stand; one common word alone is no name."""
    found: set[int] = set()
    for name in names:
        words = name_words(name)
        if len(words) > 1 or any(not is_common(word) for word in words):
            for first in brief.places_of(words):
                found |= set(range(first, first + len(words)))
    return found


@lru_cache(maxsize=8)
def _telling_words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in name_words(name) if not is_common(word))
