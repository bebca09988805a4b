"""A pause in the work with an ally: the community begins and ends it; meanwhile the ally waits."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.utils import timezone

from collaborations.actions import (
    end_collaboration,
    pause_collaboration,
    put_forward,
    resume_collaboration,
    write_in_collaboration,
)
from collaborations.events import Event
from collaborations.models import Collaboration, CollaborationMessage, TimelineEntry
from cre.core.access import acting_as
from tests import journey
from tests.community.walking import text_of
from tests.conftest import log_in
from tests.journey import fresh, request_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(cast):
    return journey.introduced(cast)


@pytest.fixture
def resting(cast, work):
    return pause_collaboration(work, version=work.version, by=cast.member)


def address(work, act):
    return f"/community/collaborations/{work.uuid}/{act}/"


def written_by(user, work):
    return write_in_collaboration(work, text="Hello", language="en", once=uuid4(), by=user)


def events(work, user):
    with acting_as(user):
        return list(TimelineEntry.objects.filter(collaboration=work).values_list("event", flat=True))


def test_the_community_lets_the_work_rest_and_goes_on(cast, browser, work):
    browser.post(address(work, "pause"), {"version": work.version})
    rests = text_of(browser.get(f"/community/collaborations/{work.uuid}/"))
    browser.post(address(work, "resume"), {"version": fresh(work, cast.member).version})
    goes_on = text_of(browser.get(f"/community/collaborations/{work.uuid}/"))

    assert ("This work rests" in rests, "This work rests" in goes_on) == (True, False)
    assert [event for event in events(work, cast.member) if "_paused" in event or "_resumed" in event] == [
        Event.COLLABORATION_PAUSED,
        Event.COLLABORATION_RESUMED,
    ]


def test_the_page_says_what_a_pause_means_before_it_begins(cast, browser, work):
    words = text_of(browser.get(address(work, "pause")))

    assert "Your ally cannot write to you" in words
    assert fresh(work, cast.member).paused_at is None


def test_a_second_click_is_calm(cast, browser, work):
    first = [browser.post(address(work, "pause"), {"version": work.version}).status_code for _ in range(2)]
    version = fresh(work, cast.member).version
    second = [browser.post(address(work, "resume"), {"version": version}).status_code for _ in range(2)]

    assert first + second == [302] * 4
    assert events(work, cast.member).count(Event.COLLABORATION_PAUSED) == 1


def test_a_pause_without_its_version_is_asked_for_again(cast, browser, work):
    assert browser.post(address(work, "pause"), {"version": ""}).status_code == 422
    assert fresh(work, cast.member).paused_at is None


def test_the_ally_is_told_why_it_cannot_say_that_they_have_spoken(cast, ally_browser, resting):
    answer = ally_browser.post(f"/ally/collaborations/{resting.uuid}/spoken/", {"version": resting.version})

    assert (answer.status_code, "needs a pause" in text_of(answer)) == (403, True)


def test_the_desk_is_not_sent_to_ask_either_side_meanwhile(cast, client, resting):
    page = text_of(log_in(client, cast.facilitator).get(f"/desk/requests/{request_of(resting, cast.member).uuid}/"))

    assert ("The community needs a pause" in page, "whether they have spoken" in page) == (True, False)


def test_the_ally_and_the_desk_are_told(cast, ally_browser, client, resting, deliver):
    deliver()

    for browser, portal in ((ally_browser, "ally"), (log_in(client, cast.facilitator), "desk")):
        assert "A collaboration rests for a while." in text_of(browser.get(f"/{portal}/"))


def test_the_ally_waits_and_keeps_what_it_typed(cast, ally_browser, resting):
    page = text_of(ally_browser.get(f"/ally/collaborations/{resting.uuid}/"))
    answer = ally_browser.post(
        f"/ally/collaborations/{resting.uuid}/message/", {"text": "typed for a long time", "once": str(uuid4())}
    )

    assert "The community needs a pause" in page
    assert (answer.status_code, b"typed for a long time" in answer.content) == (403, True)


def test_the_ally_asks_to_publish_nothing_meanwhile(cast, resting):
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(PermissionDenied, match="needs a pause"):
        put_forward(resting, text="x", where="x", appears_on=tomorrow, language="en", once=uuid4(), by=cast.ally)


def test_the_community_and_the_desk_still_write(cast, resting):
    for user in (cast.member, cast.facilitator):
        written_by(user, resting)

    with acting_as(cast.member):
        assert CollaborationMessage.objects.count() == 2


def test_the_ally_writes_again_when_the_work_goes_on(cast, resting):
    resume_collaboration(resting, version=resting.version, by=cast.member)

    assert written_by(cast.ally, resting).side == "ally"


@pytest.mark.parametrize("who", ["ally", "facilitator", "coordinator"])
def test_nobody_else_pauses_or_goes_on(cast, work, coordinator, who):
    user = coordinator if who == "coordinator" else getattr(cast, who)
    with pytest.raises(PermissionDenied):
        pause_collaboration(work, version=work.version, by=user)
    resting = pause_collaboration(work, version=work.version, by=cast.member)
    with pytest.raises(PermissionDenied):
        resume_collaboration(resting, version=resting.version, by=user)


@pytest.mark.parametrize("paused_at", [None, timezone.now()], ids=["go on", "pause"])
def test_the_database_lets_nobody_else_pause_or_go_on(cast, work, paused_at):
    if paused_at is None:
        pause_collaboration(work, version=work.version, by=cast.member)

    with pytest.raises(ProgrammingError, match="rest"), transaction.atomic(), acting_as(cast.facilitator):
        Collaboration.objects.filter(pk=work.pk).update(paused_at=paused_at)


@pytest.mark.parametrize("side", ["ally", "community"])
def test_the_database_takes_no_word_of_the_ally_meanwhile_whichever_side_it_names(cast, resting, side):
    with pytest.raises(ProgrammingError, match="rests"), transaction.atomic(), acting_as(cast.ally):
        CollaborationMessage.sealed_under(
            resting.key_object, collaboration=resting, author=cast.ally, side=side, language="en", text="x"
        )


def test_what_has_ended_does_not_rest(cast, browser, work):
    end_collaboration(work, version=work.version, by=cast.member)

    answer = browser.post(address(work, "pause"), {"version": work.version})

    assert answer.status_code == 302
    with pytest.raises(PermissionDenied):
        pause_collaboration(fresh(work, cast.member), version=fresh(work, cast.member).version, by=cast.member)


def test_what_ended_in_a_pause_has_ended_for_the_ally_too(cast, ally_browser, resting):
    end_collaboration(resting, version=resting.version, by=cast.member)

    page = text_of(ally_browser.get(f"/ally/collaborations/{resting.uuid}/"))
    answer = ally_browser.post(f"/ally/collaborations/{resting.uuid}/message/", {"text": "x", "once": str(uuid4())})

    assert ("Please write nothing to it" in page, "has ended" in text_of(answer)) == (False, True)
