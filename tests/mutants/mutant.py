"""One thing that keeps somebody out, taken away for as long as somebody looks whether it is missed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum

Place = tuple[str, int, int]


class Wall(StrEnum):
    """Which tests of the walls are likeliest to notice a mutant; they look at it in a world that stands already."""

    SIGHT = "sight"
    WRITING = "writing"
    PAGES = "pages"
    NONE = ""


@dataclass(frozen=True)
class Mutant:
    """A change that must turn at least one test red.

    `words` are the names by which tests would know what it changes, `tables` those whose rows it concerns (none:
    perhaps all), `place` the file and the first and last line of the function that it changes, `asks` the tables
    whose own policies stand behind what it changes.
    """

    name: str
    apply: Callable[[], AbstractContextManager[None]] = field(compare=False)
    words: tuple[str, ...] = ()
    wall: Wall = Wall.NONE
    tables: tuple[str, ...] = ()
    place: Place = ("", 0, 0)
    asks: tuple[str, ...] = ()


def kind_of(name: str) -> str:
    """What was taken away: "branch", "policy", "require" and so on; of a larger whole, "condition in a policy"."""
    kind, _, what = name.partition(" ")
    return f"condition in a {kind}" if kind in {"policy", "function"} and ": without " in what else kind
