"""Who works on which message: claim, begin, finish, postpone. All of it runs as the system account.

A message is claimed under a lease before it is handed over, and begun before it is delivered, each in a
transaction of its own: one that kills its worker comes back, is counted, and ends as a dead letter.
`attempts` also fences: whoever still holds an older claim can no longer begin, finish or postpone.
"""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from cre.core.access import acting_system
from cre.core.outbox.models import OutboxMessage

LEASE = 60
LONGEST_LEASE = 900
MAX_TRIES = 8
FIRST_PAUSE = 15
LONGEST_PAUSE = 6 * 60 * 60

# The CTE is evaluated once; a plain sub-select with LIMIT and FOR UPDATE may be evaluated again and claim too
# many. After three hand-overs that nobody began each one doubles the lease: without workers the queue must
# not fill with repetitions.
CLAIM = """
WITH picked AS (
    SELECT id FROM core_outboxmessage
     WHERE done_at IS NULL AND NOT dead AND due_at <= statement_timestamp()
       AND (leased_until IS NULL OR leased_until <= statement_timestamp())
     ORDER BY urgent DESC, due_at, id
     LIMIT %s
       FOR UPDATE SKIP LOCKED
)
UPDATE core_outboxmessage AS message
   SET attempts = attempts + 1,
       leased_until = statement_timestamp() + make_interval(
           secs => least(%s * 2 ^ greatest(0, least(attempts - begun - 2, 10)), %s))
  FROM picked
 WHERE message.id = picked.id
RETURNING message.*
"""

NEXT = """
SELECT extract(epoch FROM min(greatest(due_at, coalesce(leased_until, due_at))) - statement_timestamp())
  FROM core_outboxmessage
 WHERE done_at IS NULL AND NOT dead
"""


def after(seconds: float) -> Any:
    """The moment so many seconds from now, by the clock of the database, which all processes share."""
    return Now() + timedelta(seconds=seconds)


def claim(limit: int = 50, *, lease: int = LEASE) -> list[OutboxMessage]:
    """Take up to `limit` due messages, the urgent ones first, for `lease` seconds."""
    with transaction.atomic(), acting_system():
        claimed = list(OutboxMessage.objects.raw(CLAIM, [limit, lease, max(lease, LONGEST_LEASE)]))
    return sorted(claimed, key=lambda message: (not message.urgent, message.due_at, message.pk))


def bury_lost() -> int:
    """Give up messages that had all their tries, the last of which never came back; returns how many."""
    with transaction.atomic(), acting_system():
        lost = OutboxMessage.objects.filter(done_at=None, dead=False, tries__gte=MAX_TRIES, leased_until__lte=Now())
        return lost.update(dead=True, error="WorkerLost")


def begin(message_id: int, attempt: int, *, lease: int = LEASE) -> OutboxMessage | None:
    """Count a try and start the lease anew; None when it is done, dead, claimed again or begun already.

    A queue may give out a task twice, at once when it killed its worker: only the lease brings it back.
    """
    with transaction.atomic(), acting_system():
        mine = OutboxMessage.objects.filter(
            pk=message_id, attempts=attempt, begun__lt=attempt, done_at=None, dead=False
        )
        until = after(lease)
        if not mine.update(tries=F("tries") + 1, begun=attempt, leased_until=until):
            return None
        return OutboxMessage.objects.get(pk=message_id)


def finish(message: OutboxMessage) -> None:
    """Mark the message as done; part of the running transaction, whoever acts in it."""
    with transaction.atomic(), acting_system():
        OutboxMessage.objects.filter(pk=message.pk, done_at=None).update(done_at=Now(), leased_until=None)


def postpone(message: OutboxMessage, error: str) -> bool:
    """Try again later, each time after a longer pause; after the last try True: it is a dead letter now."""
    dead = message.tries >= MAX_TRIES
    pause = min(FIRST_PAUSE * 4 ** (message.tries - 1), LONGEST_PAUSE)
    with transaction.atomic(), acting_system():
        OutboxMessage.objects.filter(pk=message.pk, attempts=message.attempts, done_at=None).update(
            dead=dead, error=error[:120], leased_until=None, due_at=after(pause)
        )
    return dead


def hand_back(message: OutboxMessage, seconds: float) -> None:
    """Nobody could be given the message: let it be claimed again after so many seconds."""
    with transaction.atomic(), acting_system():
        OutboxMessage.objects.filter(pk=message.pk, attempts=message.attempts, done_at=None).update(
            leased_until=after(seconds)
        )


def seconds_to_next() -> float | None:
    """In how many seconds the next message can be claimed (0 or less: now); None when nothing is open."""
    with transaction.atomic(), acting_system(), connection.cursor() as cursor:
        cursor.execute(NEXT)
        row = cursor.fetchone()
    return float(row[0]) if row and row[0] is not None else None


def revive() -> int:
    """Give every dead letter another round of tries; returns how many there were."""
    with transaction.atomic(), acting_system():
        dead = OutboxMessage.objects.filter(dead=True, done_at=None)
        return dead.update(dead=False, tries=0, leased_until=None, due_at=Now(), error="")
