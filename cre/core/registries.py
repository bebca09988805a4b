"""What each app tells the mechanisms of the whole: filled when the apps start, asked by what runs above them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.utils.functional import Promise

from cre.core.portable import Record


class Named(Protocol):
    """An item that others find by its name."""

    @property
    def name(self) -> str: ...


Item = TypeVar("Item", bound=Named)


class Registry(Generic[Item]):
    """Items in the order of their coming, each under a name of its own."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}

    def add(self, item: Item) -> Item:
        """Take an item in. Raises ValueError for a name that is taken."""
        if item.name in self._items:
            raise ValueError(f"{item.name} is registered already")
        self._items[item.name] = item
        return item

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def __contains__(self, name: object) -> bool:
        return name in self._items

    def __getitem__(self, name: str) -> Item:
        return self._items[name]


@dataclass(frozen=True)
class Retained:
    """One class of what is kept: for how long, whether people are asked before, and how it goes.

    `days` and `asks_before_days` are what set-up writes into the rule, which the secretariat changes later. `due`
    gives at most so many items whose time is over and whose clock does not stand; `remove` takes one of them out
    for good, in the running transaction, and says how many rows went from which table; both run as the system
    account. `to_ask` and `ask` do the same for the question that comes before. An item that is one object has its
    `object_uuid`. `begins` says in words when the clock begins.
    """

    name: str
    words: str | Promise
    begins: str | Promise
    days: int
    due: Callable[[int], Sequence[Any]]
    remove: Callable[[Any], Mapping[str, int]]
    asks_before_days: int = 0
    shortest: int = 0
    longest: int = 3660
    to_ask: Callable[[int], Sequence[Any]] = lambda _: ()
    ask: Callable[[Any], None] | None = None


retained: Registry[Retained] = Registry()


@dataclass(frozen=True)
class Frozen:
    """Something that a freeze of a community stops, in words for the desk.

    All of it looks at the open freeze by itself, at its next step. `stop` does, in the transaction of the freeze, what
    cannot wait for that; `warn` notes whom the desk has to warn by a safe channel. Both are given the freeze, and run
    as whoever freezes.
    """

    name: str
    label: str | Promise
    stop: Callable[[Any], None] = lambda _: None
    warn: Callable[[Any], None] = lambda _: None


frozen: Registry[Frozen] = Registry()


@dataclass(frozen=True)
class Portable:
    """One part of everything that a community takes with it, under `words`.

    `read` is given the scope of one of its people and the community, and yields only what this scope may see: no
    internal notes, no secrets, and nothing personal of anybody else.
    """

    name: str
    words: str | Promise
    read: Callable[[Any, Any], Iterable[Record]]


portable: Registry[Portable] = Registry()
