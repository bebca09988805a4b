"""Changes to the code of a function while the program runs, so that no process has to start again."""

import ast
import copy
import gc
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from tests.source import ROOT

Spot = tuple[str, str, int]
Change = Callable[[ast.AST], ast.AST]


def spot_of(code: CodeType) -> Spot:
    """Where a function stands: file, qualified name, first line."""
    return code.co_filename, code.co_qualname, code.co_firstlineno


def codes(code: CodeType) -> Iterator[CodeType]:
    """A code object and all that were compiled inside it."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from codes(inner)


@cache
def living_functions() -> dict[Spot, list[FunctionType]]:
    """Every function of the project that this process holds, whoever decorated it."""
    found = defaultdict(list)
    for thing in gc.get_objects():
        if type(thing) is FunctionType and thing.__code__.co_filename.startswith(str(ROOT)):
            found[spot_of(thing.__code__)].append(thing)
    return found


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


class _Replace(ast.NodeTransformer):
    def __init__(self, place: tuple[type[ast.AST], int, int, int, int], change: Change) -> None:
        self.place, self.change = place, change

    def visit(self, node: ast.AST) -> Any:
        if place_of(node) == self.place:
            return ast.copy_location(self.change(node), node)
        return self.generic_visit(node)


def place_of(node: ast.AST) -> Any:
    """What tells a node from all others of its file."""
    return type(node), *(getattr(node, name, None) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"))


@contextmanager
def changed(file: Path, node: ast.AST, change: Change) -> Iterator[None]:
    """Run with `node` of this file replaced; every living function that it is part of takes the new code.

    Raises LookupError where none of them lives in this process.
    """
    with running_as(file, _Replace(place_of(node), change).visit(copy.deepcopy(tree_of(file)))) as are_changed:
        if not are_changed:
            raise LookupError(f"nothing of {file} that is loaded would change")
        yield


@contextmanager
def running_as(file: Path, tree: ast.Module) -> Iterator[bool]:
    """Run with other code in this file; whether any living function became another one."""
    compiled = compile(ast.fix_missing_locations(tree), str(file), "exec", dont_inherit=True)
    new = {spot_of(code): code for code in codes(compiled)}
    before = [
        (living, living.__code__)
        for spot, code in new.items()
        for living in living_functions().get(spot, [])
        if living.__code__ != code
    ]
    try:
        for living, code in before:
            living.__code__ = new[spot_of(code)]
        yield bool(before)
    finally:
        for living, code in before:
            living.__code__ = code
