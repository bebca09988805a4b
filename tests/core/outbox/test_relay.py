"""The relay: fans out, hands over, and does without the broker what cannot wait."""

import socket
import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from redis import Redis

from cre import celery as beat
from cre.core.access import acting_as
from cre.core.ledger import Kind, record
from cre.core.ledger.models import LedgerEntry, LedgerLink
from cre.core.outbox import heartbeat, is_alive
from cre.core.outbox.models import Heartbeat
from cre.core.outbox.relay import Relay
from cre.core.tasks import keep_ledger_head, remove_what_is_over
from cre.core.vault.models import LedgerHead
from tests.conftest import as_owner
from tests.core.outbox.conftest import change_messages, messages, notices, send, set_broker
from tests.core.outbox.topics import TOLD, TRACE, URGENT
from tests.delivering import deliver_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead_broker(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    set_broker(monkeypatch, f"redis://127.0.0.1:{port}/0")


@pytest.fixture
def broker(monkeypatch, settings):
    """A broker that works, without workers."""
    address = settings.REDIS_URL.rpartition("/")[0] + "/9"
    set_broker(monkeypatch, address)
    with Redis.from_url(address) as redis:
        yield redis
        redis.flushdb()


@pytest.fixture
def silent_broker(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        set_broker(monkeypatch, f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        yield


def turn_until_quiet(relay):
    for _ in range(3):
        relay.turn()


def test_without_a_broker_the_relay_delivers_what_is_urgent_and_keeps_the_rest(
    dead_broker, community, facilitator, member
):
    send(TOLD, community, by=facilitator)
    send(URGENT, community, by=facilitator)

    turn_until_quiet(Relay())

    assert notices() == [(member.pk, "test.urgent")]
    [waiting] = messages(done_at=None)
    assert (waiting.topic, waiting.channel, waiting.tries) == ("test.told", "in_app", 0)
    assert waiting.leased_until < timezone.now() + timedelta(seconds=6)


def test_urgent_messages_overtake_the_others_in_the_queue(broker, community, facilitator, member):
    send(TOLD, community, by=facilitator)
    turn_until_quiet(Relay())
    send(URGENT, community, by=facilitator)
    turn_until_quiet(Relay())

    assert sorted(broker.keys("celery*")) == [b"celery", b"celery\x06\x166"]
    assert broker.llen("celery") == 1


def test_a_broker_that_hangs_costs_the_relay_one_short_wait_for_many_messages(
    silent_broker, community, facilitator, outsider
):
    for _ in range(20):
        send(TRACE, community, by=facilitator, person=outsider.pk)
    relay = Relay()
    began = time.monotonic()

    relay.turn()

    assert time.monotonic() - began < 2
    assert len(messages(done_at=None, tries=0)) == 20


def test_urgent_messages_that_no_worker_takes_are_delivered_by_the_relay(broker, community, facilitator, member):
    send(URGENT, community, by=facilitator)
    send(TOLD, community, by=facilitator)
    turn_until_quiet(Relay())
    assert notices() == []

    change_messages(leased_until=timezone.now() - timedelta(seconds=1))
    turn_until_quiet(Relay())

    assert notices() == [(member.pk, "test.urgent")]


def test_the_relay_chains_the_ledger(facilitator):
    with transaction.atomic(), acting_as(facilitator):
        record(Kind.ACTED, facilitator)

    Relay().turn()

    with as_owner():
        assert LedgerLink.objects.count() == LedgerEntry.objects.count() > 0


def test_the_relay_shows_that_it_is_alive(dead_broker):
    assert not is_alive()

    Relay().turn()

    assert is_alive()


def test_a_relay_that_stopped_working_is_not_taken_for_alive(dead_broker):
    heartbeat.beat()
    with as_owner():
        Heartbeat.objects.update(seen_at=timezone.now() - timedelta(seconds=91))

    assert not is_alive()


def test_a_relay_that_was_told_to_stop_gives_back_what_it_holds(community, facilitator):
    send(TOLD, community, by=facilitator)
    relay = Relay()
    relay.bell.stop()

    relay.turn()

    [message] = messages()
    assert (message.tries, message.done_at) == (0, None)
    assert message.leased_until <= timezone.now()


def test_the_relay_waits_no_longer_than_until_the_next_message_is_due(community, facilitator):
    relay = Relay(poll=30)
    assert relay.patience() == 30

    send(TOLD, community, by=facilitator, due_at=timezone.now() + timedelta(seconds=10))

    assert 9 < relay.patience() < 11


def test_every_timer_names_a_task_that_exists():
    beat.app.loader.import_default_modules()
    named = {timer["task"] for timer in beat.app.conf.beat_schedule.values()}

    assert named <= set(beat.app.tasks)
    assert "cre.core.tasks.remove_what_is_over" in named


def test_the_head_of_the_ledger_is_kept_each_day(facilitator):
    with transaction.atomic(), acting_as(facilitator):
        record(Kind.ACTED, facilitator)
    Relay().turn()

    keep_ledger_head.apply(throw=True)

    assert LedgerHead.objects.count() == 1


def test_what_was_delivered_long_ago_is_forgotten_and_dead_letters_stay(community, facilitator):
    send(TOLD, community, by=facilitator, key="old")
    deliver_all()
    change_messages(done_at=timezone.now() - timedelta(days=91))
    send(TOLD, community, by=facilitator, key="dead", due_at=timezone.now() + timedelta(days=1))
    change_messages_dead("dead")

    remove_what_is_over.apply(throw=True)

    assert [message.key for message in messages()] == ["dead"]


def change_messages_dead(key):
    with as_owner():
        type(messages()[0]).objects.filter(key=key).update(dead=True, created_at=timezone.now() - timedelta(days=400))
