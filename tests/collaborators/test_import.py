"""The roster comes in from a spreadsheet: good rows are stored, bad ones told with their line and cause."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from collaborators.imports import BadCell, BadSheet, Known, read_sheet
from collaborators.models import Collaborator
from collaborators.states import Vetting
from cre.core.access import acting_as
from tests.collaborators.spreadsheet import DEMO_ROSTER, GOOD, HEADINGS, imported

pytestmark = pytest.mark.django_db

NOT_UTF8 = "The file is not in UTF-8. Save the sheet as “CSV UTF-8”."


def test_a_good_row_is_stored_whole(sheet_of, coordinator):
    imported(sheet_of({}), coordinator, mark="Demonstration, invented.")

    with acting_as(coordinator):
        entry = Collaborator.objects.get()
        facets, private = entry.facets, entry.private
        assert [private.legal_name, private.contact, private.conflicts] == [
            "Reed Lake Trust", "reed@demo.example; Signal +000 41 001 222", "None known"
        ]  # fmt: skip
    assert [entry.kind, entry.display_name, entry.about, entry.country, entry.status, entry.access_level] == [
        "organisation", "Reed Lake Advocates", "Demonstration, invented. Litigation, Radio, Interpreting",
        "KE", Vetting.APPROVED, 3,
    ]  # fmt: skip
    assert [entry.is_node, entry.shows_name, entry.last_confirmed_on] == [True, True, date(2026, 6, 7)]
    assert [facets.areas, facets.skills, facets.languages] == [
        ["courts", "media"], ["litigation", "radio", "interpreting"], ["sw", "pt-BR", "fr"]
    ]  # fmt: skip
    assert [facets.countries, facets.refused_countries, facets.levels] == [
        ["KE", "UG", "TZ"],
        ["SD"],
        ["regional"],
    ]
    assert [facets.sectors, facets.financiers] == [["21020", "23320", "32265"], ["IFC", "World Bank"]]
    assert [facets.remote_only, facets.hours_a_month, facets.parallel_limit] == [True, 8, 3]
    assert [facets.away_until, facets.is_active, facets.access_level] == [date(2027, 2, 1), True, 3]


def test_history_names_who_imported(sheet_of, coordinator):
    imported(sheet_of({}), coordinator)

    with acting_as(coordinator):
        assert [row.history_user for row in Collaborator.history.all()] == [coordinator]


def test_empty_cells_have_plain_meanings(sheet_of, coordinator):
    said = {"Organisation / name": "Quiet Desk", "Type": "person", "Country (base)": "PE"}
    imported(sheet_of(dict.fromkeys(GOOD, "") | said), coordinator)

    with acting_as(coordinator):
        entry = Collaborator.objects.get()
        facets = entry.facets
    assert [entry.about, entry.access_level, entry.is_node, entry.shows_name] == ["", 1, False, False]
    assert [facets.countries, facets.levels, facets.remote_only] == [["PE"], [], False]
    assert [facets.hours_a_month, facets.parallel_limit, facets.away_until] == [None, 2, None]


def test_a_whole_region_or_the_world_stands_for_its_countries(sheet_of, coordinator):
    regions = [{"Works in": place} for place in ("América Latina; Spain", "Afrique", "worldwide", "أفريقيا")]
    rows = [{"Organisation / name": str(number), **place} for number, place in enumerate(regions)]
    report = imported(sheet_of(*rows), coordinator, is_trial=True)

    latin, african, world, in_arabic = (set(new.facets["countries"]) for new in report.new)
    assert {"BO", "HN", "ES"} <= latin
    assert not latin & african
    assert african == in_arabic
    assert (latin | african) < world


@pytest.mark.parametrize(
    ("column", "text", "cause"),
    [
        ("Organisation / name", "  ", "The name is missing."),
        ("Organisation / name", "n" * 121, "This has 121 characters; at most 120 fit."),
        (
            "Type",
            "choir",
            "“choir” is not one of: organisation, organization, org., org, person, individual, community.",
        ),
        ("Country (base)", "Atlantis", "“Atlantis” is no country that we know."),
        ("Works in", "Kenya; Mordor", "“Mordor” is no country that we know."),
        ("Level", "cosmic", "“cosmic” is not one of: local, national, regional, international."),
        ("Languages (level)", "Klingonese (native)", "“Klingonese (native)” is no language that we know."),
        ("Languages (level)", "English ((native", "“English ((native” is no language that we know."),
        ("What they do", "radio; juggling", "“juggling” is no skill that we know."),
        ("Sectors", "99999", "“99999” is no sector that we know."),
        ("Banks they know", "b" * 81, "This has 81 characters; at most 80 fit."),
        ("Hours per month", "lots", "“lots” is not a whole number from 0 to 744."),
        ("Hours per month", "9" * 5000, f"“{'9' * 39}…” is not a whole number from 0 to 744."),
        ("Requests at once", "-1", "“-1” is not a whole number from 0 to 100."),
        ("Access level", "7", "“7” is not an access level: 1, 2 or 3."),
        ("Contact e-mail", "reed.demo.example", "“reed.demo.example” is not an e-mail address."),
        ("Node?", "perhaps", "“perhaps” is neither yes nor no."),
        (
            "Last confirmed",
            "after the rains",
            "“after the rains” is not a date. Write 2026-11-22, 22/11/2026 or Nov 2026.",
        ),
        ("Conflicts", "c" * 1001, "This has 1001 characters; at most 1000 fit."),
        ("Signal", "+000\x00", "There is a character in it that is no text."),
    ],
)
def test_a_bad_cell_is_told_and_nothing_is_stored(sheet_of, coordinator, stored, column, text, cause):
    report = imported(sheet_of({column: text}), coordinator)

    assert report.bad == [BadCell(2, column, cause)]
    assert [report.new, stored()] == [[], [0, 0, 0, 0]]


def test_everything_that_is_wrong_in_a_row_is_told_at_once(sheet_of, coordinator):
    report = imported(sheet_of({"Country (base)": "Atlantis", "Access level": "7"}), coordinator)

    assert [(cell.line, cell.column) for cell in report.bad] == [(2, "Country (base)"), (2, "Access level")]
    assert report.bad_lines == [2]


def test_a_good_row_is_stored_beside_a_bad_one(sheet_of, coordinator, stored):
    bad = {"Organisation / name": "Other", "Access level": "7"}
    report = imported(sheet_of(bad, {}), coordinator)

    assert report.bad_lines == [2]
    assert stored() == [1, 1, 1, 1]


def test_lines_are_counted_as_an_editor_shows_them(sheet_of, coordinator):
    """Each good row has a cell of two lines, and the third row is empty."""
    rows = [{"Organisation / name": "One"}, None, {"Organisation / name": "Two"}]
    report = imported(sheet_of(*rows, {"Organisation / name": "ONE"}), coordinator)

    assert report.bad == [BadCell(7, "Organisation / name", "The same name stands on line 2 already.")]
    assert [new.line for new in report.new] == [2, 5]


def test_more_cells_than_headings_are_refused(sheet_of, coordinator, stored):
    path = sheet_of({"Remarks": "end"})
    path.write_text(path.read_text(encoding="utf-8").replace("end", "end,surplus"), encoding="utf-8")

    cause = "The row has more cells than there are headings."
    assert imported(path, coordinator).bad == [BadCell(2, "", cause)]
    assert stored() == [0, 0, 0, 0]


def test_a_trial_stores_nothing(coordinator, stored):
    report = imported(DEMO_ROSTER, coordinator, is_trial=True)

    assert [len(report.new), len(report.known), len(report.bad_lines), report.is_stored] == [133, 0, 9, False]
    assert stored() == [0, 0, 0, 0]


def test_a_second_run_adds_nothing(sheet_of, coordinator, stored):
    path = sheet_of({}, {"Organisation / name": "Second"})
    imported(path, coordinator)
    before = stored()
    report = imported(path, coordinator)

    assert report.known == [Known(2, "Reed Lake Advocates"), Known(4, "Second")]
    assert [report.new, stored()] == [[], before]


def test_strict_stores_nothing_beside_a_bad_row(sheet_of, coordinator, stored):
    report = imported(sheet_of({}, {"Organisation / name": ""}), coordinator, is_strict=True)

    assert [len(report.new), report.bad_lines, report.is_stored] == [1, [4], False]
    assert stored() == [0, 0, 0, 0]


def test_what_a_facilitator_imports_waits_for_the_coordinator(sheet_of, facilitator):
    report = imported(sheet_of({}), facilitator)

    with acting_as(facilitator):
        entry = Collaborator.objects.get()
    assert report.are_nominations
    assert [entry.status, entry.access_level, entry.facets.is_active] == [Vetting.NOMINATED, 1, False]


@pytest.mark.parametrize("person", ["stranger", "member", "steward"])
def test_nobody_else_may_import(sheet_of, stored, person, request):
    with pytest.raises(PermissionDenied):
        imported(sheet_of({}), request.getfixturevalue(person), is_trial=True)

    assert stored() == [0, 0, 0, 0]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_and_letter_cases_are_read(sheet_of, coordinator, delimiter):
    path = sheet_of({}, headings=HEADINGS, delimiter=delimiter)
    path.write_text(path.read_text(encoding="utf-8").replace("Works in", "WORKS  in"), encoding="utf-8")

    assert len(imported(path, coordinator).new) == 1


def test_columns_without_a_place_are_named(sheet_of, coordinator):
    report = imported(sheet_of({}), coordinator)

    assert report.not_kept == ["No.", "Cost", "Code of conduct signed", "Confirmed by", "Remarks"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\r\n,,\r\n", "The file is empty."),
        ("Organisation / name,Größe\r\n".encode("latin-1"), NOT_UTF8),
        (b"PK\x03\x04", "This is a workbook, not a CSV file. Save the sheet as “CSV UTF-8” first."),
        (b'a,b\r\n"never closed', "This is not a CSV file: unexpected end of data."),
        (b"a\r\n" + b"b" * 200_000, "This is not a CSV file: field larger than field limit (131072)."),
        (b"a\r\n" * 2_002, "The file has more than 2000 rows; split it."),
        (b"," * 2_000_001, "The file is larger than 2 MB; split it."),
    ],
    ids=["empty", "blank", "latin-1", "workbook", "open quote", "long cell", "many rows", "large"],
)
def test_a_file_that_is_no_roster_is_refused_with_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "roster.csv"
    path.write_bytes(content)

    with pytest.raises(BadSheet, match=rf"^{re.escape(sentence)}$"):
        read_sheet(path)


def test_missing_columns_are_named(sheet_of, coordinator):
    path = sheet_of({}, headings=[heading for heading in HEADINGS if heading not in ("Type", "Sectors")])

    with pytest.raises(BadSheet, match=r"^These columns are missing: Type, Sectors\.$"):
        imported(path, coordinator)


def test_a_heading_that_stands_there_twice_is_refused(sheet_of, coordinator):
    with pytest.raises(BadSheet, match=r"^Two columns have the same heading\.$"):
        imported(sheet_of({}, headings=[*HEADINGS, "type"]), coordinator)
