"""The source of the product, read but not run: what the architecture tests look at."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
APPS = ("collaborators", "collaborations", "grants", "learning")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the product by its path, without migrations and tests."""
    files = [file for top in ("cre", *APPS) for file in sorted((ROOT / top).rglob("*.py"))]
    return {
        str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8"))
        for file in files
        if "migrations" not in file.parts
    }


def layer(name: str) -> dict[str, ast.Module]:
    """The modules of one layer in every app: `views.py` and those of a package `views/`, for "views"."""
    return {path: tree for path, tree in modules().items() if Path(path).stem == name or name in Path(path).parts[1:-1]}


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function in a module, those inside classes and functions too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(node: ast.expr) -> str:
    """`SupportRequest.objects.all` for such an expression; what is no chain of names is a question mark."""
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{name_of(node.func)}()"
    return node.id if isinstance(node, ast.Name) else "?"
