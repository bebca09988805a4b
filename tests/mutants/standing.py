"""Random worlds that stand while one mutant after the other is looked at in them.

Each look is that of a test, in the world that this test builds: what it notices here turns the test red.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import connection, models

from tests import test_row_writes
from tests.mutants.database import locks_of_writing_open, see_policies_open
from tests.mutants.mutant import Mutant, Wall
from tests.row_security.world import FullWorld, World
from tests.row_security.writing import WRITTEN
from tests.test_full_worlds import NUMBERS, differences_of_history
from tests.test_row_security import ALL, HISTORIES, all_eyes, differences, in_a_world
from tests.test_row_writes import WORLDS, undone

Models = list[type[models.Model]]
Look = Callable[[World, Any, Mutant], Iterator[str]]
ASKED_TWICE = "its other locks open"


def of_tables(models_of: Iterable[type[models.Model]], tables: tuple[str, ...]) -> Models:
    """Those with one of these tables; all where none is named."""
    return [model for model in models_of if not tables or model._meta.db_table in tables]


def rows_seen(world: World, eyes: Any, mutant: Mutant) -> Iterator[str]:
    """What a person sees of the tables that the mutant concerns, and of their histories, other than expected."""
    if living := of_tables(ALL, mutant.tables):
        yield from differences(world, eyes, {model: ALL[model] for model in living})
    if histories := of_tables(HISTORIES, mutant.tables):
        yield from differences_of_history(world, eyes, histories)


def rows_written(world: World, eyes: Any, mutant: Mutant) -> Iterator[str]:
    """What a person may write in the tables that the mutant concerns, other than expected."""
    for model in of_tables(WRITTEN, mutant.tables):
        yield from test_row_writes.differences(world, model, eyes)
    for history in of_tables(HISTORIES, mutant.tables):
        yield from test_row_writes.differences_of_history(world, history, eyes)


@dataclass(frozen=True)
class Standing:
    """The worlds of one test file, and its look."""

    test: str
    look: Look
    numbers: range
    kind: type[World]


STANDING = {
    Wall.SIGHT: Standing("tests/test_full_worlds.py", rows_seen, NUMBERS, FullWorld),
    Wall.WRITING: Standing("tests/test_row_writes.py", rows_written, WORLDS, FullWorld),
}


def lines(look: Look, world: World, mutant: Mutant) -> Iterator[str]:
    """What somebody in this world sees or may write other than expected; an error would turn the test red too."""
    try:
        for eyes in all_eyes(world):
            yield from look(world, eyes, mutant)
    except Exception as error:  # noqa: BLE001 - as said above
        yield f"{type(error).__name__}: {error}"


def is_noticed(look: Look, world: World, mutant: Mutant) -> bool:
    """Whether anything is other than expected; a mutant that cannot be applied was not noticed."""
    with undone(), ExitStack() as stack:
        try:
            stack.enter_context(mutant.apply())
        except Exception:  # noqa: BLE001 - whatever it is, nothing was tried; the tests come later and say why
            return False
        return any(lines(look, world, mutant))


def sift(mutants: dict[str, Mutant]) -> Iterator[tuple[str, str]]:
    """The names of the mutants that the tests of the walls notice, each with the place of that test."""
    for wall, standing in STANDING.items():
        left = {name: mutant for name, mutant in mutants.items() if mutant.wall == wall}
        for number in standing.numbers:
            found = noticed_in(standing, number, left) if left else []
            yield from ((name, f"{standing.test} in world {number}") for name in found)
            left = {name: mutant for name, mutant in left.items() if name not in found}
        left = {name: mutant for name, mutant in left.items() if has_other_locks(mutant)}
        for number in standing.numbers:
            found = asked_twice_in(standing, number, left) if left else []
            yield from ((name, f"{standing.test} in world {number}, with {ASKED_TWICE}") for name in found)
            left = {name: mutant for name, mutant in left.items() if name not in found}


def has_other_locks(mutant: Mutant) -> bool:
    """Whether something else may keep out whom the mutant lets in: what its rule asks, or what guards a write too."""
    return bool(mutant.asks) or (mutant.wall == Wall.WRITING and mutant.name.startswith("policy "))


def other_locks_open(mutant: Mutant) -> AbstractContextManager[None]:
    """Open what keeps the same people out as the mutant's own rule; whoever opens it rolls back."""
    return locks_of_writing_open(mutant.tables) if mutant.wall == Wall.WRITING else see_policies_open(mutant.asks)


def asked_twice_in(standing: Standing, number: int, mutants: dict[str, Mutant]) -> list[str]:
    """The names of those behind which another lock asks the same once more: another table's policy, a trigger, a right.

    Such a mutant changes what people see or write as soon as that other lock stands open; so it is a lock of its own,
    and not one that does nothing.
    """

    def look(world: World) -> list[str]:
        let_tables_be_altered()
        return [name for name, mutant in mutants.items() if is_second_lock(standing.look, world, mutant)]

    return in_a_world(Random(number), look, standing.kind)


def let_tables_be_altered() -> None:
    """Make the checks now that would wait for the end of the transaction: no table is altered while they wait."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def is_second_lock(look: Look, world: World, mutant: Mutant) -> bool:
    """Whether anything differs with and without the mutant, while its other locks stand open."""
    seen = list[list[str]]()
    for change in (nullcontext, mutant.apply):
        with undone(), other_locks_open(mutant), change():
            seen.append(list(lines(look, world, mutant)))
    return seen[0] != seen[1]


def noticed_in(standing: Standing, number: int, mutants: dict[str, Mutant]) -> list[str]:
    """The names of those that are noticed in this one world, which is built once."""
    tables = {table for mutant in mutants.values() for table in mutant.tables or ("",)}

    def look(world: World) -> list[str]:
        let_tables_be_altered()
        unchanged = Mutant("nothing", nullcontext, tables=tuple(sorted(tables)) if all(tables) else ())
        for line in lines(standing.look, world, unchanged):
            raise AssertionError(f"{standing.test} is red in world {number} before anything was changed: {line}")
        return [name for name, mutant in mutants.items() if is_noticed(standing.look, world, mutant)]

    return in_a_world(Random(number), look, standing.kind)
