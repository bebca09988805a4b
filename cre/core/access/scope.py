"""What a person holds: the ids of their containers and a few id lists, read in one round trip."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from django.db import connection
from django.db.models import Model

# The SQL expression of each question a scope asks; every one gives a bigint[] for the announced actor.
_holdings: dict[tuple[str, str], str] = {}
_lists: dict[str, str] = {}
PLATFORM = "platform"


def container(name: str, codenames: Iterable[str]) -> None:
    """Register a container type; the definer function `cre_held_<name>(codename)` answers for it."""
    for codename in codenames:
        _holdings[name, codename] = f"cre_held_{name}('{codename}')"


def id_list(name: str) -> None:
    """Register a list of ids that a person sees one by one; the definer function `cre_<name>()` gives it."""
    _lists[name] = f"cre_{name}()"


@dataclass(frozen=True)
class Everything:
    """A branch that shows all rows of a model."""


EVERYTHING = Everything()


@dataclass(frozen=True)
class Scope:
    """The containers and listed ids of one person at one moment."""

    user_id: int | None
    reason: str = ""
    held: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    lists: dict[str, list[int]] = field(default_factory=dict)
    # Whether the person holds something that opens only with a second factor, which this session lacks.
    needs_proof: bool = False

    @classmethod
    def of_nobody(cls) -> Self:
        """The scope of an anonymous visitor: nothing."""
        return cls(None)

    @classmethod
    def read(cls, user_id: int, *, reason: str = "") -> Self:
        """Ask the database, as the announced actor, everything in one statement."""
        questions = [*_holdings.values(), *_lists.values(), "cre_needs_proof()"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(questions))
            row: tuple[Any, ...] = cursor.fetchone() or (None,)
        *found, needs_proof = row
        answers = [list(ids or ()) for ids in found]
        middle = len(_holdings)
        return cls(
            user_id,
            reason,
            dict(zip(_holdings, answers[:middle], strict=True)),
            dict(zip(_lists, answers[middle:], strict=True)),
            bool(needs_proof),
        )

    def ids(self, codename: str, model: type[Model]) -> list[int]:
        """The ids of the containers of this type on which the person holds `codename` now."""
        return self.held.get((model._meta.model_name or "", codename), [])

    def holds(self, *codenames: str) -> bool:
        """Whether the person holds any of these on the platform as a whole."""
        return any(self.held.get((PLATFORM, codename)) for codename in codenames)

    def everywhere(self, *codenames: str) -> Everything | None:
        """The branch that shows everything to whoever holds any of these on the platform."""
        return EVERYTHING if self.holds(*codenames) else None

    def listed(self, name: str) -> list[int]:
        """The ids of the list `name` that the person sees one by one."""
        return self.lists.get(name, [])
