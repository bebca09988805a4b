"""Claims: one worker at a time, each try counted before it happens, nothing lost, poison set apart."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cre.core.access import acting_system
from cre.core.outbox import OutboxMessage, claims
from cre.core.outbox.delivery import deliver_message
from tests.core.outbox.conftest import change_messages, messages, notices, send
from tests.core.outbox.topics import BROKEN, POISON, TOLD, URGENT
from tests.delivering import deliver_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(community, facilitator):
    send(TOLD, community, by=facilitator)
    return messages()[0]


def past():
    return timezone.now() - timedelta(seconds=1)


def test_urgent_messages_come_first(community, facilitator):
    send(TOLD, community, by=facilitator)
    send(URGENT, community, by=facilitator)
    send(URGENT, community, by=facilitator)

    assert [message.topic for message in claims.claim(1)] == ["test.urgent"]
    assert [message.topic for message in claims.claim()] == ["test.urgent", "test.told"]


def test_a_message_waits_until_it_is_due(community, facilitator):
    send(TOLD, community, by=facilitator, due_at=timezone.now() + timedelta(hours=1))

    assert claims.claim() == []
    assert 3590 < (claims.seconds_to_next() or 0) < 3610


def test_an_attempt_is_counted_and_leased_before_the_message_is_handed_over(message):
    [claimed] = claims.claim(lease=60)

    [kept] = messages()
    assert claimed.attempts == kept.attempts == 1
    assert timezone.now() + timedelta(seconds=50) < kept.leased_until <= timezone.now() + timedelta(seconds=60)


def test_a_claimed_message_is_not_claimed_again_until_its_lease_ends(message):
    claims.claim()
    assert claims.claim() == []

    change_messages(leased_until=past())
    assert [again.attempts for again in claims.claim()] == [2]


def test_a_message_whose_worker_died_comes_back_and_is_delivered(message, member):
    [claimed] = claims.claim()
    claims.begin(claimed.pk, claimed.attempts)
    change_messages(leased_until=past())

    deliver_all()

    assert notices() == [(member.pk, "test.told")]


def test_whoever_comes_late_with_an_old_claim_does_nothing(message):
    [old] = claims.claim()
    change_messages(leased_until=past())
    [new] = claims.claim()

    assert claims.begin(old.pk, old.attempts) is None
    assert claims.begin(new.pk, new.attempts) is not None


def test_a_claim_begins_only_once_however_often_the_queue_gives_it_out(message):
    [claimed] = claims.claim()

    assert claims.begin(claimed.pk, claimed.attempts) is not None
    assert claims.begin(claimed.pk, claimed.attempts) is None


def test_a_queue_without_workers_loses_nothing_and_is_asked_less_and_less(message):
    for _ in range(20):
        assert len(claims.claim(lease=60)) == 1
        claims.bury_lost()
        change_messages(leased_until=past())
    claims.claim(lease=60)

    [kept] = messages()
    assert (kept.attempts, kept.tries, kept.dead) == (21, 0, False)
    assert kept.leased_until > timezone.now() + timedelta(minutes=10)


def test_what_kills_its_worker_each_time_ends_as_a_dead_letter_and_the_others_arrive(community, facilitator, member):
    send(POISON, community, by=facilitator)
    for _ in range(claims.MAX_TRIES):
        [claimed] = claims.claim()
        claims.begin(claimed.pk, claimed.attempts)
        assert claims.bury_lost() == 0
        change_messages(leased_until=past())
    send(TOLD, community, by=facilitator)

    assert claims.bury_lost() == 1
    deliver_all()

    [dead] = messages(dead=True)
    assert (dead.topic, dead.tries, dead.error) == ("test.poison", 8, "WorkerLost")
    assert notices() == [(member.pk, "test.told")]


def test_what_fails_is_tried_again_after_longer_and_longer_pauses_and_then_set_apart(community, facilitator):
    send(BROKEN, community, by=facilitator)
    pauses = []
    for _ in range(claims.MAX_TRIES):
        deliver_all()
        [kept] = messages()
        pauses.append(round((kept.due_at - timezone.now()).total_seconds()))
        change_messages(due_at=past())

    assert pauses == [15, 60, 240, 960, 3840, 15360, 21600, 21600]
    assert (kept.dead, kept.tries, kept.done_at) == (True, 8, None)
    assert claims.claim() == []


def test_an_error_is_kept_by_its_name_without_its_values(community, facilitator, caplog):
    send(BROKEN, community, by=facilitator)

    deliver_all()

    assert messages()[0].error == "ValueError"
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_dead_letters_can_be_given_new_tries(message, member):
    change_messages(dead=True, tries=8)

    assert claims.revive() == 1
    deliver_all()

    assert notices() == [(member.pk, "test.told")]


def test_a_delivered_message_stays_delivered(message, member):
    [claimed] = claims.claim()
    deliver_message(claimed.pk, claimed.attempts)
    change_messages(leased_until=past())

    assert [left.channel for left in claims.claim()] == ["in_app"]


@pytest.mark.django_db(transaction=True)
def test_two_relays_never_claim_the_same_message(community, facilitator):
    send(TOLD, community, by=facilitator)
    send(URGENT, community, by=facilitator)
    held, claimed = Event(), Event()

    def hold_the_first() -> None:
        with transaction.atomic(), acting_system():
            OutboxMessage.objects.select_for_update().get(topic="test.urgent")
            held.set()
            claimed.wait(5)
        connection.close()

    other = Thread(target=hold_the_first)
    other.start()
    held.wait(5)
    topics = [message.topic for message in claims.claim()]
    claimed.set()
    other.join()

    assert topics == ["test.told"]
