"""Abuse is slowed for whoever does it, and marked for the desk; nobody else notices."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
import structlog
import time_machine
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import Client, RequestFactory

from collaborations.actions import flag_request
from collaborations.forms.arriving import mark_of
from collaborations.models import SafetyFlag, SupportRequest
from collaborations.models.safety import Oddity
from collaborators.codes import ReceiptCode, new_code
from collaborators.models import User
from collaborators.notices import RESET_ASKED
from cre.core.access import acting_as
from cre.core.outbox.models import OutboxMessage
from tests.community.walking import EMAIL, REACH, hidden, signed_in, text_of
from tests.conftest import PASSWORD, as_owner
from tests.journey import draft, received

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P19")]
WRONG = "wrong-wrong-wrong"
ADDRESS, ELSEWHERE = "203.0.113.5", "203.0.113.6"


def try_code(code, address=ADDRESS):
    return Client(REMOTE_ADDR=address).post("/community/code/", {"door-code": str(code)})


def try_password(email, password=WRONG, address=ADDRESS):
    return Client(REMOTE_ADDR=address).post("/accounts/login/", {"login": email, "password": password})


def with_secret(code, secret):
    return ReceiptCode(code.locator, secret)


def flags_of(request) -> set[str]:
    with as_owner():
        return set(SafetyFlag.objects.filter(request=request).values_list("oddity", flat=True))


def newest() -> SupportRequest:
    with as_owner():
        return SupportRequest.objects.latest("created_at")


# --- Codes and passwords -------------------------------------------------------------------------------
def test_a_thousand_wrong_codes_are_slowed_and_the_right_one_of_somebody_else_at_that_address_is_not(intake):
    asked = RequestFactory().post("/community/code/", REMOTE_ADDR=ADDRESS)
    with structlog.testing.capture_logs() as seen:
        answers = {authenticate(asked, receipt_code=new_code()) for _ in range(1000)}

    kinds = [event["event"] for event in seen if event.get("way") == "code"]
    assert answers == {None}
    assert len(kinds) == 1000
    # Twenty at once, and one more for each half minute that this test takes.
    assert 20 <= kinds.count("authn_login_fail") < 60
    assert try_code(intake.code).status_code == 302


@pytest.mark.promise("P05")
def test_a_wrong_code_an_unknown_one_a_dead_one_and_a_slowed_one_get_the_same_answer(intake, region):
    dead = with_secret(intake.code, "1" * 19)
    with as_owner():
        User.objects.filter(pk=intake.user.pk).update(is_active=False)
    wrong = (dead, new_code(), intake.code, *(new_code() for _ in range(25)))
    answers = [try_code(code) for code in wrong]

    assert {answer.status_code for answer in answers} == {422}
    assert len({text_of(answer) for answer in answers}) == 1
    assert len({frozenset(answer.headers) for answer in answers}) == 1


def test_whoever_hammers_one_code_from_everywhere_does_not_lock_out_its_owner(intake):
    for number in range(30):
        try_code(with_secret(intake.code, f"{number:019}"), address=f"198.51.100.{number}")

    assert try_code(intake.code).status_code == 302


def test_a_right_code_costs_nothing(intake):
    for _ in range(40):
        assert try_code(intake.code).status_code == 302


def test_many_wrong_passwords_are_answered_with_the_time_to_wait_and_what_was_typed_is_kept(facilitator):
    answers = [try_password(facilitator.email) for _ in range(12)]

    assert {answer.status_code for answer in answers[:10]} == {200}
    assert {answer.status_code for answer in answers[10:]} == {429}
    assert answers[-1].headers["Retry-After"] == "10"
    assert "Please wait 10 seconds" in text_of(answers[-1])
    assert WRONG not in answers[-1].content.decode()


def test_an_unknown_address_is_answered_like_a_known_one(facilitator):
    known = [try_password(facilitator.email) for _ in range(12)]
    unknown = [try_password("stranger-to-us@test.example", address=ELSEWHERE) for _ in range(12)]

    assert [answer.status_code for answer in unknown] == [answer.status_code for answer in known]
    assert text_of(unknown[-1]).replace("stranger-to-us@", "facilitator@") == text_of(known[-1])


def test_the_right_password_gets_in_after_many_wrong_ones_from_the_same_address(facilitator, other_facilitator):
    for _ in range(30):
        try_password(facilitator.email)

    assert try_password(other_facilitator.email, PASSWORD).status_code == 302
    assert try_password(facilitator.email, PASSWORD, address=ELSEWHERE).status_code == 302


def test_a_guess_that_is_slowed_is_not_looked_at_again_at_once(facilitator):
    for _ in range(12):
        try_password(facilitator.email)

    assert try_password(facilitator.email, PASSWORD).status_code == 429


def test_without_redis_the_right_code_and_password_still_open(settings, intake, facilitator):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert try_code(intake.code).status_code == 302
    assert try_password(facilitator.email, PASSWORD).status_code == 302


@pytest.mark.parametrize("email", ["facilitator@test.example", "nobody@test.example"])
def test_nobodys_mailbox_is_filled_and_nobody_learns_whose_it_is(facilitator, email):
    typed = {"email": email}
    answers = [Client(REMOTE_ADDR=ADDRESS).post("/accounts/password/reset/", typed).status_code for _ in range(5)]

    assert answers == [302, 302, 302, 429, 429]
    with as_owner():
        assert OutboxMessage.objects.filter(topic=RESET_ASKED.code).count() == 3


# --- Asking and writing --------------------------------------------------------------------------------
def reach(seconds=60, **answers):
    """The answer to the second question, `seconds` after the page was shown."""
    mark = mark_of(int(time.time()) - seconds)
    page = Client(REMOTE_ADDR=ADDRESS).post(
        "/community/ask/reach/", REACH | {"channel_asked": mark, "website": ""} | answers
    )
    assert page.status_code == 200
    return newest()


def test_a_person_who_takes_their_time_is_not_marked():
    assert flags_of(reach()) == set()


@pytest.mark.parametrize(
    ("odd", "marked"),
    [
        ({"seconds": 1}, {"quick"}),
        ({"channel_asked": ""}, {"quick"}),
        ({"channel_asked": "1-12345678"}, {"quick"}),
        ({"channel_asked": "9" * 6000}, {"quick"}),
        ({"website": "https://canary.example"}, {"trap"}),
        ({"seconds": 1, "website": "x"}, {"quick", "trap"}),
    ],
    ids=["fast", "no mark", "forged mark", "long mark", "filled trap", "both"],
)
def test_what_is_odd_about_asking_is_marked_and_not_refused(odd, marked):
    assert flags_of(reach(**odd)) == marked


def test_many_requests_from_one_address_are_marked_and_not_refused():
    marked = [flags_of(reach()) for _ in range(7)]

    assert marked == [set()] * 5 + [{"many"}] * 2


def test_without_redis_asking_goes_on_and_is_marked_as_not_checked(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert flags_of(reach()) == {"unchecked"}


def test_the_mark_of_the_page_stays_when_an_answer_was_missing():
    client = Client()
    page = client.post("/community/ask/reach/", {"danger": "no"})
    mark = hidden(page, "channel_asked")
    page = client.post("/community/ask/reach/", REACH | {"channel": "", "channel_asked": mark})

    assert page.status_code == 422
    assert hidden(page, "channel_asked") == mark


def test_the_trap_is_out_of_sight_and_says_what_it_is_to_whoever_hears_the_page():
    page = Client().post("/community/ask/reach/", {"danger": "no"}).content.decode()

    assert '<label class="unseen">Leave this empty <input name="website" tabindex="-1"></label>' in page


@pytest.mark.parametrize(("seconds", "marked"), [(2, {"quick"}), (60, set())])
def test_sending_at_once_after_asking_is_marked(cast, browser, seconds, marked):
    begun = draft(cast)
    with time_machine.travel(begun.created_at + timedelta(seconds=seconds), tick=False):
        sent = browser.post(f"/community/ask/{begun.uuid}/check/", {"version": begun.version})

    assert sent.status_code == 302
    assert flags_of(begun) == marked


def test_many_messages_are_marked_and_all_of_them_arrive(cast, browser):
    request = received(cast)
    for _ in range(11):
        page = browser.post(f"/community/requests/{request.uuid}/message/", {"text": "Hello", "once": str(uuid4())})
        assert page.status_code == 302

    assert flags_of(request) == {"many"}
    with acting_as(cast.member):
        assert request.messages.count() == 11


# --- Who reads it --------------------------------------------------------------------------------------
def test_the_desk_reads_what_was_odd_at_the_safety_check(cast):
    sent = received(cast)
    address = f"/desk/requests/{sent.uuid}/safety/"
    desk = signed_in(cast.facilitator, EMAIL)
    assert "unusual" not in text_of(desk.get(address))
    with as_owner():
        SafetyFlag.objects.create(request=sent, oddity="trap")

    page = text_of(desk.get(address))

    assert "look at it before you share anything" in page
    assert "A field was filled in that people do not see." in page


@pytest.mark.promise("P10")
def test_nobody_marks_what_somebody_else_sends(cast, outsider):
    sent = received(cast)
    flag = "SELECT cre_flag_request(%s, ARRAY['trap'])"
    with pytest.raises(PermissionDenied):
        flag_request(sent, {Oddity.TRAP}, by=outsider)
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(outsider), connection.cursor() as cursor:
        cursor.execute(flag, [sent.pk])

    assert flags_of(sent) == set()


@pytest.mark.promise("P07")
@pytest.mark.promise("P10")
def test_whoever_sends_does_not_see_what_is_noted_about_it(cast):
    sent = received(cast)
    flag_request(sent, {Oddity.TRAP, Oddity.QUICK}, by=cast.member)
    flag_request(sent, {Oddity.TRAP}, by=cast.member)

    assert flags_of(sent) == {"trap", "quick"}
    with transaction.atomic(), acting_as(cast.member):
        assert not SafetyFlag.objects.exists()
    with transaction.atomic(), acting_as(cast.facilitator):
        assert SafetyFlag.objects.count() == 2
