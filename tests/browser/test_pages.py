"""Axe finds no fault, and nothing is wider than the screen: in light and dark, small and large, both directions."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from collaborators.models import User
from tests.access_rows import ROWS
from tests.test_access_matrix import address_of, signed_in
from tests.test_every_page import somebody_for
from tests.three_communities import World, build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
# One page of each kind; every page is rendered and checked without a browser in tests/test_every_page.py.
SAMPLE = (
    "start", "community:home", "community:ask", "community:request", "community:collaboration", "community:consents",
    "ally:home", "ally:collaboration", "desk:home", "desk:requests", "desk:request", "secretariat:home",
    "secretariat:roster", "secretariat:people", "secretariat:ledger",
)  # fmt: skip


@pytest.fixture
def world(coordinator: User) -> World:
    return build_world(coordinator)


def visits(browser: Browser, world: World, root: str, **options: Any) -> Iterator[tuple[str, Page]]:
    """Each page of the sample in every language, opened as somebody whom it opens to."""
    for name in SAMPLE:
        client: Client = signed_in(world.people[somebody_for(name)])
        context = browser.new_context(**options)
        if "s" in client.cookies:
            context.add_cookies([{"name": "s", "value": client.cookies["s"].value, "url": root}])
        page = context.new_page()
        for language, _ in settings.LANGUAGES:
            page.goto(f"{root}/{language}{address_of(name, ROWS[name], world, 'own')}")
            yield f"{name} in {language}", page
        context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_no_fault(browser: Browser, world: World, live_server: Any, width: int, scheme: Any) -> None:
    faults, axe = {}, Axe()
    size = {"width": width, "height": 800}
    for name, page in visits(browser, world, live_server.url, viewport=size, color_scheme=scheme):
        found = axe.run(page)
        if found.violations_count:
            faults[name] = [fault["id"] for fault in found.response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults[f"{name}, sideways"] = [str(width)]

    assert faults == {}
