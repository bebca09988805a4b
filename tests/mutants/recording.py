"""Which functions each test runs, in Python and in the database, and which tables it reads and writes: noted once.

A test that never comes by what a mutant changes cannot notice it; so only those that do are run.
"""

import ast
import copy
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from tests.mutants.python_code import running_as, tree_of
from tests.mutants.workers import WALLS
from tests.source import ROOT, functions

Item = Any
IN_THE_DATABASE = """
SELECT 'runs ' || funcname FROM pg_stat_xact_user_functions WHERE calls > 0
UNION SELECT 'writes ' || relname FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
UNION SELECT 'reads ' || relname FROM pg_stat_xact_user_tables WHERE seq_scan + coalesce(idx_scan, 0) > 0
"""
# What the running test came by: "collaborators/policies.py:can_give", "runs cre_leave", "writes core_ledgerentry".
marks: set[str] = set()


def mark_of(file: Path, function: str) -> str:
    return f"{file.relative_to(ROOT)}:{function}"


@contextmanager
def noting(files: Iterator[Path]) -> Iterator[None]:
    """Let every function of these files say that it runs."""
    with ExitStack() as stack:
        for file in files:
            tree = copy.deepcopy(tree_of(file))
            for function in functions(tree):
                function.body.insert(0, saying(mark_of(file, function.name), function.body[0]))
            stack.enter_context(running_as(file, tree))
        yield


def saying(mark: str, before: ast.stmt) -> ast.stmt:
    """The statement that adds this mark, in front of another one."""
    line = f"__import__('{__name__}', fromlist=['marks']).marks.add({mark!r})"
    (statement,) = ast.parse(line).body
    for node in ast.walk(statement):
        ast.copy_location(node, before)
    return statement


def note_database() -> None:
    """To be called before the test's transaction ends: the database counts within it."""
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(IN_THE_DATABASE)
            marks.update(mark for (mark,) in cursor.fetchall())


def version_of(item: Item) -> str:
    """Changes with the file of a test, so that it is noted anew."""
    return hashlib.sha256(item.path.read_bytes()).hexdigest()[:16]


class Recorded:
    """What was noted of all tests, kept from run to run for those whose files are the same."""

    def __init__(self, file: Path) -> None:
        self.known: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8")) if file.exists() else {}

    def is_missing(self, item: Item) -> bool:
        """Those that open every page or look at every row come by everything, slowly: noting it would say nothing."""
        is_a_wall = item.path.stem.removeprefix("test_") in WALLS
        return not is_a_wall and bool(self.known.get(item.nodeid, {}).get("version") != version_of(item))

    def marks_of(self, item: Item) -> set[str]:
        return set(self.known.get(item.nodeid, {"marks": ()})["marks"])

    def add(self, part: Path) -> None:
        """Take in what one worker noted, as soon as it is there."""
        while not part.exists():
            time.sleep(1)
        self.known |= json.loads(part.read_text("utf-8"))


def write_part(part: Path, noted: dict[str, Any]) -> None:
    """Hand over what one worker noted, whole or not at all."""
    half = part.with_suffix(".half")
    half.write_text(json.dumps(noted), encoding="utf-8")
    half.rename(part)
