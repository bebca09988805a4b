"""The database itself keeps the outbox to the system account and each notice to its reader."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from cre.core.access import acting_as, acting_system
from cre.core.outbox import Notice, OutboxMessage, heartbeat
from cre.core.outbox.models import Heartbeat
from tests.conftest import as_owner
from tests.core.outbox.conftest import messages, send
from tests.core.outbox.topics import TOLD
from tests.delivering import deliver_all

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P10")]


@pytest.fixture
def notice(community, facilitator, member):
    """A notice of `member`."""
    send(TOLD, community, by=facilitator)
    deliver_all()
    with as_owner():
        return Notice.objects.get()


def run(sql, *values):
    """What plain SQL does, as an injection would send it: the number of rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def insert(row):
    """Add a row without RETURNING, which would also ask whether it may be seen."""
    type(row).objects.bulk_create([row], ignore_conflicts=True)


@pytest.mark.parametrize("person", ["coordinator", "facilitator", "member", "steward"])
def test_no_person_sees_or_changes_the_outbox(person, notice, request):
    with transaction.atomic(), acting_as(request.getfixturevalue(person)):
        assert run("SELECT * FROM core_outboxmessage") == 0
        assert run("UPDATE core_outboxmessage SET dead = true") == 0
        assert run("DELETE FROM core_outboxmessage") == 0

    assert [message.dead for message in messages()] == [False, False]


def test_without_an_actor_there_is_no_outbox_and_no_notice(notice):
    assert run("SELECT * FROM core_outboxmessage") == 0
    assert run("SELECT * FROM core_notice") == 0


def test_no_person_writes_into_the_outbox_past_emit(facilitator):
    message = OutboxMessage(key="k", topic="test.told", payload={}, channel="mail", due_at=timezone.now())

    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        acting_as(facilitator),
    ):
        insert(message)


def test_a_person_sees_their_own_notices_and_nobody_elses(notice, member, outsider, coordinator):
    seen = {}
    for person in (member, outsider, coordinator):
        with transaction.atomic(), acting_as(person):
            seen[person] = list(Notice.objects.all())

    assert seen == {member: [notice], outsider: [], coordinator: []}


def test_nobody_marks_or_removes_the_notice_of_somebody_else(notice, outsider):
    with transaction.atomic(), acting_as(outsider):
        assert run("UPDATE core_notice SET read_at = now()") == 0
        assert run("DELETE FROM core_notice") == 0

    with as_owner():
        assert Notice.objects.filter(read_at=None).count() == 1


def test_nobody_puts_a_notice_into_the_portal_of_somebody_else(community, member, outsider):
    forged = Notice(recipient=member, topic="test.told", object_uuid=community.uuid, key="k")

    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        acting_as(outsider),
    ):
        insert(forged)


@pytest.mark.parametrize("column", ["recipient_id = 1", "topic = 'x'", "key = 'x'", "created_at = now()"])
def test_of_a_notice_only_the_moment_of_reading_can_change(column, notice, member):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), acting_as(member):
        run(f"UPDATE core_notice SET {column}")


def test_not_even_the_system_account_puts_notices_into_a_portal_by_itself(community, member):
    notice = Notice(recipient=member, topic="test.told", object_uuid=community.uuid, key="k")

    with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic(), acting_system():
        insert(notice)


def test_everybody_may_read_the_heartbeat_and_only_the_system_account_writes_it(member):
    heartbeat.beat()

    assert Heartbeat.objects.count() == 1
    with transaction.atomic(), acting_as(member):
        assert run("UPDATE core_heartbeat SET seen_at = now()") == 0
