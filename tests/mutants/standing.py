"""Random worlds that stand while one mutant after the other is looked at in them.

Each look is that of a test, in the world that this test builds: what it notices here turns the test red.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import connection, models

from tests import test_row_writes
from tests.mutants.mutant import Mutant, Wall
from tests.row_security.world import World
from tests.row_security.writing import WRITTEN
from tests.test_full_worlds import NUMBERS, FullWorld, differences_of_history
from tests.test_row_security import ALL, HISTORIES, all_eyes, differences, in_a_world
from tests.test_row_writes import WORLDS, undone

Models = list[type[models.Model]]
Look = Callable[[World, Any, Mutant], Iterator[str]]


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
    Wall.WRITING: Standing("tests/test_row_writes.py", rows_written, WORLDS, World),
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


def noticed_in(standing: Standing, number: int, mutants: dict[str, Mutant]) -> list[str]:
    """The names of those that are noticed in this one world, which is built once."""
    tables = {table for mutant in mutants.values() for table in mutant.tables or ("",)}

    def look(world: World) -> list[str]:
        with connection.cursor() as cursor:
            # Checks that wait for the end of the transaction would keep a table from being altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        unchanged = Mutant("nothing", nullcontext, tables=tuple(sorted(tables)) if all(tables) else ())
        for line in lines(standing.look, world, unchanged):
            raise AssertionError(f"{standing.test} is red in world {number} before anything was changed: {line}")
        return [name for name, mutant in mutants.items() if is_noticed(standing.look, world, mutant)]

    return in_a_world(Random(number), look, standing.kind)
