"""A table as a file: a spreadsheet program reads it right, and computes nothing from it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cre.core.exports import csv_bytes

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "  +1", "＝1", "=cmd|' /C calc'!A0"]


def cells(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


@pytest.mark.promise("P21")
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(formula):
    table = csv_bytes(["head"], [[formula]])
    assert cells(table)[1] == [f"'{formula}"]


@pytest.mark.promise("P21")
@given(st.tuples(st.sampled_from(["", " ", "=", "+ ", "\t@", "-"]), st.text()).map("".join))
def test_whatever_is_written_no_cell_begins_with_a_sign_that_computes(text):
    written = cells(csv_bytes([text], [[text]]))
    assert not [cell for row in written for cell in row if cell.lstrip()[:1] in {*"=+-@＝＋－＠"}]


def test_numbers_stay_numbers_and_words_stay_words():
    assert cells(csv_bytes(["a", "b", "c"], [[-5, "plain, with \"quotes\"", None]]))[1] == [
        "-5", 'plain, with "quotes"', "",
    ]  # fmt: skip


def test_the_file_says_that_it_is_unicode():
    assert csv_bytes(["région"], []).startswith(b"\xef\xbb\xbf")
