"""What each app tells the mechanisms of the whole: filled when the apps start, asked by what runs above them."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


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

    def __getitem__(self, name: str) -> Item:
        return self._items[name]
