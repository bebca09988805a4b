"""Which tests are likeliest to notice a mutant: those that come by what it changes."""

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.mutants.mutant import Mutant
from tests.mutants.recording import Recorded, mark_of
from tests.source import functions, modules

STEPS = 3
MOST = 80
MATRIX = "test_each_address_opens_to_exactly_those_of_its_row"
PEOPLE_OF = {
    "community": ("member_own", "supporter", "member_far"),
    "ally": ("ally_own", "colleague", "ally_far"),
    "desk": ("desk_africa", "desk_asia", "focal_person"),
    "secretariat": ("coordinator", "steward"),
}
Item = Any


@cache
def users() -> dict[str, set[str]]:
    """For each name that code of the product uses, the functions that use it."""
    found: dict[str, set[str]] = defaultdict(set)
    for tree in modules().values():
        for function in functions(tree):
            for name in names_in(function):
                found[name].add(function.name)
    return found


def names_in(function: ast.AST) -> Iterator[str]:
    """The names that a function uses, those of SQL functions in its texts too."""
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"\bcre_\w+", node.value)


@cache
def source_of(item: Item) -> str:
    return inspect.getsource(item.function)


@cache
def source_of_file(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def is_named(words: Iterable[str], source: str) -> bool:
    """Whether a text of a test names one of these."""
    return any(form in source for word in words for form in (word, word.replace("_", "-")))


def marks_of(mutant: Mutant) -> set[str]:
    """What a test has to come by to notice it, as `recording` notes it."""
    file = mutant.place[0]
    if file:
        return {mark_of(Path(file), word) for word in mutant.words}
    names = {*mutant.words, *mutant.tables}
    return {f"{way} {name}" for way in ("runs", "writes", "reads") for name in names}


def likely(mutant: Mutant, items: list[Item], killer: str | None, recorded: Recorded) -> list[Item]:
    """The tests that come by what the mutant changes: the one that noticed it last time, those that run or write it,
    those that name it; first the ones that come by little else, because they are quick and to the point."""
    wanted, order = marks_of(mutant), {}
    for item in items:
        found = recorded.marks_of(item)
        is_close = any(not mark.startswith("reads ") for mark in wanted & found)
        # The tables that a test goes through stand above it in its file.
        is_near = is_named(mutant.words, source_of_file(item.path))
        if wanted & found or is_near or item.nodeid == killer:
            order[item] = item.nodeid != killer, not is_close, not is_named(mutant.words, source_of(item)), len(found)
    ordered = sorted(order, key=lambda item: order[item])
    last = [item for item in ordered if item.originalname == MATRIX and person_of(item) in people_of(mutant)]
    return list(dict.fromkeys([*ordered[:MOST], *last]))


def people_of(mutant: Mutant) -> list[str]:
    """Those who work in the portal whose code was changed."""
    return [person for portal, people in PEOPLE_OF.items() if portal in mutant.name for person in people]


def person_of(item: Item) -> str | None:
    """Who opens the pages in a test of the access matrix."""
    person: str | None = item.callspec.params["person"]
    return person
