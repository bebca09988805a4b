"""Which tests are likeliest to notice a mutant: those that name what it changes, then those of callers of it."""

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from tests.mutants.mutant import Mutant
from tests.source import functions, modules

STEPS = 3
# A name that too many tests use says nothing about who would notice.
TOO_COMMON = 60
MOST = 160
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


def circles(words: Iterable[str]) -> Iterator[set[str]]:
    """The words, then the functions that use them, then those that use these."""
    known: set[str] = set()
    circle = set(words)
    for _ in range(STEPS):
        yield circle
        known |= circle
        circle = {user for word in circle for user in users().get(word, set())} - known


@cache
def source_of(item: Item) -> str:
    return inspect.getsource(item.function)


@cache
def file_of(item: Item) -> str:
    return str(item.path.read_text(encoding="utf-8"))


def naming(word: str, items: list[Item]) -> list[Item]:
    """The tests that name this, in their own text first; none when it is on everybody's lips."""
    forms = {word, word.replace("_", "-")}
    near = [item for item in items if any(form in source_of(item) for form in forms)]
    far = [item for item in items if item not in near and any(form in file_of(item) for form in forms)]
    return near + far if len(near) + len(far) <= TOO_COMMON else near[:TOO_COMMON]


def likely(mutant: Mutant, items: list[Item], killer: str | None) -> list[Item]:
    """The tests to run for a mutant, the one that noticed it last time first."""
    chosen = [item for item in items if item.nodeid == killer]
    for circle in circles(mutant.words):
        for word in sorted(circle):
            chosen += naming(word, items)
    last = [item for item in items if item.originalname == MATRIX and person_of(item) in people_of(mutant)]
    return list(dict.fromkeys([*list(dict.fromkeys(chosen))[:MOST], *last]))


def people_of(mutant: Mutant) -> list[str]:
    """Those who work in the portal whose code was changed."""
    return [person for portal, people in PEOPLE_OF.items() if portal in mutant.name for person in people]


def person_of(item: Item) -> str | None:
    """Who opens the pages in a test of the access matrix."""
    person: str | None = item.callspec.params["person"]
    return person
