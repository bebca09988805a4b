"""The whole way of a community: it asks, comes back, decides, looks who has seen what, takes back, and goes."""

import os
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import BrowserContext

from collaborations.actions import (
    accept_request,
    answer_willing,
    check_safety,
    propose_allies,
    propose_brief,
    write_brief,
)
from collaborations.models import BriefVersion, Disclosure, Introduction, SupportRequest
from collaborations.models.requests import RiskLevel
from collaborators.models import Collaborator, User
from cre.core.access import acting_as
from tests.browser.keyboard import Keyboard
from tests.conftest import as_owner
from tests.delivering import deliver_all
from tests.journey import BRIEF

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.promise("P03")]
TONGUES = [code for code, _ in settings.LANGUAGES] if os.environ.get("PROOF") == "1" else ["en", "ar"]
NEED, STORY = "Somebody who knows the bank · من يعرف البنك", "They measured our land · قاسوا أرضنا"
NAME, GREETING = "The people of the long lake", "We are glad that you are here · أهلا بكم"


def request_as(person: User) -> SupportRequest:
    """The only request there is, as it stands now for this person."""
    with transaction.atomic(), acting_as(person):
        return SupportRequest.objects.get()


def ask(keys: Keyboard) -> str:
    """From the start page to the receipt; gives the code."""
    keys.follow("/community/ask/")
    keys.choose("danger", "no")
    keys.send()
    keys.choose("channel", "signal")
    keys.write("handle", "+000 555 0101")
    keys.choose("region", "africa")
    keys.send()
    code = keys.page.locator("bdi").first.inner_text()
    keys.follow("/need/")
    keys.tick("kinds_of_help", "ally")
    keys.write("need", NEED)
    keys.send()
    keys.follow("/more/story/")
    keys.write("what_happens", STORY)
    keys.send()
    keys.follow("/check/")
    keys.follow("/contact/")
    keys.write("chosen_name", NAME)
    keys.send()
    assert all(words in keys.words for words in (NEED, STORY, NAME))
    keys.send()
    return code


def come_back(keys: Keyboard, code: str) -> None:
    """With nothing but the code, as somebody who closed everything in between."""
    keys.page.context.clear_cookies()
    keys.open("/")
    keys.follow("/community/code/")
    keys.write("door-code", code)
    keys.send()


def write_what_allies_would_read(facilitator: User) -> BriefVersion:
    """What the desk does before the community decides for the first time."""
    request = request_as(facilitator)
    check_safety(
        request, version=request.version, level=RiskLevel.MEDIUM, channel_is_safe=True, notes="", by=facilitator
    )
    request = request_as(facilitator)
    accept_request(request, version=request.version, by=facilitator)
    brief = write_brief(request_as(facilitator), by=facilitator, **BRIEF)
    return propose_brief(brief, version=brief.version, by=facilitator)


def approve(keys: Keyboard, brief: BriefVersion) -> None:
    keys.open("/community/")
    keys.follow(f"/briefs/{brief.uuid}/")
    assert BRIEF["text"] in keys.words
    keys.send("decision", "approve")


def suggest(collaborator: Collaborator, facilitator: User) -> Introduction:
    request = request_as(facilitator)
    return propose_allies(request, version=request.version, collaborators=[collaborator], by=facilitator)[0]


def let_it_be_asked(keys: Keyboard, introduction: Introduction) -> None:
    keys.open("/community/")
    keys.follow("/offers/")
    keys.tick("allies", str(introduction.uuid))
    keys.send("decision", "allow")


def say_that_one_is_willing(ally: User) -> None:
    with transaction.atomic(), acting_as(ally):
        introduction = Introduction.objects.get()
    answer_willing(
        introduction, version=introduction.version, name="Amina of Lake Law", role="lawyer",
        answer="We know this bank.", no_conflict=True, by=ally,
    )  # fmt: skip


def choose(keys: Keyboard, introduction: Introduction) -> None:
    keys.open("/community/")
    keys.follow(f"/introductions/{introduction.uuid}/choose/")
    assert "Amina of Lake Law" in keys.words
    keys.tick("fields_shared", "chosen_name")
    keys.send()


def greet(keys: Keyboard) -> None:
    keys.open("/community/")
    keys.follow("/collaborations/")
    keys.write("text", GREETING)
    keys.enter("form[action$='/message/'] button")
    assert GREETING in keys.words


def take_back(keys: Keyboard) -> None:
    """Whatever the ally was told of the community."""
    keys.enter("nav a[href$='/community/consents/']")
    keys.follow("/withdraw/")
    keys.send()


def forget(keys: Keyboard) -> None:
    """Take everything along, then have it deleted at once."""
    keys.open("/community/")
    keys.follow("/community/everything/")
    keys.tick("is_understood")
    keys.send()
    assert all(words in keys.words for words in (NEED, STORY, NAME, GREETING))
    keys.open("/community/")
    keys.follow("/community/delete/")
    keys.tick("is_urgent")
    keys.tick("is_understood")
    keys.send()


@pytest.mark.parametrize("language", TONGUES)
def test_the_whole_way_goes_by_keyboard_without_scripts_on_a_small_screen(
    phone: BrowserContext, live_server: Any, language: str, facilitator: User, collaborator: Collaborator, ally: User
) -> None:
    keys = Keyboard(phone.new_page(), f"{live_server.url}/{language}")
    keys.open("/")

    code = ask(keys)
    come_back(keys, code)
    approve(keys, write_what_allies_would_read(facilitator))
    introduction = suggest(collaborator, facilitator)
    let_it_be_asked(keys, introduction)
    say_that_one_is_willing(ally)
    choose(keys, introduction)
    with as_owner():
        assert Disclosure.objects.count() == 1
    greet(keys)
    keys.enter("nav a[href$='/community/seen/']")
    take_back(keys)
    with as_owner():
        assert Disclosure.objects.count() == 0
    forget(keys)
    deliver_all()

    come_back(keys, code)
    assert "door-code" in keys.page.content()
    with as_owner():
        assert SupportRequest.objects.count() == 0
