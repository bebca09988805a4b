"""Every address, opened and sent to by everybody: for one's own object, a neighbour's, one in another region."""

from collections.abc import Iterator
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from collaborators.models import User
from tests.access_rows import ROWS
from tests.conftest import as_owner, log_in
from tests.matrix import Row
from tests.three_communities import RELATIONS, World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P09")]
# Pages of the installed packages, which hold no object of ours.
FOREIGN = ("account_", "mfa_")
PEOPLE = (
    "nobody", "stranger", "member_own", "member_near", "member_far", "supporter", "ally_own", "ally_near", "ally_far",
    "colleague", "desk_africa", "desk_asia", "focal_person", "coordinator", "steward", "reviewer",
)  # fmt: skip


def addresses(resolver: Any = None, namespace: str = "") -> Iterator[str]:
    """The name of every address of the product."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def test_every_address_has_a_row() -> None:
    named = {name for name in addresses() if not name.startswith(FOREIGN)}

    assert named == set(ROWS)


@pytest.fixture
def world(coordinator: User) -> World:
    return build_world(coordinator)


def signed_in(user: User | None) -> Client:
    """A browser of this person, or of nobody; it goes on after a fault of the server."""
    client = Client(raise_request_exception=False)
    if user is not None:
        with as_owner():
            log_in(client, user)
    return client


def address_of(name: str, row: Row, world: World, relation: str) -> str:
    if not row.kind:
        return reverse(name, kwargs=row.kwargs or None)
    return reverse(name, kwargs={"uuid": world.places[relation].objects[row.kind], **row.kwargs})


def ask(client: Client, method: str, address: str, typed: Any = None) -> Any:
    """One request, whose effect is undone, signing out included."""
    cookies = SimpleCookie({name: morsel.value for name, morsel in client.cookies.items()})
    with transaction.atomic():
        answer = getattr(client, method)(address, typed)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def is_closed(answer: Any) -> bool:
    """Not there, or the question who this is: what a person learns who may not see the object."""
    if answer.status_code in {301, 302}:
        return "/accounts/login/" in answer.url or "/community/code/" in answer.url
    return answer.status_code == 404 or "doors/again.html" in {part.name for part in answer.templates}


@pytest.mark.parametrize("person", PEOPLE)
def test_each_address_opens_to_exactly_those_of_its_row(world: World, person: str) -> None:
    client, wrong = signed_in(world.people[person]), []
    for name, row in ROWS.items():
        for relation in RELATIONS if row.kind else RELATIONS[:1]:
            for method in ("get", "post"):
                answer = ask(client, method, address_of(name, row, world, relation))
                if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                    continue
                if is_closed(answer) == row.opens(person, relation) or answer.status_code >= 500:
                    wrong.append(f"{method} {name} of {relation}: {answer.status_code}")

    assert wrong == []


def test_everybody_of_the_world_is_asked(world: World) -> None:
    assert set(world.people) == set(PEOPLE)
