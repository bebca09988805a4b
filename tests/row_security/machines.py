"""What the machines write down for themselves: the outbox, the chain of the ledger, heartbeats, the admin's log."""

from typing import Any
from uuid import uuid4

from django.contrib.admin.models import ADDITION, LogEntry
from django.db import models

from cre.core.ledger.models import LedgerLink
from cre.core.outbox.models import Heartbeat, OutboxMessage
from tests.row_security.world import World

# After all links that the relay may have made.
FAR = 2**40


def fill_with_machines(world: World) -> None:
    """One or more rows of each."""
    world.add(Heartbeat, name="a process", seen_at=world.now)
    world.add(LogEntry, user=world.somebody(), action_flag=ADDITION, object_repr="-")
    world.add(LedgerLink, seq=FAR, entry_id=uuid4(), previous=b"-", hash=b"-")
    for number in range(3):
        world.add(OutboxMessage, key=f"message {number}", topic="t", payload={}, due_at=world.now)


# Nobody lists these for people.
MACHINES: dict[type[models.Model], Any] = {
    OutboxMessage: lambda eyes, _: eyes.is_system,
    LedgerLink: lambda eyes, _: eyes.is_system,
    Heartbeat: lambda *_: True,
    LogEntry: lambda *_: False,
}
