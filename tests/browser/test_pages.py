"""Axe finds no fault, and nothing is wider than the screen: in light and dark, small and large, both directions."""

import os
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from collaborators.models import User
from tests.access_rows import ROWS
from tests.test_access_matrix import address_of, signed_in
from tests.test_every_page import somebody_for
from tests.three_communities import World, build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
BOTH_DIRECTIONS = ("en", "ar")
RUN = "chosen => axe.run(document, chosen).then(found => found.violations)"
# Words stand out at 7:1. The dark changes nothing but colours.
STRICT = {"color-contrast-enhanced": {"enabled": True}}
CHOSEN: dict[str, Any] = {
    "light": {"resultTypes": ["violations"], "rules": STRICT},
    "dark": {"resultTypes": ["violations"], "rules": STRICT, "runOnly": {"type": "tag", "values": ["cat.color"]}},
}
LOOKS = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
# `make test` looks at one page of each kind; all of them are rendered without a browser in tests/test_every_page.py.
SAMPLE = (
    "start", "community:home", "community:ask", "community:request", "community:collaboration", "community:consents",
    "ally:home", "ally:collaboration", "desk:home", "desk:requests", "desk:request", "desk:handover", "desk:ledger",
    "secretariat:home", "secretariat:roster", "secretariat:people", "secretariat:ledger", "secretariat:retention",
)  # fmt: skip
PORTALS = ("sample",) if os.environ.get("PROOF") != "1" else (
    "public", "accounts", "community", "ally", "desk", "secretariat", "committee", "admin",
)  # fmt: skip
# The pages of signing in, by who opens them.
ACCOUNTS = {
    "nobody": ("account_login", "account_reset_password", "account_reset_password_done", "mfa_login_webauthn"),
    "coordinator": (
        "account-sessions", "account_change_password", "mfa_index", "mfa_activate_totp",
        "mfa_generate_recovery_codes", "mfa_add_webauthn",
    ),
}  # fmt: skip


@pytest.fixture
def world(coordinator: User) -> World:
    return build_world(coordinator)


def addresses(portal: str, world: World) -> Iterator[tuple[str, str, str]]:
    """Name, who opens it, and address of every page of a portal."""
    if portal == "accounts":
        yield from ((name, who, reverse(name)) for who, names in ACCOUNTS.items() for name in names)
        return
    for name in SAMPLE if portal == "sample" else names_of(portal):
        yield name, somebody_for(name), address_of(name, ROWS[name], world, "own") + asked(name, world)


def names_of(portal: str) -> list[str]:
    return [name for name in ROWS if (name.partition(":")[0] if ":" in name else "public") == portal]


def asked(name: str, world: World) -> str:
    """What the address carries behind its question mark, where its page is about nothing without it."""
    held = {"role": "region:africa:facilitate", "person": world.places["own"].cast.facilitator.uuid}
    queries: dict[str, dict[str, Any]] = {
        "secretariat:role-term": held,
        "secretariat:role-end": held,
        "secretariat:hold-place": {"request": world.places["own"].objects["request"]},
    }
    return f"?{urlencode(queries[name])}" if name in queries else ""


def page_of(browser: Browser, client: Client, root: str) -> Page:
    """A page of somebody who is signed in."""
    context = browser.new_context(viewport={"width": 320, "height": 800})
    if "s" in client.cookies:
        context.add_cookies([{"name": "s", "value": client.cookies["s"].value, "url": root}])
    return context.new_page()


def visits(browser: Browser, world: World, root: str, portal: str) -> Iterator[tuple[str, Page]]:
    """Each page of a portal in both directions, opened as somebody whom it opens to."""
    open_to: dict[str, tuple[Client, Page]] = {}
    for name, who, address in addresses(portal, world):
        if who not in open_to:
            client = signed_in(world.people[who])
            open_to[who] = client, page_of(browser, client, root)
        client, page = open_to[who]
        if client.get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            continue
        for language in BOTH_DIRECTIONS:
            answer = page.goto(f"{root}/{language}{address}")
            if answer is not None and answer.headers.get("content-type", "").startswith("text/html"):
                yield f"{name} in {language}", page
    for _, page in open_to.values():
        page.context.close()


def faults_of(page: Page, looks: Iterable[tuple[int, str]]) -> Iterator[str]:
    """What is wrong with a page, at each width and in each light."""
    page.evaluate(Axe().axe_script)
    for width, scheme in looks:
        look: Any = scheme
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=look)
        for fault in page.evaluate(RUN, CHOSEN[scheme]):
            yield f"{fault['id']} at {width} in the {scheme}: {fault['nodes'][0]['html'][:200]}"
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            yield f"wider than {width}"


@pytest.mark.parametrize("portal", PORTALS)
def test_axe_finds_no_fault(browser: Browser, world: World, live_server: Any, portal: str) -> None:
    faults: dict[str, list[str]] = {}
    for name, page in visits(browser, world, live_server.url, portal):
        looks = LOOKS if portal != "sample" else (LOOKS[0], LOOKS[3])
        if found := list(faults_of(page, looks)):
            faults[name] = found

    assert faults == {}
