"""Words of any script, compared without case, accents and the small words that Arabic writes in front."""

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

SENTENCE_ENDS = ".!?…:;\n؟۔؛।॥。！？•*"
OPENING = " \t\u00a0\"'“”„«»‘’()[]{}-–—¿¡\u200e\u200f\u202a\u202b\u202c"
# More capitals than this share of a line's words say nothing about names: a title, or a text all in capitals.
SHOUTED = 0.6
# What Arabic writes together with the next word: and, so; in, like, for; the article.
_ARABIC_FRONTS = [re.compile(front) for front in ("^[وف]", "^[وف]?[بكل]", "^[وف]?[بك]?ال", "^[وف]?لل")]
_ARABIC = re.compile("[\u0621-\u064a]")
# Scripts that put no space between words.
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Word:
    """A word, where it stands, and whether its capital letter says that it is a name."""

    start: int
    end: int
    folded: str
    has_case: bool
    is_capital: bool
    opens: bool

    @property
    def is_marked(self) -> bool:
        """A capital in the middle of a sentence."""
        return self.is_capital and not self.opens


class Text:
    """A text as words that can be found again however they are written."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.words = [*_marked_words(raw)]
        self._at: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            for form in forms(word.folded):
                self._at.setdefault(form, []).append(number)

    def places_of(self, phrase: Sequence[str]) -> list[int]:
        """The numbers of the words where these folded words stand one after the other."""
        if not phrase:
            return []
        return [
            first
            for first in self._at.get(phrase[0], [])
            if first + len(phrase) <= len(self.words)
            and all(form in forms(self.words[first + step].folded) for step, form in enumerate(phrase[1:], 1))
        ]

    def holds_unspaced(self, name: str) -> bool:
        """Whether a name in a script without spaces stands anywhere in the text."""
        return bool(_UNSPACED.search(name)) and fold(name) in fold(self.raw)

    def excerpts(self, numbers: Iterable[int]) -> list[str]:
        """The text at these words; neighbours are joined."""
        apart = groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0])
        runs = [[number for _, number in run] for _, run in apart]
        return [self.raw[self.words[run[0]].start : self.words[run[-1]].end] for run in runs]


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """A word without case, accents, vowel signs that may be left out, and joiners."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (
        char
        for char in decomposed
        if not unicodedata.combining(char) and char != "ـ" and unicodedata.category(char) != "Cf"
    )
    return "".join(kept).replace("ى", "ي").replace("ة", "ه").casefold()


@lru_cache(maxsize=20_000)
def forms(folded: str) -> frozenset[str]:
    """How a name may be hidden in this word: in Arabic, with or without what is written in front."""
    if not is_arabic(folded):
        return frozenset([folded])
    cut = {front.sub("", folded) for front in _ARABIC_FRONTS}
    return frozenset({folded} | {rest for rest in cut if len(rest) > 1})


@lru_cache(maxsize=20_000)
def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, in Arabic without the article."""
    return tuple(bare(word.folded) for word in words_of(name))


def is_arabic(folded: str) -> bool:
    return _ARABIC.match(folded) is not None


def bare(folded: str) -> str:
    """An Arabic word without its article, any other as it is."""
    return folded[2:] if folded.startswith("ال") and len(folded) > 4 else folded


def words_of(text: str) -> list[Word]:
    """All words of a text; a word begins with a letter."""
    found = []
    for match in _word_pattern().finditer(text):
        written = match.group()
        found.append(
            Word(
                match.start(),
                match.end(),
                fold(written),
                has_case=written[0].lower() != written[0].upper(),
                is_capital=written[0].isupper(),
                opens=_opens(text, match.start()),
            )
        )
    return [word for word in found if word.folded]


def _marked_words(text: str) -> Iterator[Word]:
    """The words, with the capitals of shouted lines taken as saying nothing."""
    breaks = [position for position, char in enumerate(text) if char == "\n"]
    for _, line in groupby(words_of(text), key=lambda word: bisect_right(breaks, word.start)):
        words = [*line]
        inside = [word.is_capital for word in words if word.has_case and not word.opens]
        is_shouted = len(inside) > 2 and sum(inside) > SHOUTED * len(inside)
        for word in words:
            yield Word(
                word.start,
                word.end,
                word.folded,
                word.has_case,
                word.is_capital and not is_shouted,
                word.opens,
            )


def _opens(text: str, start: int) -> bool:
    """Whether a word begins a sentence, where its capital says nothing."""
    before = text[max(0, start - 40) : start].rstrip(OPENING)
    return not before or before[-1] in SENTENCE_ENDS


@cache
def _word_pattern() -> re.Pattern[str]:
    """Letters with the marks that many scripts put on them, and joiners inside a word."""
    marks = [code for code in range(sys.maxunicode // 8) if unicodedata.category(chr(code)) in ("Mn", "Mc")]
    ranges = []
    for _, run in groupby(enumerate(marks), key=lambda pair: pair[1] - pair[0]):
        codes = [code for _, code in run]
        ranges.append(f"{chr(codes[0])}-{chr(codes[-1])}")
    return re.compile(rf"[^\W\d_](?:[^\W_]|[{''.join(ranges)}ـ\u200c\u200d])*")
