"""One thing that keeps somebody out, taken away for as long as a few tests run."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mutant:
    """A change that must turn at least one test red.

    `words` are the names by which tests would know what it changes, `first` the tests that are likeliest to notice.
    """

    name: str
    apply: Callable[[], AbstractContextManager[None]] = field(compare=False)
    words: tuple[str, ...] = ()
    first: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.name.partition(" ")[0]
