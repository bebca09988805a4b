"""A person asks and comes back on a small phone: no script, the keyboard only, in every language."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from collaborations.models import SupportRequest
from collaborations.states import RequestStatus
from tests.conftest import as_owner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def press(page: Page) -> None:
    """Send the form of the page from the keyboard."""
    page.locator("main form button").first.press("Enter")
    page.wait_for_load_state()


def tick(page: Page, name: str, value: str) -> None:
    page.locator(f"input[name={name}][value={value}]").press("Space")


def ask_for_support(page: Page, address: str) -> str:
    """The three answers, the check, the sending; gives the receipt code."""
    page.goto(address)
    tick(page, "danger", "no")
    press(page)
    tick(page, "channel", "signal")
    page.fill("input[name=handle]", "+000 555 0101")
    tick(page, "region", "africa")
    press(page)
    code = page.locator("bdi").first.inner_text()
    page.locator("main .buttons a").press("Enter")
    page.wait_for_load_state()
    tick(page, "kinds_of_help", "ally")
    press(page)
    while "/check/" not in page.url:
        page.goto(page.url.replace("/more/", "/check/"))
    press(page)
    return code


@pytest.mark.promise("P03")
def test_a_person_asks_and_comes_back_without_scripts(phone: BrowserContext, live_server: Any, language: str) -> None:
    page = phone.new_page()
    code = ask_for_support(page, f"{live_server.url}/{language}/community/ask/")
    assert "/sent/" in page.url
    assert [cookie["name"] for cookie in phone.cookies()] == ["s"]

    phone.clear_cookies()
    page.goto(f"{live_server.url}/{language}/community/code/")
    page.fill("main input[name=door-code]", code)
    press(page)

    assert page.url == f"{live_server.url}/{language}/community/"
    with as_owner():
        assert SupportRequest.objects.get().status == RequestStatus.RECEIVED
