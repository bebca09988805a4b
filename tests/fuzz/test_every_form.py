"""Whatever anybody sends to any address, the answer is a page or a refusal, never a fault of the server."""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html

from collaborators.models import User
from tests.access_rows import ROWS
from tests.fuzz.inputs import QUERY, typed
from tests.test_access_matrix import PEOPLE, address_of, addresses, ask, signed_in
from tests.three_communities import World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P29")]
PROOF = os.environ.get("PROOF") == "1"
INPUTS = 20_000 if PROOF else 400
SHARES = 4
Fields = dict[str, list[str]]


class Visitor:
    """Somebody's browser, and what the forms of each page offered them."""

    def __init__(self, user: User | None) -> None:
        self.client: Client = signed_in(user)
        self.known: dict[str, Fields] = {}

    def fields(self, address: str) -> Fields:
        if address not in self.known:
            page = ask(self.client, "get", address)
            self.known[address] = fields_of(page) if page.status_code == 200 else {"version": ["1"], "text": ["a"]}
        return self.known[address]


def fields_of(page: Any) -> Fields:
    """The fields of all forms on a page, each with the values that it offers."""
    if not page.content or not str(page.headers["Content-Type"]).startswith("text/html"):
        return {}
    found: dict[str, list[str]] = {}
    fields: Any = html.fromstring(page.content).xpath("//*[self::input or self::select or self::textarea][@name]")
    for field in fields:
        offered = field.xpath("./option/@value") if field.tag == "select" else [field.get("value") or ""]
        found.setdefault(field.get("name"), []).extend(map(str, offered))
    return found


def foreign_addresses() -> Iterator[str]:
    """The pages of installed packages that need no argument: login, second factor, reset."""
    for name in addresses():
        if name not in ROWS:
            try:
                yield reverse(name)
            except NoReverseMatch:
                continue


@pytest.fixture
def world(coordinator: User) -> World:
    return build_world(coordinator)


def targets(world: World) -> list[str]:
    """Every address: for objects of one's own place, and for one that does not exist."""
    own = [address_of(name, row, world, "own") for name, row in ROWS.items() if not name.startswith("health")]
    lost = [reverse(name, kwargs={"uuid": uuid4(), **row.kwargs}) for name, row in ROWS.items() if row.kind]
    return [*own, *lost, *foreign_addresses()]


@pytest.mark.parametrize("share", range(SHARES))
def test_no_input_breaks_any_address(world: World, share: int, record_property: Any) -> None:
    visitors = {person: Visitor(world.people[person]) for person in PEOPLE[share::SHARES]}
    places, answers = targets(world), Counter[int]()

    @settings(
        max_examples=INPUTS // SHARES, derandomize=not PROOF, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def send(data: st.DataObject) -> None:
        visitor = visitors[data.draw(st.sampled_from(sorted(visitors)))]
        address, method = (
            data.draw(st.sampled_from(places)),
            data.draw(st.sampled_from(["post", "post", "post", "get"])),
        )
        fields = visitor.fields(address)
        sent = data.draw(typed(fields if method == "post" else fields | {name: [] for name in QUERY}))
        answer = ask(visitor.client, method, address, sent)
        answers[answer.status_code] += 1
        assert answer.status_code < 500, f"{method} {address}: {getattr(answer, 'exc_info', None)}"

    send()
    record_property("inputs", sum(answers.values()))
