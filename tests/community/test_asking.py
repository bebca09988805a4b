"""Asking: three answers, a receipt code, and nothing stored before the second answer."""

import pytest
from django.test import Client

from collaborations.models import RequestStory, SupportRequest
from collaborations.states import RequestStatus
from collaborators.codes import read_code
from collaborators.models import Community, ReceiptCredential, User
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


def test_without_a_part_of_the_world_the_request_waits_to_be_placed():
    begun(Client(), region="", languages="")

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
    {"region": "nowhere"},
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
