"""What is different in a new version of a brief, against the one that the community answered last."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from collaborations.models import BriefVersion

# So many words stay around a change, so that the place is found again in the whole text.
CONTEXT = 5
# Beyond so many signs the changes are no help any more: the whole text is read anew.
MOST_SIGNS = 2400
# Fewer words than this between two changes belong to the change.
FEW = 2
GAP = "…"


@dataclass(frozen=True)
class Piece:
    """Some words that follow each other: `mark` is "ins" (new), "del" (gone) or empty (as before)."""

    mark: str
    words: str


Changed = list[Piece]


@dataclass(frozen=True)
class Changes:
    """What changed since the version `since`: pieces of title and text, paragraph by paragraph, then what else shows.

    can_compare: False where the two are in different languages. is_new: more is different than can be shown.
    """

    since: BriefVersion
    can_compare: bool
    is_new: bool
    passages: list[Changed]
    others: Changed

    @property
    def is_same(self) -> bool:
        """Whether every word is as it was."""
        return self.can_compare and not (self.is_new or self.passages or self.others)


def changes_since(since: BriefVersion, brief: BriefVersion, others: tuple[list[str], list[str]]) -> Changes:
    """Compare two versions word by word; their keys have to be at hand.

    others: in words, what allies saw beside the text before, and what they would see now.
    """
    beside = list(lists_apart(*others))
    if since.language != brief.language:
        return Changes(since, can_compare=False, is_new=False, passages=[], others=beside)
    before, now = ([version.title, *paragraphs(version.text)] for version in (since, brief))
    passages = list(texts_apart(before, now))
    is_new = sum(len(piece.words) for passage in passages for piece in passage) > MOST_SIGNS
    return Changes(since, can_compare=True, is_new=is_new, passages=[] if is_new else passages, others=beside)


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def texts_apart(before: list[str], now: list[str]) -> Iterator[Changed]:
    """The paragraphs that differ, each with its changed words and a few around them."""
    for kind, start, end, at, until in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind != "equal":
            yield shortened(words_apart(" ".join(before[start:end]), " ".join(now[at:until])))


def words_apart(before: str, now: str) -> Changed:
    """Both texts as one: words that stayed, went and came."""
    # Where a word stands a hundred times in a long text, difflib leaves it out of the search and stays quick.
    old, new = before.split(), now.split()
    pieces: Changed = []
    start = at = 0
    for same in SequenceMatcher(None, old, new).get_matching_blocks():
        is_inside = start < same.a and at < same.b and same.a + same.size < len(old)
        if is_inside and same.size < FEW:
            # A "the" that both have by chance would only tear the change into pieces that nobody can read.
            continue
        pieces.append(Piece("del", " ".join(old[start : same.a])))
        pieces.append(Piece("ins", " ".join(new[at : same.b])))
        start, at = same.a + same.size, same.b + same.size
        pieces.append(Piece("", " ".join(old[same.a : start])))
    return [piece for piece in pieces if piece.words]


def shortened(pieces: Changed) -> Changed:
    """The same with only a few words of what stayed around each change."""
    last = len(pieces) - 1
    return [
        piece if piece.mark else Piece("", around(piece.words, is_first=place == 0, is_last=place == last))
        for place, piece in enumerate(pieces)
    ]


def around(words: str, *, is_first: bool, is_last: bool) -> str:
    """The last words before the first change, the first after the last one, and both ends between two."""
    gap = rf"\S+(?:\s+\S+){{{CONTEXT - 1}}}"
    head, tail = re.match(gap, words), re.search(rf"{gap}\Z", words)
    if not head or not tail:
        return words
    kept = [GAP, tail[0]] if is_first else [head[0], GAP] if is_last else [head[0], GAP, tail[0]]
    is_shorter = len(" ".join(kept)) < len(words)
    return " ".join(kept) if is_shorter else words


def lists_apart(before: Iterable[str], now: Iterable[str]) -> Iterator[Piece]:
    """What went from a list and what came to it."""
    old, new = list(before), list(now)
    yield from (Piece("del", item) for item in old if item not in new)
    yield from (Piece("ins", item) for item in new if item not in old)
