"""Delivering one claimed message, whoever does it: a worker, or the relay itself."""

import logging

from cre.core.outbox.channels import CHANNELS
from cre.core.outbox.claims import LEASE, begin, postpone
from cre.core.outbox.holding import must_wait, set_aside

log = logging.getLogger(__name__)


def deliver_message(message_id: int, attempt: int, *, lease: int = LEASE) -> None:
    """Deliver a message that was claimed for the `attempt`-th time; does nothing when it is late or done.

    It comes back when this does not end within `lease` seconds. What goes wrong is noted by the name of
    its class, never by its values, and tried again later.
    """
    message = begin(message_id, attempt, lease=lease)
    if message is None:
        return
    try:
        if must_wait(message):
            set_aside(message)
        else:
            CHANNELS[message.channel](message)
    except Exception as error:  # noqa: BLE001 - whatever one message does must not stop the others
        name = type(error).__name__
        if postpone(message, name):
            log.error("Message %s is a dead letter now: %s.", message_id, name)  # noqa: TRY400 - no values
        else:
            log.warning("Message %s was not delivered and is tried again: %s.", message_id, name)
