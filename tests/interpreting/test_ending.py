"""What ends a task before its day, or stops it for a while."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from collaborations.actions import (
    allow_interpreter,
    ask_interpreter,
    end_interpreting,
    keep_translation,
    order_deletion,
    withdraw_request,
)
from collaborations.models import InterpreterTask
from collaborators.actions import confirm_thaw, freeze_community, propose_thaw
from collaborators.models import Freeze, FreezingSide
from cre.core.access import acting_as
from cre.core.outbox.models import Notice
from tests.community.walking import text_of
from tests.conftest import as_owner
from tests.interpreting.walking import TEXT, TRANSLATION, seen_by, wish
from tests.journey import fresh

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P11")]


def now(task):
    with as_owner():
        return InterpreterTask.objects.get(pk=task.pk)


def is_open_to(browser, task):
    return browser.get(f"/ally/interpreting/{task.uuid}/").status_code == 200


def stop(cast):
    freeze_community(
        cast.community.pk, side=FreezingSide.DESK, region_id=cast.community.region_id, reason="A phone.",
        by=cast.facilitator,
    )  # fmt: skip


def go_on(cast, coordinator):
    with acting_as(cast.facilitator):
        freeze = Freeze.objects.get(community=cast.community)
    propose_thaw(freeze, version=1, reason="We spoke.", by=cast.facilitator)
    confirm_thaw(freeze, version=2, by=coordinator)


# --- The desk ------------------------------------------------------------------------------------------
def test_the_desk_ends_it_and_the_community_reads_of_it(at_desk, browser, their_browser, given):
    assert "can no longer read the text" in at_desk.reads("interpreting-end", given.uuid)

    at_desk.post("interpreting-end", given.uuid, version=given.version)

    assert now(given).status == "ended"
    assert not is_open_to(their_browser, given)
    page = text_of(browser.get(f"/community/requests/{given.request.uuid}/"))
    assert "An interpreter no longer reads your text." in page


def test_a_second_click_ends_it_once(at_desk, given):
    for _ in range(2):
        assert at_desk.post("interpreting-end", given.uuid, version=given.version).status_code == 302

    assert now(given).version == given.version + 1


def test_what_was_given_back_is_not_ended(cast, interpreter, given):
    keep_translation(given, version=given.version, translation=TRANSLATION, is_ready=True, by=interpreter)

    with pytest.raises(PermissionDenied):
        end_interpreting(now(given), version=now(given).version, by=cast.facilitator)


@pytest.mark.parametrize("person", ["coordinator", "interpreter", "stranger"])
def test_only_its_desk_and_its_community_end_it(request, cast, given, person):
    with pytest.raises((PermissionDenied, Http404)):
        end_interpreting(given, version=given.version, by=request.getfixturevalue(person))

    assert now(given).status == "allowed"


# --- The request ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", ["task", "given"])
def test_a_request_that_is_taken_back_ends_it(request, cast, their_browser, state):
    task = request.getfixturevalue(state)
    about = fresh(task.request, cast.member)
    withdraw_request(about, version=about.version, by=cast.member)

    assert now(task).status == "ended"
    assert not is_open_to(their_browser, task)


def test_a_request_that_waits_to_be_deleted_ends_it(cast, their_browser, given):
    order_deletion(cast.community, request=given.request, by=cast.member)

    assert now(given).status == "ended"
    assert not is_open_to(their_browser, given)


@pytest.mark.promise("P10")
def test_what_waits_to_be_deleted_is_out_of_sight_even_if_it_had_not_ended(cast, interpreter, given):
    order_deletion(cast.community, request=given.request, by=cast.member)
    with as_owner():
        InterpreterTask.objects.filter(pk=given.pk).update(status="allowed", ended_at=None)

    with acting_as(interpreter):
        assert not InterpreterTask.objects.exists()


# --- A freeze ------------------------------------------------------------------------------------------
def test_while_everything_stands_still_the_interpreter_reads_and_writes_nothing(
    cast, interpreter, their_browser, given
):
    stop(cast)

    assert not is_open_to(their_browser, given)
    with pytest.raises(Http404):
        keep_translation(given, version=given.version, translation=TRANSLATION, is_ready=True, by=interpreter)
    assert now(given).translation_sealed == b""


def test_when_it_goes_on_the_day_is_the_one_that_the_community_allowed(cast, coordinator, their_browser, given):
    stop(cast)
    go_on(cast, coordinator)

    assert is_open_to(their_browser, given)
    assert now(given).due_at == given.due_at


def test_while_everything_stands_still_nobody_is_asked_and_nothing_allowed(cast, interpreter, languages, task):
    stop(cast)

    with pytest.raises(PermissionDenied):
        ask_interpreter(task.request, by=cast.facilitator, **wish(interpreter, languages))
    with pytest.raises((PermissionDenied, Http404)):
        allow_interpreter(task, version=task.version, by=cast.member)


def test_while_everything_stands_still_the_desk_can_end_it(cast, given):
    stop(cast)

    end_interpreting(seen_by(cast.facilitator, given), version=given.version, by=cast.facilitator)

    assert now(given).status == "ended"


def test_the_notice_to_the_interpreter_waits_while_everything_stands_still(
    cast, coordinator, interpreter, given, deliver
):
    stop(cast)
    deliver()
    with as_owner():
        assert not Notice.objects.filter(recipient=interpreter, topic="interpreter-task").exists()

    go_on(cast, coordinator)
    deliver()
    with as_owner():
        assert Notice.objects.filter(recipient=interpreter, topic="interpreter-task").count() == 1


def test_the_text_is_in_no_notice(given, deliver):
    deliver()

    with as_owner():
        assert [row for row in Notice.objects.values() if TEXT in str(row)] == []
