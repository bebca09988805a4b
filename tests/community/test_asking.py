"""Asking: three answers, a receipt code, and nothing stored before the second answer."""

from typing import Any

import pytest
from django.test import Client

from collaborations.models import Consent, RequestStory, SupportRequest
from collaborations.states import RequestStatus
from collaborators.codes import read_code
from collaborators.models import Community, CommunityIdentity, ReceiptCredential, User
from cre.core.access import acting_as
from tests.community.walking import REACH, hidden, link_to, shown_code, text_of
from tests.conftest import as_owner
from tests.journey import ANSWERS, draft

pytestmark = pytest.mark.django_db


def count(model) -> int:
    with as_owner():
        return int(model.objects.count())


def newest() -> SupportRequest:
    with as_owner():
        return SupportRequest.objects.latest("created_at")


def begun(client: Client, **answers: str):
    """The page after the first stored answer: it shows the code."""
    response = client.post("/community/ask/reach/", REACH | answers)
    assert response.status_code == 200, text_of(response)
    return response


@pytest.mark.promise("P03")
def test_a_community_asks_in_three_answers_and_is_told_when_it_hears_from_us():
    client = Client()
    assert client.get("/community/ask/").status_code == 200
    page = client.post("/community/ask/reach/", {"danger": "no", "safe_now": "yes"})
    assert hidden(page, "danger") == "no"
    page = begun(client)
    page = client.get(link_to(page, "Continue"))
    page = client.post(
        page.request["PATH_INFO"],
        {"version": hidden(page, "version"), "kinds_of_help": ["ally"], "need": "Help us read."},
    )
    page = client.get(page.url)
    page = client.get(link_to(page, "Check and send"))
    page = client.post(page.request["PATH_INFO"], {"version": hidden(page, "version")}, follow=True)

    request = newest()
    assert (request.status, request.region.code, request.language) == (RequestStatus.RECEIVED, "africa", "sw")
    assert "You get a first answer by" in text_of(page)
    assert list(client.cookies) == ["s"]


def test_nothing_is_stored_before_the_second_answer():
    client = Client()
    client.get("/community/ask/")
    before = [count(model) for model in (User, Community, SupportRequest)]

    client.post("/community/ask/reach/", {"danger": "now"})
    client.post("/community/ask/reach/", REACH | {"channel": ""})

    assert [count(model) for model in (User, Community, SupportRequest)] == before


@pytest.mark.promise("P05")
def test_the_code_is_shown_once_and_its_secret_is_kept_nowhere():
    client = Client()
    code = shown_code(begun(client))
    digits = read_code(code)

    with as_owner():
        credential = ReceiptCredential.objects.get(locator=digits.locator)
    assert credential.secret_hash.startswith("$argon2id$")
    assert digits.secret not in credential.secret_hash
    assert digits.secret not in str(dict(client.session))
    for path in (
        "/community/",
        f"/community/ask/{newest().uuid}/need/",
        f"/community/ask/{newest().uuid}/check/",
    ):
        assert digits.secret[:4] not in client.get(path, follow=True).content.decode().replace(" ", "")


@pytest.mark.promise("P03")
def test_the_code_brings_the_person_back_to_the_draft():
    code = shown_code(begun(Client()))
    client = Client()

    page = client.post("/community/code/", {"door-code": code}, follow=True)

    assert page.status_code == 200
    assert "Not sent yet" in text_of(page)


def test_a_second_submit_finds_the_draft_and_makes_no_second_community():
    client = Client()
    begun(client)
    communities, drafts = count(Community), count(SupportRequest)

    page = client.post("/community/ask/reach/", REACH)

    assert (page.status_code, page.url) == (302, f"/community/ask/{newest().uuid}/need/")
    assert (count(Community), count(SupportRequest)) == (communities, drafts)


def test_a_reload_of_the_page_with_the_code_makes_no_second_community():
    client = Client(enforce_csrf_checks=True)
    page = client.post("/community/ask/reach/", {})
    token = hidden(client.get("/community/ask/"), "csrfmiddlewaretoken")
    page = client.post("/community/ask/reach/", REACH | {"csrfmiddlewaretoken": token})
    assert shown_code(page)
    communities = count(Community)

    page = client.post("/community/ask/reach/", REACH | {"csrfmiddlewaretoken": token})
    assert page.status_code == 403
    again = REACH | {"csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken")}
    page = client.post("/community/ask/reach/", again)

    assert page.status_code == 302
    assert count(Community) == communities


def test_somebody_who_is_known_asks_again_without_a_second_community(cast, browser):
    communities = count(Community)

    page = browser.post("/community/ask/reach/", {"danger": "soon"})

    assert page.status_code == 302
    assert newest().community_id == cast.community.pk
    assert count(Community) == communities


def test_people_who_work_here_do_not_ask_as_a_community_by_accident(cast, ally_browser):
    page = ally_browser.post("/community/ask/reach/", REACH)

    assert page.status_code == 403
    assert "Sign out first" in text_of(page)


def test_without_a_country_the_request_waits_to_be_placed():
    begun(Client(), country="", languages="")

    assert (newest().region.is_waiting_room, newest().language) == (True, "en")


def test_whoever_is_watched_is_told_to_leave_and_nothing_is_stored():
    people = count(User)

    page = Client().post("/community/ask/reach/", {"danger": "now", "safe_now": "no"})

    assert "Leave this page now" in text_of(page)
    assert count(User) == people


WRONG = [
    {"danger": ""},
    {"danger": "perhaps"},
    {"channel": ""},
    {"channel": "pigeon"},
    {"handle": ""},
    {"handle": "x" * 201},
    {"handle": "a\x00b"},
    {"chosen_name": "x" * 121},
    {"not_to_mention": "x" * 501},
    {"country": "XX"},
    {"languages": "x" * 201},
]


@pytest.mark.promise("P29")
@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: "-".join(f"{k}={v[:6]!r}" for k, v in wrong.items()))
def test_a_wrong_first_answer_is_explained_and_keeps_the_others(wrong):
    people = count(User)

    page = Client().post("/community/ask/reach/", REACH | wrong)

    assert page.status_code == 422
    assert "Please look at this again" in text_of(page)
    assert "danger" in wrong or "evenings" in page.content.decode()
    assert count(User) == people


@pytest.mark.promise("P06")
def test_a_receipt_code_in_an_answer_is_refused_and_not_stored(cast, browser):
    request = draft(cast)
    code = shown_code(begun(Client()))

    page = browser.post(
        f"/community/ask/{request.uuid}/more/story/",
        {"version": request.version, "what_happens": f"My code: {code}"},
    )

    assert page.status_code == 422
    assert "There is a receipt code in this text" in text_of(page)
    with acting_as(cast.member):
        assert RequestStory.objects.get(request=request).what_happens == ANSWERS["what_happens"]


@pytest.mark.promise("P06")
def test_a_receipt_code_as_a_way_to_be_reached_is_refused():
    code = shown_code(begun(Client()))
    people = count(User)

    page = Client().post("/community/ask/reach/", REACH | {"handle": code})

    assert page.status_code == 422
    assert count(User) == people


PARTS: dict[str, dict[str, Any]] = {
    "now": {"danger": "soon"},
    "story": {"what_happens": "Machines came."},
    "project": {"project": "A road", "stage": "planned"},
    "place": {"wider_area": "the coast", "country": "KE"},
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

    browser.post(f"/community/ask/{request.uuid}/more/place/", {"version": request.version, "country": "IN"})

    assert newest().region_id == other_region.pk


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
