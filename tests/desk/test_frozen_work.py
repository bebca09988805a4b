"""What stands still while a community is frozen, and goes on when two people have thawed it."""

import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.http import Http404

from collaborations.actions import (
    accept_request,
    ask_second_look,
    check_safety,
    choose_ally,
    confirm_contact,
    decide_access,
    propose_allies,
    write_brief,
    write_in_collaboration,
    write_message,
    write_note,
)
from collaborations.models import (
    Collaboration,
    CollaborationMessage,
    Consent,
    Disclosure,
    Introduction,
    TimelineEntry,
)
from collaborations.models.requests import RiskLevel
from collaborators.actions import ask_level_raise, confirm_thaw, freeze_community, propose_thaw
from collaborators.models import Freeze, FreezingSide
from cre.core.access import acting_as
from cre.core.outbox import Notice, OutboxMessage
from cre.core.registries import frozen
from cre.core.vocabularies import AccessLevel
from tests import journey
from tests.conftest import as_owner
from tests.delivering import deliver_all
from tests.journey import BRIEF, fresh, request_of

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P11")]
DAY = timedelta(days=1)


def freeze(cast):
    freeze_community(cast.community.pk, side=FreezingSide.DESK, region_id=cast.community.region_id, by=cast.facilitator)
    with transaction.atomic(), acting_as(cast.facilitator):
        return Freeze.objects.latest("pk")


def thaw(cast, made, second):
    propose_thaw(made, version=1, reason="We spoke.", by=cast.facilitator)
    return confirm_thaw(made, version=2, by=second)


def topics_of(user):
    with acting_as(user):
        return set(Notice.objects.values_list("topic", flat=True))


def test_everything_that_a_freeze_stops_is_registered_in_words():
    assert {part.name for part in frozen} == {"doors", "retention", "sharing", "offers", "notices", "deadlines"}
    assert all(str(part.label) for part in frozen)


# --- Acts ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("station", "act"),
    [
        ("clarifying", lambda row, by: accept_request(row, version=row.version, by=by)),
        ("accepted", lambda row, by: write_brief(row, by=by, **BRIEF)),
        ("approved", lambda row, by: propose_allies(row, version=row.version, collaborators=[], by=by)),
    ],
    ids=["accept", "write a brief", "suggest allies"],
)
def test_the_desk_is_told_kindly_why_it_can_not_go_on(cast, station, act):
    row = getattr(journey, station)(cast)
    freeze(cast)

    with pytest.raises(PermissionDenied, match="stands still, for its safety"):
        act(row, cast.facilitator)


@pytest.mark.parametrize(
    "act",
    [
        lambda work, by: write_in_collaboration(work, text="Hello.", language="en", once=uuid4(), by=by),
        lambda work, by: confirm_contact(work, version=work.version, by=by),
    ],
    ids=["write", "say that they have spoken"],
)
def test_work_with_an_ally_waits_for_the_desk_too(cast, act):
    work = journey.introduced(cast)
    freeze(cast)

    with pytest.raises(PermissionDenied, match="stands still, for its safety"):
        act(work, cast.facilitator)


def test_the_desk_still_writes_to_it_keeps_notes_and_checks_the_safety(cast):
    row = journey.clarifying(cast)
    freeze(cast)

    write_message(row, text="We look for you.", language="en", once=uuid4(), by=cast.facilitator)
    write_note(row, text="Called at noon.", once=uuid4(), by=cast.facilitator)
    row = fresh(row, cast.facilitator)
    check_safety(row, version=row.version, level=RiskLevel.HIGH, channel_is_safe=False, notes="-", by=cast.facilitator)

    assert fresh(row, cast.facilitator).risk_level == "high"


def test_an_ally_that_is_let_in_meanwhile_is_not_introduced(cast, coordinator):
    with as_owner():
        cast.collaborator.access_level = AccessLevel.BRIEFS
        cast.collaborator.save()
    chosen = journey.chosen(cast)
    raised = ask_level_raise(cast.collaborator, by=cast.facilitator)
    freeze(cast)

    decide_access(raised, approved=True, by=coordinator)

    assert fresh(chosen, cast.facilitator).status == "chosen"
    with as_owner():
        assert Collaboration.objects.count() == 0


@pytest.mark.parametrize("model", [Introduction, Collaboration, Disclosure], ids=lambda model: model.__name__)
def test_the_database_refuses_what_shares_whoever_asks(cast, model):
    journey.introduced(cast)
    freeze(cast)
    change = {"field": "country"} if model is Disclosure else {"version": 9}

    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(cast.facilitator):
        model.objects.filter(pk=model.objects.first().pk).update(**change)


def test_the_database_refuses_a_message_and_a_consent_too(cast):
    work = journey.introduced(cast)
    row = request_of(work, cast.facilitator)
    freeze(cast)
    said = {"author": cast.facilitator, "side": "desk", "text": "Hello."}
    given = {"community_id": row.community_id, "request": row, "about": "brief", "is_given": True}

    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(cast.facilitator):
        CollaborationMessage.sealed_under(work.key_object, collaboration=work, **said)
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(cast.facilitator):
        Consent.sealed_under(cast.community.uuid, recorded_by=cast.facilitator, **given)


# --- Notices and dates ---------------------------------------------------------------------------------
def test_notices_wait_for_the_thaw_and_are_delivered_then(cast, coordinator):
    journey.introduced(cast)
    made = freeze(cast)
    deliver_all()
    during = topics_of(cast.ally), topics_of(cast.member)
    thaw(cast, made, coordinator)
    deliver_all()

    assert during == (set(), set())
    assert "introduced-ally" in topics_of(cast.ally)
    assert "ally-willing" in topics_of(cast.member)


def test_what_waits_is_no_try_and_becomes_no_dead_letter(cast):
    journey.introduced(cast)
    freeze(cast)
    for _ in range(9):
        deliver_all()
        with as_owner():
            OutboxMessage.objects.filter(error="held").update(due_at=cast.community.created_at)

    with as_owner():
        assert not OutboxMessage.objects.filter(dead=True).exists()
        assert set(OutboxMessage.objects.filter(error="held").values_list("tries", flat=True)) == {0}


def test_the_desk_the_focal_person_and_the_coordinator_are_told_at_once(cast, focal_person, coordinator):
    made = freeze(cast)
    deliver_all()

    with as_owner():
        assert OutboxMessage.objects.get(topic="frozen", recipient=None).urgent
    assert ["frozen" in topics_of(person) for person in (focal_person, coordinator)] == [True, True]
    assert made.is_open


def test_dates_move_by_as_long_as_everything_stood_still(cast, coordinator):
    work = journey.introduced(cast)
    before = request_of(work, cast.facilitator)
    made = freeze(cast)
    with as_owner():
        Freeze.objects.update(frozen_at=made.frozen_at - 3 * DAY)
    thaw(cast, made, coordinator)

    after = request_of(work, cast.facilitator)
    assert before.due_at is not None
    assert after.due_at is not None
    assert 3 * DAY <= after.due_at - before.due_at < 4 * DAY
    assert fresh(work, cast.facilitator).check_in_on - work.check_in_on >= 3 * DAY
    with acting_as(cast.facilitator):
        assert after.history.filter(due_at=after.due_at).exists()


def test_the_community_reads_afterwards_what_has_happened(cast, coordinator):
    row = journey.clarifying(cast)
    thaw(cast, freeze(cast), coordinator)

    with acting_as(cast.member):
        events = TimelineEntry.objects.filter(request=row).values_list("event", "side")
        assert list(events)[-2:] == [("frozen", "desk"), ("thawed", "desk")]


def test_a_second_look_waits_too(cast, coordinator):
    row = journey.declined(cast)
    look = ask_second_look(row, words="Please.", by=cast.member)
    made = freeze(cast)
    with as_owner():
        Freeze.objects.update(frozen_at=made.frozen_at - 3 * DAY)
    thaw(cast, made, coordinator)

    assert fresh(look, cast.facilitator).due_at - look.due_at >= 3 * DAY


# --- In the same moment --------------------------------------------------------------------------------
def in_parallel(*works):
    """Each on a connection of its own, all beginning together; what each raised, or None."""
    begin = threading.Barrier(len(works))
    raised: list[Any] = [None] * len(works)

    def run(place, work):
        begin.wait(timeout=10)
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the test looks at what was raised
            raised[place] = type(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise("P23")
def test_two_freezes_in_the_same_moment_are_one(cast, focal_person):
    def by_focal_person():
        region = cast.community.region_id
        freeze_community(cast.community.pk, side=FreezingSide.SECURITY, region_id=region, by=focal_person)

    raised = in_parallel(lambda: freeze(cast), by_focal_person)

    with as_owner():
        assert (raised, Freeze.objects.count()) == ([None, None], 1)


@pytest.mark.django_db(transaction=True)
def test_a_choice_in_the_same_moment_comes_whole_before_the_freeze_or_not_at_all(cast):
    willing = journey.willing(cast)

    raised = in_parallel(
        lambda: choose_ally(willing, version=willing.version, fields=journey.SHARED, by=cast.member),
        lambda: freeze(cast),
    )

    with as_owner():
        was_chosen = raised[0] is None
        assert raised[1] is None
        is_refused = Http404 | PermissionDenied | ProgrammingError | ObjectDoesNotExist
        assert was_chosen or issubclass(raised[0], is_refused)
        assert Collaboration.objects.count() == int(was_chosen)
        assert Disclosure.objects.count() == len(journey.SHARED) * was_chosen
        assert Consent.objects.filter(about="disclose").count() == int(was_chosen)
    with transaction.atomic(), acting_as(cast.ally):
        assert (Disclosure.objects.count(), Introduction.objects.count()) == (0, 0)
