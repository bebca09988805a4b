"""A passkey is made and used by a real browser, with an authenticator that Chromium plays."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from collaborators.models import User
from tests.conftest import PASSWORD, log_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.promise("P18")]


@pytest.fixture
def root(live_server: Any) -> str:
    """The address of the server under a name: passkeys belong to names, never to numbers."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def device(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(device: BrowserContext) -> Page:
    """A page whose device has an authenticator that knows its person."""
    page = device.new_page()
    tools = device.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def sign_in(device: BrowserContext, user: User, root: str, *, is_proven: bool = True) -> None:
    """Put the session of somebody signed in into the browser."""
    client = log_in(Client(), user, is_proven=is_proven)
    device.add_cookies([{"name": "s", "value": client.cookies["s"].value, "url": root}])


def press(page: Page, address: str) -> None:
    """Open a page, and let the device answer its question."""
    page.goto(address)
    with page.expect_navigation():
        page.click("[data-start]")


def test_a_passkey_is_added_and_opens_the_next_visit_alone(
    page: Page, device: BrowserContext, root: str, facilitator: User
) -> None:
    sign_in(device, facilitator, root, is_proven=False)
    page.goto(f"{root}/accounts/2fa/passkeys/add/")
    page.fill("input[name=name]", "My phone")
    with page.expect_navigation():
        page.click("[data-start]")
    assert page.url == f"{root}/accounts/2fa/"
    assert [factor.wrap().name for factor in Authenticator.objects.filter(user=facilitator)] == ["My phone"]
    page.goto(f"{root}/desk/")
    assert page.url == f"{root}/desk/"

    device.clear_cookies()
    press(page, f"{root}/accounts/2fa/passkeys/")

    assert page.url == f"{root}/desk/"


def test_a_passkey_is_the_second_step_after_a_password(
    page: Page, device: BrowserContext, root: str, facilitator: User
) -> None:
    sign_in(device, facilitator, root, is_proven=False)
    page.goto(f"{root}/accounts/2fa/passkeys/add/")
    page.fill("input[name=name]", "My phone")
    with page.expect_navigation():
        page.click("[data-start]")
    device.clear_cookies()
    page.goto(f"{root}/accounts/login/")
    page.fill("input[name=login]", facilitator.email or "")
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button")
    assert page.url == f"{root}/accounts/2fa/authenticate/"

    with page.expect_navigation():
        page.click("[data-start]")

    assert page.url == f"{root}/desk/"


@pytest.mark.promise("P03")
def test_somebody_of_a_community_adds_a_passkey_and_comes_back_with_it_from_the_door(
    page: Page, device: BrowserContext, root: str, member: User
) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    sign_in(device, member, root, is_proven=False)
    press(page, f"{root}/ar/community/ways/passkey/")
    assert page.url == f"{root}/ar/community/ways/"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    device.clear_cookies()
    page.goto(f"{root}/ar/community/code/")
    page.click("a[href$='/accounts/2fa/passkeys/']")
    with page.expect_navigation():
        page.click("[data-start]")

    assert page.url == f"{root}/ar/community/"


def test_a_device_without_a_passkey_says_so_and_offers_the_password(page: Page, root: str) -> None:
    page.goto(f"{root}/accounts/2fa/passkeys/")
    page.click("[data-start]")
    page.wait_for_selector("[data-failed]:not([hidden])")

    assert page.get_attribute("main a.tap", "href") is not None
