"""Relay, worker, broker or database die in the middle: nothing is lost, no notice appears twice."""

import re
import signal
import time
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from collaborators.models import User
from cre.core.access import acting_as
from cre.core.outbox import Notice, OutboxMessage, is_alive
from cre.core.outbox.claims import MAX_TRIES
from cre.core.outbox.workers import app
from tests.conftest import as_owner
from tests.core.outbox.conftest import change_messages, messages, send
from tests.core.outbox.topics import MAILED, POISON, TOLD, URGENT
from tests.faults.conftest import wait_until
from tests.faults.tasks import speak

pytestmark = [pytest.mark.faults, pytest.mark.promise("P26"), pytest.mark.django_db(transaction=True)]
EVENTS = 15


@pytest.fixture
def reader(member):
    with as_owner():
        User.objects.filter(pk=member.pk).update(email="river@example.org")
    return member


@pytest.fixture
def emitted(reader, community, facilitator):
    """Many events, each to be told in the portal and by mail."""
    for number in range(EVENTS):
        send(MAILED, community, by=facilitator, key=f"event-{number}")


def notice_keys():
    with as_owner():
        return list(Notice.objects.values_list("key", flat=True))


def everything_arrived():
    with as_owner():
        return not OutboxMessage.objects.filter(done_at=None, dead=False).exists()


def assert_once_each(reader, product):
    """Each notice exactly once; each mail at least once, repetitions under the same Message-ID."""
    assert sorted(notice_keys()) == sorted(f"event-{n}:{reader.pk}:in_app" for n in range(EVENTS))
    assert len(set(product.message_ids())) == EVENTS
    assert messages(dead=True) == []


def test_a_relay_that_is_killed_in_the_middle_loses_nothing(emitted, reader, product):
    product.worker()
    first = product.relay()
    assert wait_until(lambda: len(notice_keys()) >= 5)

    product.processes.kill(first)
    assert not everything_arrived()
    product.relay()

    assert wait_until(everything_arrived)
    assert_once_each(reader, product)


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(emitted, reader, product):
    product.relay()
    first = product.worker(concurrency=2)
    assert wait_until(lambda: len(notice_keys()) >= 5)

    product.processes.kill(first)
    assert not everything_arrived()
    product.worker(concurrency=2)

    assert wait_until(everything_arrived)
    assert_once_each(reader, product)


def test_a_broker_that_is_killed_and_comes_back_empty_loses_nothing(emitted, reader, product, broker):
    product.relay()
    product.worker()
    assert wait_until(lambda: len(notice_keys()) >= 5)

    broker.kill()
    assert not everything_arrived()
    time.sleep(1)
    broker.start()

    assert wait_until(everything_arrived)
    assert_once_each(reader, product)


def cut_connections(*, at_least: int) -> int:
    """Cut all connections of the product, in one statement, while so many are open: how many it cut."""
    ours = "FROM pg_stat_activity WHERE datname = current_database() AND usename = 'cre_app'"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) {ours} AND (SELECT count(*) {ours}) >= %s", [at_least])
        return cursor.rowcount


def test_a_database_that_cuts_every_connection_in_the_middle_loses_nothing(emitted, reader, product):
    product.relay()
    product.worker()
    assert wait_until(lambda: len(notice_keys()) >= 5)

    assert wait_until(lambda: cut_connections(at_least=3) >= 3)

    assert wait_until(everything_arrived)
    assert_once_each(reader, product)


def test_without_a_broker_what_is_urgent_still_arrives(reader, community, facilitator, product, broker):
    broker.kill()
    product.relay()
    send(URGENT, community, by=facilitator, key="now")
    send(TOLD, community, by=facilitator, key="later")

    assert wait_until(lambda: notice_keys() == [f"now:{reader.pk}:in_app"])
    product.worker()
    broker.start()

    assert wait_until(everything_arrived)
    assert sorted(notice_keys()) == [f"later:{reader.pk}:in_app", f"now:{reader.pk}:in_app"]


def test_a_message_that_kills_its_worker_is_set_apart_and_the_others_arrive(reader, community, facilitator, product):
    send(POISON, community, by=facilitator, key="poison")
    change_messages(tries=MAX_TRIES - 2)
    send(TOLD, community, by=facilitator, key="good")
    product.worker()
    # Celery needs up to five seconds to replace the dead process.
    product.relay(lease=6)

    assert wait_until(everything_arrived)

    [dead] = messages(dead=True)
    assert (dead.key, dead.tries, dead.error) == ("poison", 8, "WorkerLost")
    assert notice_keys() == [f"good:{reader.pk}:in_app"]


def test_a_relay_that_waits_is_woken_by_a_commit_and_ends_when_asked(reader, community, facilitator, product):
    product.worker()
    relay = product.start("relay", "--poll", "600")
    assert wait_until(is_alive)
    time.sleep(1)

    send(TOLD, community, by=facilitator)
    assert wait_until(everything_arrived, seconds=5)

    relay.send_signal(signal.SIGTERM)
    assert relay.wait(timeout=3) == 0


def test_a_task_crosses_the_queue_with_its_actor_and_a_stripped_one_is_refused(reader, community, product, monkeypatch):
    product.worker()
    ask_for(product, community, reader, headers=True)
    assert wait_until(lambda: len(messages(key="spoken")) == 1)
    assert messages()[0].payload["by"] == reader.pk

    with as_owner():
        OutboxMessage.objects.all().delete()
    ask_for(product, community, reader, headers=False)
    assert wait_until(lambda: "failed: ForgedActor" in product.processes.logs())

    assert messages() == []


def ask_for(product, community, person, *, headers):
    """Queue `speak` with its proof or, as somebody with the broker's password could, without."""
    with app.connection_for_write(product.env["REDIS_URL"]) as queue, transaction.atomic(), acting_as(person):
        send_task: Any = speak.apply_async if headers else partial(app.send_task, speak.name)
        send_task((community.pk,), connection=queue, retry=False)


@pytest.mark.promise("P08")
def test_no_log_line_carries_anything_but_numbers_and_names_of_tasks(reader, community, facilitator, product):
    send(MAILED, community, by=facilitator, key="event-1")
    product.worker()
    product.relay()
    assert wait_until(everything_arrived)

    logs = product.processes.logs()
    assert str(community.uuid) not in logs
    assert "river@example.org" not in logs
    assert not re.search(r"event-\d", logs)
