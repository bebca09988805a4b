"""The command that brings in a roster."""

import pytest
from django.core.management import CommandError, call_command

from tests.collaborators.spreadsheet import DEMO_ROSTER, EMAIL

pytestmark = pytest.mark.django_db


def test_the_command_reports_a_trial(coordinator, stored, capsys):
    call_command("import_roster", str(DEMO_ROSTER), "--dry-run", "--as", "Coordinator@test.example")

    told = capsys.readouterr().out.splitlines()
    assert told[:3] == [
        "New: 133",
        "On the roster already, left as they are: 0",
        "Wrong, nothing of them is stored: 9",
    ]
    assert told[-1] == "This was a trial: nothing has been stored."
    assert sum(line.startswith("  line ") for line in told) == 9
    assert stored() == [0, 0, 0, 0]


def test_the_command_stores_the_good_rows(sheet_of, coordinator, stored, capsys):
    call_command("import_roster", str(sheet_of({})), "--as", EMAIL, "--mark", "Invented.")

    assert capsys.readouterr().out.splitlines()[0] == "New: 1"
    assert stored() == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("change", "email", "sentence"),
    [
        ({"Access level": "7"}, EMAIL, "Nothing has been stored, because of the wrong rows."),
        ({}, "nobody@test.example", "Nobody has an account with the address nobody@test.example."),
        ({}, "stranger@test.example", "Only those who keep the roster add to it."),
    ],
)
def test_the_command_ends_with_one_sentence(sheet_of, stranger, stored, change, email, sentence):
    with pytest.raises(CommandError, match=rf"^{sentence}$"):
        call_command("import_roster", str(sheet_of(change)), "--as", email, "--strict")

    assert stored() == [0, 0, 0, 0]


def test_a_file_that_is_not_there_is_told(coordinator, tmp_path):
    with pytest.raises(CommandError, match=r"roster\.csv cannot be read: No such file or directory\.$"):
        call_command("import_roster", str(tmp_path / "roster.csv"), "--as", EMAIL)
