"""The master keys on two sheets: both together give the file back, one alone says nothing."""

import base64
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cre.core.vault import NoKey
from cre.core.vault.halves import join, split
from cre.core.vault.master import KEY_BYTES, MasterKeys, parse_masters

pytestmark = pytest.mark.promise("P15")


@pytest.fixture
def held():
    return MasterKeys({1: os.urandom(KEY_BYTES), 3: os.urandom(KEY_BYTES)})


def test_both_halves_give_every_key_back_in_either_order(held):
    first, second = split(held)
    assert parse_masters(join(first, second)) == parse_masters(join(second, first)) == held


def test_typed_in_small_letters_and_with_gaps_it_still_fits(held):
    first, second = split(held)
    typed = "\n\n".join(f" {line[:9]} {line[9:]} " for line in first.lower().splitlines())
    assert parse_masters(join(typed, second)) == held


def test_one_half_is_no_part_of_a_key_and_never_the_same_again(held):
    (first, second), (other, _) = split(held), split(held)
    for key in held.by_version.values():
        for shown in (base64.b64encode(key), base64.b32encode(key).rstrip(b"="), key.hex().encode()):
            assert shown.decode() not in first + second
    assert first != other


@pytest.mark.parametrize("place", [2, 20, 56, 64])
def test_a_slip_of_the_pen_is_found_by_its_line(held, place):
    first, second = split(held)
    one, other = first.splitlines()
    wrong = "7" if other[place] != "7" else "6"
    with pytest.raises(NoKey, match="Line 2 of the first sheet"):
        join(f"{one}\n{other[:place]}{wrong}{other[place + 1 :]}\n", second)


def test_sheets_of_different_days_and_the_same_sheet_twice_are_refused(held):
    (first, second), (_, other) = split(held), split(held)
    with pytest.raises(NoKey, match="do not belong together"):
        join(first, other)
    with pytest.raises(NoKey, match="same sheet twice"):
        join(second, second)
    with pytest.raises(NoKey, match="is empty"):
        join(first, "\n")


def run(*arguments) -> str:
    said = StringIO()
    call_command(*map(str, arguments), stdout=said)
    return said.getvalue()


def test_the_commands_give_the_file_back_and_show_no_key(master_file, tmp_path):
    first, second, again = (tmp_path / name for name in ("first", "second", "again"))
    said = run("split_master_key", first, second) + run("join_master_key", first, second, again)
    assert parse_masters(again.read_text()) == parse_masters(master_file.read_text())
    assert {path.stat().st_mode & 0o777 for path in (first, second, again)} == {0o600}
    assert not [word for word in master_file.read_text().split(":") if len(word) > 20 and word in said]


def test_no_file_is_ever_written_over(master_file, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    run("split_master_key", first, second)
    before = master_file.read_text()
    for command in (["split_master_key", first, tmp_path / "new"], ["join_master_key", first, second, master_file]):
        with pytest.raises(CommandError):
            run(*command)
    assert master_file.read_text() == before
