"""A request on its way: its page, messages, taking it back, a second look, and what must never be on it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from collaborations.actions import answer_second_look, write_message, write_note
from collaborations.models import InternalNote, RequestMessage, SafetyCheck, SecondLook, SupportRequest
from collaborations.states import RequestStatus
from cre.core.access import acting_as, leave
from tests import journey
from tests.community.test_asking import begun
from tests.community.walking import hidden, shown_code, signed_in, text_of
from tests.conftest import as_owner
from tests.journey import fresh, request_of

pytestmark = pytest.mark.django_db
PAGES = ("", "answers/", "offers/", "second-look/", "withdraw/")
CANARY = "CANARY-internal-7731"


def page_of(browser, request, page=""):
    return browser.get(f"/community/requests/{request.uuid}/{page}")


def write(browser, request, text, once=None):
    typed = {"text": text, "once": str(once or uuid4())}
    return browser.post(f"/community/requests/{request.uuid}/message/", typed)


def messages_of(cast) -> list[str]:
    with acting_as(cast.member):
        return [row.text for row in RequestMessage.objects.order_by("pk")]


def test_the_page_says_the_status_the_next_step_and_by_when(cast, browser):
    words = text_of(page_of(browser, journey.received(cast)))

    assert "received" in words
    assert "A person at the regional desk reads your request and answers you." in words
    assert "You get a first answer by" in words
    assert "Your request reached us." in words


def test_a_late_answer_is_an_apology_with_a_new_date_in_the_future(cast, browser):
    request = journey.received(cast)
    with as_owner():
        SupportRequest.objects.filter(pk=request.pk).update(due_at=timezone.now() - timedelta(days=9))

    words = text_of(page_of(browser, request))

    assert "we are late. We are sorry. You hear from us by" in words


@pytest.mark.parametrize("station", ["received", "talked", "accepted", "declined", "matching"])
def test_every_station_has_a_page(cast, browser, station):
    request = getattr(journey, station)(cast)

    for page in ("", "answers/", "offers/", "withdraw/", "second-look/", "contact/"):
        assert page_of(browser, request, page).status_code == 200, page


def test_a_draft_leads_to_the_page_where_it_goes_on(cast, browser):
    request = journey.draft(cast)

    assert page_of(browser, request).url == f"/community/ask/{request.uuid}/more/"


def test_while_a_decision_waits_nobody_presses_the_community(cast, browser):
    brief = journey.briefed(cast)

    words = text_of(page_of(browser, request_of(brief, cast.member)))

    assert "We wait for your decision. Take the time that you need." in words
    assert "You hear from us by" not in words


def test_messages_go_both_ways_and_are_shown_with_their_language(cast, browser):
    request = journey.talked(cast, text="Karibu.")

    assert write(browser, request, "Asante.\nمرحبا").status_code == 302

    page = page_of(browser, request)
    assert "Karibu." in text_of(page)
    assert "مرحبا" in text_of(page)
    assert 'lang="en" dir="auto"' in page.content.decode()


@pytest.mark.promise("P29")
def test_the_mark_of_somebody_elses_message_is_a_conflict(cast, browser, outsider_and_community):
    request, once = journey.received(cast), uuid4()
    outsider, elsewhere = outsider_and_community
    with as_owner(), acting_as(outsider):
        theirs = SupportRequest.objects.create(community=elsewhere, region_id=elsewhere.region_id, danger="no")
        RequestMessage.sealed_under(theirs.uuid, uuid=once, request=theirs, author=outsider, side="desk", text="Other")

    assert write(browser, request, "Hello", once).status_code == 409
    assert messages_of(cast) == []


@pytest.mark.promise("P29")
def test_a_second_click_writes_one_message(cast, browser):
    request, once = journey.received(cast), uuid4()

    write(browser, request, "Hello", once)
    write(browser, request, "Hello", once)

    assert messages_of(cast) == ["Hello"]


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "typed",
    [
        {"text": ""},
        {"text": "x" * 10001},
        {"text": "a\x00b"},
        {"once": ""},
        {"once": "no-uuid"},
        {"text": " \n "},
    ],
    ids=["empty", "long", "nul", "once missing", "once wrong", "blank"],
)
def test_a_message_that_cannot_be_taken_is_kept_on_the_page(cast, browser, typed):
    request = journey.received(cast)
    full = {"text": "Words to keep", "once": str(uuid4())} | typed

    page = browser.post(f"/community/requests/{request.uuid}/message/", full)

    assert page.status_code == 422
    assert "text" in typed or "Words to keep" in text_of(page)
    assert messages_of(cast) == []


@pytest.mark.promise("P06")
@pytest.mark.parametrize("shape", [str, lambda code: code.replace(" ", ""), lambda code: code.replace(" ", "-")])
def test_a_receipt_code_in_a_message_is_refused_and_not_stored(cast, browser, client, shape):
    request = journey.received(cast)
    code = shape(shown_code(begun(client)))

    page = write(browser, request, f"please help, {code} is ours")

    assert page.status_code == 422
    assert "There is a receipt code in this text" in text_of(page)
    assert messages_of(cast) == []


def test_older_messages_are_on_their_own_page(cast, browser):
    request = journey.received(cast)
    for number in range(13):
        write_message(request, text=f"word {number:02}", language="en", once=uuid4(), by=cast.member)

    page = page_of(browser, request)
    assert ("word 02" in text_of(page), "word 03" in text_of(page)) == (False, True)
    with acting_as(cast.member):
        end = RequestMessage.objects.order_by("pk")[3]
    older = browser.get(f"/community/requests/{request.uuid}/?before={end.uuid}")

    assert "word 00" in text_of(older)
    assert "word 03" not in text_of(older)


@pytest.mark.parametrize(
    "query", ["before=x", "before=", "before=00000000-0000-4000-8000-000000000000", "before=%00", "page=-1"]
)
def test_a_nonsense_turn_of_the_page_shows_the_newest(cast, browser, query):
    request = journey.talked(cast)

    assert "Thank you for writing to us." in text_of(browser.get(f"/community/requests/{request.uuid}/?{query}"))


@pytest.mark.promise("P07")
def test_internal_notes_and_safety_notes_are_on_no_page_of_the_community(cast, browser, supporter, helper_browser):
    work = journey.introduced(cast)
    request = request_of(work, cast.facilitator)
    write_note(request, text=CANARY, once=uuid4(), by=cast.facilitator)
    pages = [
        "/community/", "/community/consents/", f"/community/collaborations/{work.uuid}/",
        *(f"/community/requests/{request.uuid}/{page}" for page in PAGES),
    ]  # fmt: skip

    for who in (browser, helper_browser):
        shown = "".join(who.get(page).content.decode() for page in pages)
        assert CANARY not in shown
        assert "Call after dark." not in shown
        assert cast.facilitator.email not in shown
        assert "score" not in shown
    with acting_as(cast.member):
        assert not InternalNote.objects.exists()
        assert not SafetyCheck.objects.exists()


def test_taking_a_request_back_says_what_ends_and_ends_it(cast, browser):
    request = journey.matching(cast)
    page = page_of(browser, request, "withdraw/")
    assert "Everything that was shared with allies ends at once" in text_of(page)

    browser.post(f"/community/requests/{request.uuid}/withdraw/", {"version": hidden(page, "version")})
    again = browser.post(f"/community/requests/{request.uuid}/withdraw/", {"version": hidden(page, "version")})

    assert fresh(request, cast.member).status == RequestStatus.WITHDRAWN
    assert (again.status_code, again.url) == (302, "/community/")


@pytest.mark.promise("P29")
def test_a_decision_on_an_old_state_is_refused_with_a_sentence(cast, browser):
    request = journey.accepted(cast)

    page = browser.post(f"/community/requests/{request.uuid}/withdraw/", {"version": request.version - 1})

    assert page.status_code == 409
    assert fresh(request, cast.member).status == RequestStatus.ACCEPTED


def test_a_decline_shows_its_reason_the_other_door_and_the_right_to_a_second_look(cast, browser, coordinator):
    request = journey.declined(cast, to_whom="Legal clinic", words="Ask for the land desk.")
    address = f"/community/requests/{request.uuid}/second-look/"
    words = text_of(browser.get(address))
    assert "We do not have enough people now" in words
    assert "Legal clinic" in words
    assert "Ask for the land desk." in words

    browser.post(address, {"words": "The dam was approved yesterday."})
    browser.post(address, {"words": "The dam was approved yesterday."})
    assert "Another person answers you by" in text_of(browser.get(address))
    with acting_as(cast.member):
        look = SecondLook.objects.get()
    answer_second_look(look, reopen=True, message="We were wrong.", by=coordinator)

    assert "We were wrong." in text_of(page_of(browser, request))


@pytest.mark.promise("P29")
@pytest.mark.parametrize("words", ["x" * 5001, "a\x00b"])
def test_a_second_look_with_too_many_words_is_a_form_error(cast, browser, words):
    request = journey.declined(cast)

    page = browser.post(f"/community/requests/{request.uuid}/second-look/", {"words": words})

    assert page.status_code == 422
    with acting_as(cast.member):
        assert not SecondLook.objects.exists()


def test_a_second_look_needs_a_decline(cast, browser):
    request = journey.accepted(cast)

    assert browser.post(f"/community/requests/{request.uuid}/second-look/", {"words": ""}).status_code == 403


@pytest.mark.promise("P09")
@pytest.mark.parametrize("page", ["", "answers/", "contact/", "message/", "offers/", "withdraw/", "second-look/"])
def test_another_community_finds_nothing(cast, strange_browser, ally_browser, page):
    request = journey.talked(cast)

    for who in (strange_browser, ally_browser):
        assert page_of(who, request, page).status_code == 404
        assert who.post(f"/community/requests/{request.uuid}/{page}", {"version": 1}).status_code == 404
    assert messages_of(cast) == ["Thank you for writing to us."]


def test_a_supporter_with_a_mandate_reads_and_writes_and_loses_it_with_the_mandate(cast, supporter, helper_browser):
    request = journey.received(cast)
    assert page_of(helper_browser, request).status_code == 200
    assert write(helper_browser, request, "For the assembly.").status_code == 302

    with acting_as(cast.member):
        leave(cast.community, "support", supporter)

    assert page_of(helper_browser, request).status_code == 404


def test_staff_see_no_request_in_this_portal(cast):
    request = journey.received(cast)

    assert page_of(signed_in(cast.facilitator, "collaborators.backends.EmailBackend"), request).status_code == 404
