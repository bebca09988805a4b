"""Whatever anybody sends to any address, the answer is a page or a refusal, never a fault of the server."""

import os
import secrets
from collections import Counter
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from lxml import html

from collaborators.models import User
from tests.access_rows import ROWS
from tests.fuzz.inputs import BODIES, QUERY, headers, typed
from tests.test_access_matrix import PEOPLE, address_of, ask, signed_in
from tests.test_headers import foreign_addresses
from tests.three_communities import RELATIONS, World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P29")]
PROOF = os.environ.get("PROOF") == "1"
SHARES = 4
# So many in all, among them some to every address from everybody whom it opens to.
INPUTS = 20_000 if PROOF else 0
# What is sent to an address whose form stands on no page that this person may open.
GUESSED = {"version": ["1"], "text": ["a"], "reason": ["a"], "uuid": [str(uuid4())]}
Fields = dict[str, list[str]]
Target = tuple[str, str]


class Visitor:
    """Somebody's browser, and which fields the forms of the pages they may open send where."""

    def __init__(self, user: User | None) -> None:
        self.client: Client = signed_in(user)
        self.forms: dict[str, Fields] = {}

    def learn(self, address: str) -> None:
        """Open a page and note its forms, each for the address that it is sent to."""
        page = ask(self.client, "get", address)
        is_page = page.status_code == 200 and page.headers["Content-Type"].startswith("text/html")
        if is_page and not page.streaming and page.content:
            for form in html.fromstring(page.content).xpath("//form"):
                sent_to = (form.get("action") or address).partition("?")[0]
                note_fields(form, self.forms.setdefault(sent_to, {}))

    def send(self, method: str, address: str, sent: Any, odd: dict[str, str], kind: str | None = None) -> Any:
        """One request with these headers and, for a form, fields; else a body of this kind. Its effect is undone."""
        cookies = SimpleCookie({name: morsel.value for name, morsel in self.client.cookies.items()})
        with transaction.atomic():
            if kind is None:
                answer = getattr(self.client, method)(address, sent, headers=odd)
            else:
                answer = self.client.generic(method, address, sent, kind, headers=odd)
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return answer


def note_fields(form: Any, found: Fields) -> None:
    """The fields of a form, each with the values that it offers."""
    for field in form.xpath(".//*[self::input or self::select or self::textarea or self::button][@name]"):
        offered = field.xpath(".//option/@value") if field.tag == "select" else [field.get("value") or ""]
        found.setdefault(field.get("name"), []).extend(map(str, offered))


@pytest.fixture
def world(coordinator: User, settings: Any) -> World:
    """Three communities; no visit ends, and no proof of who somebody is gets old, while inputs are sent."""
    settings.FRESH_PROOF_SECONDS = settings.SESSION_LIMITS["password"][1]
    settings.SESSION_LIMITS = {kind: (whole, whole) for kind, (_, whole) in settings.SESSION_LIMITS.items()}
    return build_world(coordinator)


def targets(world: World) -> Iterator[Target]:
    """Who sends to which address: everybody to what opens to them, and some to what does not or is not there."""
    for place, (name, row) in enumerate(ROWS.items()):
        opened = [(person, relation) for person in PEOPLE for relation in RELATIONS if row.opens(person, relation)]
        if not row.kind:
            opened = [pair for pair in opened if pair[1] == RELATIONS[0]]
        yield from ((person, address_of(name, row, world, relation)) for person, relation in opened)
        yield PEOPLE[place % len(PEOPLE)], address_of(name, row, world, "own")
        if row.kind:
            yield opened[0][0], reverse(name, kwargs={"uuid": uuid4(), **row.kwargs})
    for address in foreign_addresses():
        yield from ((person, address) for person in ("nobody", "member_own", "coordinator"))


def test_every_address_is_sent_to_by_somebody_whom_it_opens_to(world: World) -> None:
    aimed = set(targets(world))
    missed = [
        name
        for name, row in ROWS.items()
        if not any(
            row.opens(person, relation) and (person, address_of(name, row, world, relation)) in aimed
            for person in PEOPLE
            for relation in RELATIONS
        )
    ]

    assert missed == []


@pytest.mark.parametrize("share", range(SHARES))
def test_no_input_breaks_any_address(world: World, share: int, record_property: Any) -> None:
    aimed = list(targets(world))
    times = max(2, INPUTS // len(aimed) + 1)
    # Everybody whom an address opens to is for the long proof.
    part = aimed if PROOF else [(person, address) for address, person in {there: who for who, there in aimed}.items()]
    part = part[share::SHARES]
    visitors = {person: Visitor(world.people[person]) for person in {person for person, _ in part}}
    for person, address in part:
        visitors[person].learn(address)
    answers, faults = Counter[int](), Counter[str]()
    for place, (person, address) in enumerate(part):
        for answer in answers_to(visitors[person], address, times, place):
            answers[answer.status_code] += 1
            if answer.status_code >= 500:
                faults[f"{person} to {address}: {fault_of(answer)}"] += 1

    record_property("inputs", sum(answers.values()))
    assert dict(faults) == {}


def answers_to(visitor: Visitor, address: str, times: int, place: int) -> list[Any]:
    """What came of so many inputs to one address, the first of them as the page offered it."""
    found: list[Any] = []

    @seed(secrets.randbits(64) if PROOF else place)
    @settings(
        max_examples=times, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def send(data: st.DataObject) -> None:
        found.append(sent_by(visitor, address, data))

    send()
    return found


def sent_by(visitor: Visitor, address: str, data: st.DataObject) -> Any:
    """One input: mostly a form, now and then a question in the address or a body that no form sends."""
    way, odd = data.draw(st.integers(0, 19)), data.draw(headers())
    # Wrong passwords and codes of before do not slow this one.
    django_settings.REDIS_PREFIX = f"{uuid4()}:"
    if way == 19:
        kind, body = data.draw(st.sampled_from(BODIES))
        return visitor.send("POST", address, body, odd, kind)
    fields = visitor.forms.get(address.partition("?")[0], GUESSED)
    if way > 15:
        return visitor.send("get", address, data.draw(typed(fields | {name: [] for name in QUERY})), odd)
    return visitor.send("post", address, data.draw(typed(fields)), odd)


def fault_of(answer: Any) -> str:
    """What broke, and where: the last place of ours."""
    kind, problem, trace = getattr(answer, "exc_info", None) or (type(None), None, None)
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{code.co_filename}:{trace.tb_lineno}" if "site-packages" not in code.co_filename else place
        trace = trace.tb_next
    return f"{kind.__name__} {str(problem)[:200]} at {place}"
