"""What holds for every page of the product, walked as whoever may open it, in every language."""

import logging
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from lxml import html

from collaborators.models import User
from cre.logs import WithoutValues
from tests.access_rows import ROWS
from tests.failing import CANARY
from tests.test_access_matrix import address_of, ask, signed_in
from tests.three_communities import World, build_world

pytestmark = pytest.mark.django_db
BOTH_DIRECTIONS = ("en", "ar")


@pytest.fixture
def world(coordinator: User) -> World:
    return build_world(coordinator)


def clients(world: World) -> dict[str, Client]:
    """Everybody, logged in."""
    return {person: signed_in(user) for person, user in world.people.items()}


def somebody_for(name: str) -> str:
    """A person whom the address opens to, on their own object."""
    row = ROWS[name]
    people = ["member_own", "ally_own", "desk_africa", "focal_person", "coordinator", "steward", "reviewer"]
    return next((person for person in people if row.opens(person, "own")), "nobody")


def spoken_on(name: str) -> list[str]:
    """The languages in which an address is walked; a proof walks all of them everywhere."""
    everywhere = os.environ.get("PROOF") == "1" or name.startswith("community:") or ROWS[name].opens("nobody", "own")
    return [code for code, _ in settings.LANGUAGES if everywhere or code in BOTH_DIRECTIONS]


def is_page(answer: Any) -> bool:
    return str(answer.headers["Content-Type"]).startswith("text/html")


def pages(world: World) -> Iterator[tuple[str, Any]]:
    """Every page that answers 200 to a GET: those of communities in every language, staff's in both directions."""
    known = clients(world)
    for name, row in ROWS.items():
        for language in spoken_on(name):
            address = f"/{language}{address_of(name, row, world, 'own')}"
            answer = ask(known[somebody_for(name)], "get", address)
            assert answer.status_code < 500, f"{address} answered {answer.status_code}"
            if answer.status_code == 200 and name != "blank" and is_page(answer):
                yield f"{name} in {language}", answer


@pytest.mark.promise("P02")
def test_no_page_asks_another_host_for_anything(world: World) -> None:
    foreign = []
    for name, answer in pages(world):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert not re.search(r"https?://|\*|unsafe|data:", policy)
        for _, attribute, link, _ in html.fromstring(answer.content).iterlinks():
            if attribute in {"src", "srcset", "data"} or link.startswith(("http", "data:", "javascript:")):
                foreign.append((name, attribute, link))
    foreign = [found for found in foreign if not found[2].startswith("/static/")]

    assert foreign == []


def test_pages_say_their_language_and_are_kept_nowhere(world: World) -> None:
    for name, answer in pages(world):
        root = html.fromstring(answer.content)
        language = name.rpartition(" ")[2]
        assert root.get("lang") == language, name
        assert root.get("dir") == ("rtl" if language == "ar" else "ltr"), name
        assert answer.headers["Cache-Control"] == "no-store", name
        assert not root.xpath("//script[not(@src)]|//style|//*[@style]"), name
        assert root.xpath("//h1"), f"{name} has no heading"


ANSWERED_BEFORE_ANY_VIEW = ("health-live", "health-ready")


@pytest.mark.promise("P22")
@override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, "tests.failing.FailingMiddleware"], DEBUG=False)
def test_a_forced_exception_shows_and_logs_no_value(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(WithoutValues())
    known = clients(world)
    for name, row in ROWS.items():
        if name in ANSWERED_BEFORE_ANY_VIEW:
            continue
        client, address = known[somebody_for(name)], address_of(name, row, world, "own")
        with caplog.at_level(logging.DEBUG):
            answer = ask(client, "post", address, {"text": CANARY})
        assert answer.status_code == 500, name
        assert CANARY not in answer.content.decode(), name
        assert "Traceback" not in answer.content.decode(), name
    assert CANARY not in caplog.text


WORST: list[Any] = [
    "",
    "\0",
    "x" * 200_000,
    "😀\u202e",
    "-1",
    "99999999999999999999",
    "<script>",
    "None",
    "not-a-uuid",
]

QUERY = ["after", "before", "view", "page", "status", "q", "next"]


@pytest.mark.promise("P29")
@pytest.mark.parametrize("worst", WORST, ids=lambda word: repr(word[:12]))
def test_wrong_input_is_answered_with_a_sentence(world: World, worst: str) -> None:
    """Every field of every form takes the same absurd word; nothing breaks, and nothing is half stored."""
    known = clients(world)
    broken = []
    for name, row in ROWS.items():
        client, address = known[somebody_for(name)], address_of(name, row, world, "own")
        page = ask(client, "get", address)
        fields = field_names(page) if page.status_code == 200 else {"version", "text"}
        answer = ask(client, "post", address, dict.fromkeys(fields, worst))
        if answer.status_code >= 500:
            broken.append(f"{name}: {answer.status_code}")
        query = ask(client, "get", address, dict.fromkeys([*QUERY, *fields], worst))
        if query.status_code >= 500:
            broken.append(f"{name}?: {query.status_code}")

    assert broken == []


def field_names(page: Any) -> set[str]:
    """The names of all fields of all forms on a page."""
    if not is_page(page):
        return set()
    fields: Any = html.fromstring(page.content).xpath("//*[self::input or self::select or self::textarea]/@name")
    return set(fields)
