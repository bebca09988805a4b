"""SECURITY.md names a test for each item of the standard; each of them exists."""

import ast
import re

from tests.source import ROOT, functions

ROW = re.compile(r"^\| (\d+\.\d+\.\d+)(?: – \d+\.\d+\.\d+)? \| [^|]+ \| (test_\w+) \|$", re.MULTILINE)


def named_tests():
    return ROW.findall((ROOT / "SECURITY.md").read_text(encoding="utf-8"))


def existing_tests():
    return {
        function.name
        for file in (ROOT / "tests").rglob("test_*.py")
        for function in functions(ast.parse(file.read_text(encoding="utf-8")))
    }


def test_every_item_of_the_standard_has_a_test_that_exists():
    assert [f"{item}: {name}" for item, name in named_tests() if name not in existing_tests()] == []


def test_every_row_of_the_table_is_read_and_no_item_stands_there_twice():
    rows = [
        line for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines() if re.match(r"\| \d", line)
    ]
    items = [item for item, _ in named_tests()]

    assert len(items) == len(rows) == len(set(items)) > 30
