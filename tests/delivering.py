"""What relay and workers do, one after the other and without waiting."""

from cre.core.outbox import claims
from cre.core.outbox.delivery import deliver_message

# Events first, then what they fan out into, then what that leads to.
ROUNDS = 3


def deliver_all() -> None:
    """Carry out everything that is due."""
    for _ in range(ROUNDS):
        for message in claims.claim():
            deliver_message(message.pk, message.attempts)
