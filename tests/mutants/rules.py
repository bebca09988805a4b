"""Which places in Python keep somebody out: branches of policies, conditions of acts, `require` and `visible_to`."""

import ast
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from cre.core.access.sight import _hidings, _policies
from tests.mutants.choosing import STEPS, users
from tests.mutants.mutant import Mutant, Place, Wall
from tests.mutants.python_code import Change, changed, tree_of
from tests.source import ROOT, Function, functions, name_of

Found = tuple[ast.AST, str, Change]
NOTHING = ast.Constant(None)
EVERYTHING = ast.parse("__import__('cre.core.access', fromlist=['EVERYTHING']).EVERYTHING", mode="eval").body
POLICIES = ("policies.py", "policies/")


def files() -> Iterator[Path]:
    """Every file of the product that is neither wiring for a demo nor a migration."""
    for app in ("cre/core", "collaborators", "collaborations", "grants", "learning", "cre/admin"):
        for file in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def is_policy(function: Function) -> bool:
    return any(
        isinstance(decorator, ast.Call) and name_of(decorator.func) == "sees" for decorator in function.decorator_list
    )


def replaced_by(new: ast.expr) -> Change:
    return lambda _: new


def branches(function: Function) -> Iterator[Found]:
    """Each branch of a policy, left out, and opened to everybody."""
    if not is_policy(function):
        return
    for number, node in enumerate(node for node in ast.walk(function) if isinstance(node, ast.Yield)):
        yield node, f"branch {number + 1} left out", replaced_by(ast.Yield(NOTHING))
        is_open = isinstance(node.value, ast.Name) and node.value.id == "EVERYTHING"
        if not is_open:
            yield node, f"branch {number + 1} opened", replaced_by(ast.Yield(EVERYTHING))


def conditions(function: Function) -> Iterator[Found]:
    """Each operand of an `and`, `or`, `&` or `|` in a policy, left out; each `… if holds else …` always true."""
    for node in ast.walk(function):
        if isinstance(node, ast.BoolOp):
            for left_out in node.values:
                rest = [value for value in node.values if value is not left_out]
                smaller = ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0]
                yield node, f"without `{ast.unparse(left_out)}`", replaced_by(smaller)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
            yield node, f"without `{ast.unparse(node.left)}`", replaced_by(node.right)
            yield node, f"without `{ast.unparse(node.right)}`", replaced_by(node.left)
        elif isinstance(node, ast.IfExp):
            yield node, f"always `{ast.unparse(node.body)}`", replaced_by(node.body)


def refusals(function: Function) -> Iterator[Found]:
    """Each `require(…)`, left out."""
    calls = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and name_of(node.value.func) == "require"
    ]
    for number, node in enumerate(calls):
        yield node, f"require {number + 1} left out", lambda _: ast.Pass()


def filters(function: Function) -> Iterator[Found]:
    """Each `visible_to(…)`, forgotten."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "visible_to":
            everything = ast.Call(ast.Attribute(node.func.value, "all", ast.Load()), [], [])
            yield node, f"`{ast.unparse(node.func.value)}` unfiltered", replaced_by(everything)


def place_of_function(file: Path, function: Function) -> Place:
    """Where a function stands, its decorators included."""
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    return str(file), first, function.end_lineno or first


@cache
def tables_of(name: str) -> tuple[str, ...]:
    """The tables whose policy or hiding this function is, or is asked by; none where no policy asks it."""
    rules = dict[str, set[str]]()
    for rule, models in ((rule, model) for registry in (_policies, _hidings) for model, rule in registry.items()):
        rules.setdefault(inner(rule).__name__, set()).add(models._meta.db_table)
    asked, found = {name}, set[str]()
    for _ in range(STEPS):
        found |= {table for one in asked for table in rules.get(one, ())}
        asked |= {user for one in asked for user in users().get(one, ())}
    return tuple(sorted(found))


def inner(rule: Callable[..., Any]) -> Callable[..., Any]:
    return rule.func if isinstance(rule, partial) else rule


def python_mutants() -> Iterator[Mutant]:
    """Every mutant of the product's Python, in the order of its files."""
    for file in files():
        tree, path = tree_of(file), str(file.relative_to(ROOT))
        in_policies = any(part in path for part in POLICIES)
        for function in functions(tree):
            found: list[tuple[str, Wall, Found]] = [("branch", Wall.SIGHT, one) for one in branches(function)]
            tables = tables_of(function.name)
            # What no policy asks is about acts: the worlds would not show it.
            wall_of_conditions = Wall.SIGHT if tables else Wall.NONE
            found += [("condition", wall_of_conditions, one) for one in conditions(function) if in_policies]
            found += [("require", Wall.NONE, one) for one in refusals(function)]
            found += [("filter", Wall.PAGES, one) for one in filters(function)]
            for kind, wall, (node, what, change) in found:
                name = f"{kind} {path} {function.name}: {what}"
                apply = partial(changed, file, node, change)
                place = place_of_function(file, function)
                yield Mutant(name, apply, (function.name,), wall, tables, place)
