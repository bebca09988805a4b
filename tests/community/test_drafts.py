"""A draft, page by page: optional answers, the check, sending, and talking first."""

from typing import Any

import pytest

from collaborations.models import Consent, RequestStory
from collaborations.states import RequestStatus
from collaborators.models import CommunityIdentity
from cre.core.access import acting_as
from tests.community.test_asking import newest
from tests.community.walking import hidden, link_to, text_of
from tests.journey import draft

pytestmark = pytest.mark.django_db


PARTS: dict[str, dict[str, Any]] = {
    "now": {"danger": "soon"},
    "story": {"what_happens": "Machines came."},
    "project": {"project": "A road", "stage": "planned"},
    "place": {"wider_area": "the coast"},
    "country": {"country": "KE"},
    "areas": {"areas": ["media", "courts"]},
    "result": {"good_result": "No road.", "must_not_happen": "No photographs."},
    "danger": {"threats": "A letter.", "most_exposed": "Teachers", "protection": "Neighbours"},
    "silence": {"not_to_contact": "The mayor", "not_to_see": "Nobody"},
    "who": {"who_asks": "community", "groups": "fishing people"},
    "before": {"past_steps": "A petition", "deadlines": "A vote in May", "partners": "A radio"},
}


@pytest.mark.parametrize("part", PARTS)
def test_each_optional_page_saves_its_answers_and_shows_them_again(cast, browser, part):
    request = draft(cast)
    address = f"/community/ask/{request.uuid}/more/{part}/"

    page = browser.post(address, {"version": request.version} | PARTS[part])

    assert (page.status_code, page.url) == (302, f"/community/ask/{request.uuid}/more/")
    shown = browser.get(address).content.decode()
    for words in PARTS[part].values():
        assert all(word in shown for word in ([words] if isinstance(words, str) else words))
    assert browser.get(page.url).status_code == 200


def test_a_changed_answer_comes_back_to_the_check_page(cast, browser):
    request = draft(cast)
    page = browser.get(f"/community/ask/{request.uuid}/check/")
    change = f"/community/ask/{request.uuid}/more/story/?back=check"
    assert change in page.content.decode()

    page = browser.post(change, {"version": request.version, "what_happens": "Other words."})

    assert page.url == f"/community/ask/{request.uuid}/check/"
    assert "Other words." in text_of(browser.get(page.url))


def test_another_country_moves_the_draft_to_another_desk(cast, browser, other_region):
    request = draft(cast)

    address = f"/community/ask/{request.uuid}/more/country/"
    elsewhere = link_to(browser.get(address), "Asia")
    browser.post(f"{address}{elsewhere}", {"version": request.version, "country": "IN"})

    assert newest().region_id == other_region.pk


def test_a_country_is_chosen_among_those_of_one_part_of_the_world(cast, browser, other_region, waiting_room):
    address = f"/community/ask/{draft(cast).uuid}/more/country/"

    shown = {of: browser.get(f"{address}{of}").content.decode() for of in ("", "?of=asia", "?of=nowhere")}

    assert ['value="KE"' in page for page in shown.values()] == [True, True, True]
    assert ['value="UG"' in page for page in shown.values()] == [True, False, True]
    assert ['value="IN"' in page for page in shown.values()] == [False, True, False]
    assert all("Somewhere else" in page for page in shown.values())


@pytest.mark.promise("P29")
def test_a_page_that_was_overtaken_keeps_the_words_and_can_be_sent_again(cast, browser):
    request = draft(cast)
    address = f"/community/ask/{request.uuid}/more/story/"
    stale = {"version": request.version - 1, "what_happens": "The words of the second window."}

    page = browser.post(address, stale)
    assert page.status_code == 409
    assert "The words of the second window." in text_of(page)
    page = browser.post(address, stale | {"version": hidden(page, "version")})

    assert page.status_code == 302


@pytest.mark.promise("P29")
@pytest.mark.parametrize("version", ["", "x", "0", "-1", "99999999999999999999", "1.5"])
def test_a_nonsense_version_is_a_form_error(cast, browser, version):
    request = draft(cast)

    for page in ("need", "check", "more/story"):
        assert browser.post(f"/community/ask/{request.uuid}/{page}/", {"version": version}).status_code == 422


def test_not_to_know_yet_is_a_full_answer_but_silence_is_none(cast, browser):
    request = draft(cast)
    address = f"/community/ask/{request.uuid}/need/"

    assert browser.post(address, {"version": request.version}).status_code == 422
    assert browser.post(address, {"version": request.version, "kinds_of_help": ["think-with-us"]}).status_code == 302


def test_danger_now_goes_straight_to_sending_with_words_for_the_time_until_then(cast, browser):
    request = draft(cast, danger="now")

    page = browser.post(
        f"/community/ask/{request.uuid}/need/",
        {"version": request.version, "kinds_of_help": ["security"]},
        follow=True,
    )

    assert "Send this now" in text_of(page)
    assert "A person reads this within 72 hours, not at once." in text_of(page)


def test_sending_twice_sends_once_and_says_where_it_stands(cast, browser):
    request = draft(cast)
    address = f"/community/ask/{request.uuid}/check/"
    browser.post(address, {"version": request.version})

    page = browser.post(address, {"version": request.version})

    assert (page.status_code, page.url) == (302, f"/community/requests/{request.uuid}/")
    with acting_as(cast.member):
        assert Consent.objects.count() == 1


def test_sending_with_a_question_open_leads_to_that_question(cast, browser):
    request = draft(cast, need="", kinds_of_help=[])

    page = browser.post(f"/community/ask/{request.uuid}/check/", {"version": request.version})

    assert page.url == f"/community/ask/{request.uuid}/need/"
    assert newest().status == RequestStatus.DRAFT


def test_who_wants_to_talk_first_leaves_only_the_contact(cast, browser):
    request = draft(cast)
    address = f"/community/ask/{request.uuid}/talk/"
    assert "We forget what you wrote, for good." in text_of(browser.get(address))

    page = browser.post(address, {"version": request.version}, follow=True)

    assert "What you wrote is gone." in text_of(page)
    assert "You get a first answer by" in text_of(page)
    assert newest().status == RequestStatus.RECEIVED
    with acting_as(cast.member):
        assert RequestStory.objects.get(request=newest()).need == ""
        assert CommunityIdentity.objects.get().handle == "+000 Riverbend"
    assert browser.get(address).status_code == 404


def test_a_draft_that_is_taken_back_is_gone(cast, browser):
    request = draft(cast)

    browser.post(f"/community/requests/{request.uuid}/withdraw/", {"version": request.version})

    assert browser.get(f"/community/requests/{request.uuid}/answers/").status_code == 404
    assert "There is no request yet." in text_of(browser.get("/community/"))


def test_the_contact_can_be_changed(cast, browser):
    request = draft(cast)
    address = f"/community/requests/{request.uuid}/contact/"
    version = hidden(browser.get(address), "version")

    page = browser.post(address, {"version": version, "channel": "check-here", "chosen_name": "Others"})

    assert page.url == f"/community/ask/{request.uuid}/check/"
    with acting_as(cast.member):
        identity = CommunityIdentity.objects.get()
        assert (identity.channel, identity.handle, identity.chosen_name) == ("check-here", "", "Others")


@pytest.mark.promise("P09")
@pytest.mark.parametrize("page", ["need", "more", "more/story", "check", "sent", "talk"])
def test_another_community_finds_nothing(cast, strange_browser, page):
    request = draft(cast)

    address = f"/community/ask/{request.uuid}/{page}/"
    assert strange_browser.get(address).status_code == 404
    assert strange_browser.post(address, {"version": request.version}).status_code == 404


def test_an_unknown_page_of_a_draft_is_not_found(cast, browser):
    assert browser.get(f"/community/ask/{draft(cast).uuid}/more/nonsense/").status_code == 404
