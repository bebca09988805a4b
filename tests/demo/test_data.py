"""The files of the made-up world are whole, in known codes, and true to what is known of real projects."""

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pycountry
import pytest

from collaborations.models.introductions import DisclosedField
from cre.core.vocabularies import (
    AffectedBand,
    Channel,
    ConsentForm,
    Danger,
    DeclineReason,
    Group,
    HelpKind,
    Impact,
    Sector,
    SizeBand,
    Stage,
    StrategyArea,
    WhoAsks,
    country_code,
    country_name,
    language_name,
    language_tag,
)

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "cre" / "demo" / "data"
COUNTRIES = ROOT / "collaborators" / "data" / "countries.csv"
REGIONS = {"africa", "asia", "latin-america", "to-be-placed"}
KNOWN_IDS = {"P043311", "P115767", "P132631", "WB-P148868", "26227"}
KNOWN_COMPLAINTS = {"SG/E/2017/37/PR", "SG/A/2019/02"}
STATES = {
    "draft": 3,
    "received": 10,
    "safety_check": 6,
    "clarifying": 8,
    "accepted": 5,
    "brief_ready": 6,
    "matching": 7,
    "introduced": 6,
    "supported": 8,
    "declined": 5,
    "parked": 2,
    "withdrawn": 2,
}
LANGUAGES = {"en": 30, "es": 14, "fr": 10, "ar": 8, "pt": 6}
PAST_THE_BRIEF = {"brief_ready", "matching", "introduced", "supported"}


@cache
def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def read_requests() -> list[dict[str, Any]]:
    requests: list[dict[str, Any]] = json.loads((DATA / "requests.json").read_text(encoding="utf-8"))
    return requests


def countries() -> dict[str, str]:
    return {row["code"]: row["region"] for row in read_rows(COUNTRIES)}


def projects() -> list[dict[str, str]]:
    return read_rows(DATA / "projects.csv")


def roster() -> list[dict[str, str]]:
    return [row for row in read_rows(DATA / "roster.csv") if any(row.values())]


def test_every_country_maps_to_one_region() -> None:
    assert set(countries()) == {country.alpha_2 for country in pycountry.countries}
    assert set(countries().values()) == REGIONS


def test_projects_name_only_what_is_known() -> None:
    rows = projects()

    assert len({row["key"] for row in rows}) >= 20
    assert {row["financier_project_id"] for row in rows} - {""} == KNOWN_IDS
    assert {row["complaint_id"] for row in rows} - {""} == KNOWN_COMPLAINTS
    assert {row["company"] for row in rows} == {""}
    assert {row["country"] for row in rows} <= set(countries())
    assert {row["sector_dac"] for row in rows} - {""} <= set(Sector.values)
    assert {row["stage"] for row in rows} - {""} <= set(Stage.values)


def test_a_project_says_the_same_in_all_its_rows() -> None:
    said = {(row["key"], row["name"], row["country"], row["sector_dac"], row["stage"]) for row in projects()}

    assert len(said) == len({row["key"] for row in projects()})


def test_roster_has_enough_good_rows_and_one_bad_row_of_each_cause() -> None:
    seen: set[str] = set()
    causes = Counter(wrong_with(row, seen) for row in roster())

    assert causes.pop(None) >= 120
    assert causes == Counter(
        ["no name", "duplicate", "too long", "country", "hours", "language", "e-mail", "access level", "date"]
    )


def wrong_with(row: dict[str, str], seen: set[str]) -> str | None:
    name = row["Organisation / name"].strip()
    languages = row["Languages (level)"].replace(",", ";").split(";")
    checks = {
        "no name": bool(name),
        "duplicate": name not in seen,
        "too long": len(name) <= 200,
        "country": country_code(row["Country (base)"]) is not None,
        "hours": row["Hours per month"].strip() in {"", *map(str, range(200))},
        "language": all(language_tag(part.split("(")[0].strip()) for part in languages),
        "e-mail": row["Contact e-mail"] == "" or row["Contact e-mail"].endswith("@demo.example"),
        "access level": row["Access level"] in {"", "1", "2", "3"},
        "date": row["Last confirmed"] == "" or row["Last confirmed"][-1].isdigit(),
    }
    seen.add(name)
    return next((cause for cause, holds in checks.items() if not holds), None)


def test_every_row_of_the_roster_says_that_it_is_a_demonstration() -> None:
    assert [row["No."] for row in roster() if not row["Remarks"].casefold().startswith("demonstration")] == []


def test_requests_are_spread_over_states_languages_and_regions() -> None:
    requests = read_requests()

    assert Counter(request["state"] for request in requests) == STATES
    assert Counter(request["language"][:2] for request in requests) == {
        "en": 30,
        "es": 14,
        "fr": 10,
        "ar": 8,
        "pt": 6,
    }
    assert Counter(request["region"] for request in requests) == {
        "africa": 26,
        "asia": 19,
        "latin-america": 18,
        "to-be-placed": 5,
    }
    assert sum(request["danger"] == "now" for request in requests) == 5
    assert len({request["key"] for request in requests}) == 68


CHOICES = {
    "channel": Channel,
    "danger": Danger,
    "who_asks": WhoAsks,
    "size_band": SizeBand,
    "affected": AffectedBand,
    "areas": StrategyArea,
    "kinds_of_help": HelpKind,
    "impacts": Impact,
    "groups": Group,
}


@pytest.mark.parametrize("field", CHOICES)
def test_requests_use_known_codes(field: str) -> None:
    given = [request[field] for request in read_requests()]
    codes = {code for value in given for code in (value if isinstance(value, list) else [value])}

    assert codes <= set(CHOICES[field].values)


def test_requests_share_only_what_can_be_shared() -> None:
    shared = {field for request in read_requests() for field in request["share"]}

    assert shared <= set(DisclosedField.values)


def test_the_languages_of_communities_are_known() -> None:
    tags = {tag for request in read_requests() for tag in request["languages"]}

    assert [tag for tag in tags if language_name(tag, "en") == tag] == []
    assert [request["key"] for request in read_requests() if request["languages"][0] != request["language"]] == []


def test_allies_answer_only_what_they_were_asked() -> None:
    for allies in (request["allies"] for request in read_requests() if request["allies"]):
        answered = [*allies["willing"], *allies["unwilling"]]
        assert set(answered) <= set(allies["offered"])
        assert len(set(answered)) == len(answered)
        assert set(allies["chosen"]) <= set(allies["willing"])
        assert allies["allowed"] or not answered


def test_requests_point_to_what_exists() -> None:
    requests, names = read_requests(), {row["Organisation / name"].strip() for row in roster()}

    assert {request["stage"] for request in requests} - {""} <= set(Stage.values)
    assert {request["project"] for request in requests} - {None} <= {row["key"] for row in projects()}
    for request in requests:
        assert request["region"] == (countries()[request["country"]] if request["country"] else "to-be-placed")
        assert set((request["allies"] or {}).get("offered", [])) <= names


def test_a_request_on_a_project_is_in_the_country_of_the_project() -> None:
    country_of = {row["key"]: row["country"] for row in projects()}

    assert [
        request["key"]
        for request in read_requests()
        if request["project"] and country_of[request["project"]] != request["country"]
    ] == []


def test_each_state_has_what_it_needs() -> None:
    for request in read_requests():
        state, brief, decline, allies = (request[name] for name in ("state", "brief", "decline", "allies"))
        assert (state not in PAST_THE_BRIEF) or brief["approval_form"] in ConsentForm.values
        assert (state == "declined") == (decline is not None)
        assert decline is None or (decline["reason"] in DeclineReason.values and decline["referral"]["words"])
        assert (state in {"matching", "introduced", "supported"}) == (allies is not None)
        assert bool(allies and allies["chosen"]) == bool(request["share"])
        assert (state not in {"introduced", "supported"}) or allies["chosen"]
        assert (state == "parked") == (request["parked_until"] is not None)
        assert request["mandate"] if request["who_asks"] == "supporting-organisation" else not request["mandate"]


def test_a_brief_does_not_tell_who_asks() -> None:
    for request in read_requests():
        brief = request["brief"] or {"title": "", "text": ""}
        words = f"{brief['title']} {brief['text']}".casefold()
        secrets = [request["chosen_name"], request["handle"], request["wider_area"]]
        if request["country"]:
            secrets.append(country_name(request["country"], request["language"]))
        assert [secret for secret in secrets if secret and secret.casefold() in words] == []


def test_nobody_can_be_reached_through_the_demonstration() -> None:
    for request in read_requests():
        handle = request["handle"]
        assert handle == "" or handle.startswith("+000 ") or "demo" in handle or request["channel"] == "trusted-person"


def test_arabic_requests_are_written_in_arabic() -> None:
    for request in read_requests():
        arabic = sum("\u0600" <= letter <= "\u06ff" for letter in request["story"]) > 50
        assert arabic == (request["language"] == "ar")


def test_the_demo_people_are_the_promised_ones() -> None:
    people = json.loads((DATA / "people.json").read_text(encoding="utf-8"))
    containers = {(grant["container"], grant["key"]) for person in people for grant in person["grants"]}
    communities = {request["community"] for request in read_requests()}

    assert len({person["email"] for person in people}) == len(people) == 20
    assert {key for kind, key in containers if kind == "community"} <= communities
    assert {key for kind, key in containers if kind == "region"} == REGIONS
