"""Living with an ally and ending it; consents and their way back; and what others find of all this."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from collaborations.actions import (
    withdraw_consent,
    write_in_collaboration,
)
from collaborations.models import (
    BriefVersion,
    CollaborationMessage,
    Consent,
    Disclosure,
    Introduction,
)
from collaborations.states import BriefStatus, CollaborationStatus, RequestStatus
from cre.core.access import acting_as
from tests import journey
from tests.community.walking import hidden, text_of
from tests.journey import fresh, request_of

pytestmark = pytest.mark.django_db


def post(browser, address, version, **typed):
    return browser.post(address, {"version": version} | typed)


def test_the_collaboration_shows_who_they_are_and_what_they_see(cast, browser):
    work = journey.introduced(cast)
    write_in_collaboration(work, text="Good morning.", language="en", once=uuid4(), by=cast.ally)

    words = text_of(browser.get(f"/community/collaborations/{work.uuid}/"))

    for expected in (
        "Lake Law Group",
        "Amina of Lake Law",
        "People of Riverbend",
        "Good morning.",
        "Have you spoken?",
    ):
        assert expected in words
    assert "legal@test.example" not in words


def test_we_have_spoken_is_said_once(cast, browser):
    work = journey.introduced(cast)
    address = f"/community/collaborations/{work.uuid}/spoken/"

    post(browser, address, work.version)
    again = post(browser, address, work.version)

    assert again.status_code == 302
    assert fresh(work, cast.member).status == CollaborationStatus.ACTIVE
    assert request_of(work, cast.member).status == RequestStatus.SUPPORTED


def test_a_message_reaches_the_ally(cast, browser):
    work, once = journey.introduced(cast), str(uuid4())
    address = f"/community/collaborations/{work.uuid}/message/"

    browser.post(address, {"text": "Habari", "once": once})
    browser.post(address, {"text": "Habari", "once": once})
    wrong = browser.post(address, {"text": "", "once": once})

    assert wrong.status_code == 422
    with acting_as(cast.ally):
        assert [row.text for row in CollaborationMessage.objects.all()] == ["Habari"]


@pytest.mark.promise("P11")
def test_ending_needs_no_reason_and_stops_sharing(cast, browser):
    work = journey.introduced(cast)
    address = f"/community/collaborations/{work.uuid}/end/"
    version = hidden(browser.get(address), "version")

    first = post(browser, address, version)
    second = post(browser, address, version)

    assert (first.url, second.url) == ("/community/", f"/community/collaborations/{work.uuid}/")
    ended = fresh(work, cast.member)
    assert (ended.status, ended.end_reason) == (CollaborationStatus.CLOSED, "not-said")
    with acting_as(cast.ally):
        assert not Disclosure.objects.exists()
    assert "has ended" in text_of(browser.get(f"/community/collaborations/{work.uuid}/"))


# --- Consents ------------------------------------------------------------------------------------------
def test_every_consent_is_listed_with_what_for_whom_and_how(cast, browser):
    journey.introduced(cast)

    words = text_of(browser.get("/community/consents/"))

    for expected in (
        "You may keep this, and the regional desk may read it",
        "Allies may read this version of the brief",
        "You may ask these allies",
        "This ally may know these things about us",
        "Lake Law Group · On this site",
    ):
        assert expected in words


@pytest.mark.promise("P11")
def test_a_consent_is_taken_back_on_a_page_that_says_what_stops(cast, browser):
    journey.introduced(cast)
    with acting_as(cast.member):
        consent = Consent.objects.get(about=Consent.About.DISCLOSE)
    address = f"/community/consents/{consent.uuid}/withdraw/"
    assert "This ally sees nothing of what you shared with it" in text_of(browser.get(address))

    browser.post(address)
    again = browser.post(address)

    assert again.status_code == 302
    assert "taken back" in text_of(browser.get("/community/consents/"))
    with acting_as(cast.ally):
        assert not Disclosure.objects.exists()


def test_that_we_keep_it_ends_with_the_request(cast, browser):
    request = journey.received(cast)
    with acting_as(cast.member):
        consent = Consent.objects.get()

    page = browser.get(f"/community/consents/{consent.uuid}/withdraw/")

    assert page.url == f"/community/requests/{request.uuid}/withdraw/"


def test_a_withdrawn_consent_cannot_be_withdrawn_again(cast):
    journey.introduced(cast)
    with acting_as(cast.member):
        consent = Consent.objects.get(about=Consent.About.DISCLOSE)
    withdraw_consent(consent, by=cast.member)

    with pytest.raises(PermissionDenied):
        withdraw_consent(consent, by=cast.member)


# --- Others --------------------------------------------------------------------------------------------
def addresses(cast) -> list[str]:
    work = journey.introduced(cast)
    with acting_as(cast.member):
        consent = Consent.objects.get(about=Consent.About.DISCLOSE)
        introduction = Introduction.objects.get()
        brief = BriefVersion.objects.get()
    return [
        f"/community/briefs/{brief.uuid}/",
        f"/community/introductions/{introduction.uuid}/choose/",
        f"/community/introductions/{introduction.uuid}/refuse/",
        f"/community/consents/{consent.uuid}/withdraw/",
        *(f"/community/collaborations/{work.uuid}/{page}" for page in ("", "message/", "spoken/", "end/")),
    ]


@pytest.mark.promise("P09")
def test_another_community_and_the_ally_find_nothing_in_this_portal(cast, strange_browser, ally_browser):
    for address in addresses(cast):
        for who in (strange_browser, ally_browser):
            assert who.get(address).status_code == 404, address
            assert who.post(address, {"version": 1, "text": "x", "once": str(uuid4())}).status_code == 404, address


def test_a_supporter_reads_along_but_does_not_decide(cast, supporter, helper_browser):
    brief = journey.briefed(cast)
    address = f"/community/briefs/{brief.uuid}/"
    assert "Only the community itself decides about this." in text_of(helper_browser.get(address))

    assert post(helper_browser, address, brief.version, decision="approve").status_code == 403
    assert fresh(brief, cast.member).status == BriefStatus.PROPOSED
