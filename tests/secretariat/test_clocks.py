"""What stops a clock, and that a community is asked before anything of it goes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from collaborations.actions import answer_keeping, ask_second_look, record_keeping
from collaborations.clocks_kept import clock_of
from collaborations.models import KeepQuestion
from collaborators.actions import end_hold, place_hold
from cre.core.access import acting_as, acting_system, current_scope
from cre.core.outbox import notices_for
from cre.core.retention import run_retention
from cre.core.vocabularies import ConsentForm
from tests import journey
from tests.community.conftest import deliver
from tests.community.walking import signed_in
from tests.conftest import as_owner
from tests.retaining import ask_and_wait, is_there, over_since, proofs

__all__ = ["deliver"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise("P15")]
REQUEST = "collaborations.SupportRequest"


def stands(request) -> tuple[str, ...]:
    with transaction.atomic(), acting_system():
        clock = clock_of(REQUEST, request.uuid)
    return clock.stands if clock else ("no clock",)


def question_of(request) -> KeepQuestion:
    with as_owner():
        return KeepQuestion.objects.get(request_id=request.pk)


def declined_long_ago(cast):
    request = journey.declined(cast)
    over_since(request, 400)
    return request


# --- What stands -----------------------------------------------------------------------------------------
def test_the_clock_of_an_open_request_does_not_run(cast):
    assert stands(journey.received(cast)) == ("no clock",)


def test_work_that_goes_on_stops_the_clock(cast):
    request = journey.request_of(journey.introduced(cast), cast.member)
    with as_owner():
        type(request).objects.filter(pk=request.pk).update(closed_at=timezone.now())
    over_since(request, 2000)

    run_retention()

    assert (stands(request), is_there(request)) == (("collaboration",), True)


def test_an_ally_that_is_being_asked_stops_the_clock(cast):
    request = journey.request_of(journey.offered(cast), cast.member)
    with as_owner():
        type(request).objects.filter(pk=request.pk).update(closed_at=timezone.now())
    over_since(request, 2000)

    run_retention()

    assert (stands(request), is_there(request)) == (("introduction",), True)


def test_an_unanswered_second_look_stops_the_clock(cast):
    request = declined_long_ago(cast)
    ask_second_look(request, words="Please.", by=cast.member)

    run_retention()

    with as_owner():
        assert not KeepQuestion.objects.exists()
    assert (stands(request), is_there(request)) == (("second_look",), True)


def test_a_legal_hold_stops_the_clock_until_another_person_ends_it(cast, coordinator, second_coordinator):
    request = declined_long_ago(cast)
    hold = place_hold(REQUEST, request.uuid, reason="a court has asked", by=coordinator)
    ask_and_wait(31)
    run_retention()
    held = (stands(request), is_there(request))

    end_hold(hold, version=hold.version, by=second_coordinator)
    ask_and_wait(31)
    run_retention()

    assert (held, is_there(request)) == ((("hold",), True), False)


# --- Asked before ----------------------------------------------------------------------------------------
def test_nothing_goes_before_the_community_was_asked_however_old_it_is(cast):
    request = declined_long_ago(cast)

    run_retention()
    run_retention()

    assert (is_there(request), question_of(request).answer) == (True, "")


def test_the_community_and_its_desk_are_told(cast, deliver):
    declined_long_ago(cast)
    run_retention()
    deliver()

    for reader, words in ((cast.member, "keep what you told us longer"), (cast.facilitator, "by its safe channel")):
        with transaction.atomic(), acting_as(reader):
            assert any(words in str(notice.text) for notice in notices_for(current_scope()))


def test_without_an_answer_it_goes_on_the_day(cast):
    request = declined_long_ago(cast)
    ask_and_wait(31)
    run_retention()

    assert (is_there(request), proofs()) == (False, ["declined"])


def test_a_yes_of_the_community_begins_the_time_anew(cast):
    request = declined_long_ago(cast)
    run_retention()
    question = question_of(request)
    page = signed_in(cast.member).post(
        reverse("community:keep", args=[question.uuid]), {"answer": "keep", "version": question.version}
    )
    ask_and_wait(31)
    run_retention()

    assert (page.status_code, is_there(request)) == (302, True)


def test_a_community_that_lets_it_go_need_not_wait(cast):
    request = declined_long_ago(cast)
    run_retention()
    question = question_of(request)
    answer_keeping(question, KeepQuestion.Answer.DELETE, version=question.version, by=cast.member)
    run_retention()

    assert not is_there(request)


def test_the_desk_writes_down_a_yes_that_it_heard(cast):
    request = declined_long_ago(cast)
    run_retention()
    question = question_of(request)
    page = signed_in(cast.facilitator, "collaborators.backends.EmailBackend").post(
        reverse("desk:keeping-record", args=[question.uuid]), {"form": ConsentForm.VOICE, "version": question.version}
    )

    answered = question_of(request)
    assert (page.status_code, answered.answer, answered.form) == (302, "keep", ConsentForm.VOICE)
    assert answered.answered_by_id == cast.facilitator.pk


@pytest.mark.promise("P10")
def test_the_desk_alone_lets_nothing_go(cast):
    request = declined_long_ago(cast)
    run_retention()
    with transaction.atomic(), acting_as(cast.facilitator), pytest.raises(ProgrammingError):
        KeepQuestion.objects.filter(request=request).update(answer="delete")


def test_another_desk_is_not_asked_and_writes_nothing_down(cast, other_facilitator):
    request = declined_long_ago(cast)
    run_retention()
    browser = signed_in(other_facilitator, "collaborators.backends.EmailBackend")

    assert browser.get(reverse("desk:keeping")).context["questions"] == []
    assert browser.post(reverse("desk:keeping-record", args=[question_of(request).uuid])).status_code == 404


@pytest.mark.promise("P09")
def test_the_rule_alone_keeps_the_question_from_another_desk(cast, other_facilitator):
    request = declined_long_ago(cast)
    run_retention()
    browser = signed_in(other_facilitator, "collaborators.backends.EmailBackend")
    address = reverse("desk:keeping-record", args=[question_of(request).uuid])

    with as_owner():
        assert browser.post(address).status_code == 404


def test_an_answer_is_given_once(cast):
    request = declined_long_ago(cast)
    run_retention()
    question = record_keeping(question_of(request), ConsentForm.VOICE, version=1, by=cast.facilitator)

    with pytest.raises(PermissionDenied):
        answer_keeping(question, KeepQuestion.Answer.DELETE, version=question.version, by=cast.member)
