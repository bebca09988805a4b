"""Messages that wait although they are due: an app says which, and wakes them when they may go on."""

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from cre.core.access import acting_system
from cre.core.outbox.claims import after
from cre.core.outbox.models import OutboxMessage
from cre.core.outbox.topics import Event, Topic, find_kind

# How a message says that it waits, and how long until it asks again by itself.
HELD = "held"
PAUSE = 60 * 60
Hold = Callable[[Topic, Event], bool]
_holds: list[Hold] = []


def hold_while(asked: Hold) -> Hold:
    """Register a question that holds messages back; it runs as the system account, for each person's message."""
    _holds.append(asked)
    return asked


def must_wait(message: OutboxMessage) -> bool:
    """Whether a message to a person is held back now; what is fanned out or carried out never is."""
    topic = find_kind(message.topic, Topic)
    if message.recipient is None or topic is None:
        return False
    with transaction.atomic(), acting_system():
        return any(holds(topic, Event.of(message.payload)) for holds in _holds)


def set_aside(message: OutboxMessage) -> None:
    """Let a message wait; that is no try, so that it never becomes a dead letter for it."""
    with transaction.atomic(), acting_system():
        OutboxMessage.objects.filter(pk=message.pk, attempts=message.attempts, done_at=None).update(
            tries=F("tries") - 1, leased_until=None, due_at=after(PAUSE), error=HELD
        )


def wake() -> int:
    """Let every message that waits ask again now; returns how many there were."""
    with transaction.atomic(), acting_system(), connection.cursor() as cursor:
        woken = OutboxMessage.objects.filter(error=HELD, done_at=None, dead=False).update(due_at=Now(), error="")
        cursor.execute("SELECT pg_notify('cre_outbox', '')")
    return woken
