"""What workers and the clock do for the outbox."""

from celery import shared_task

from cre.core.outbox.delivery import deliver_message
from cre.core.outbox.workers import SystemTask


# It must end before the lease does, or a second worker would begin the same message.
@shared_task(base=SystemTask, in_transaction=False, time_limit=50)
def deliver(message_id: int, attempt: int, lease: int) -> None:
    """Deliver one claimed message."""
    deliver_message(message_id, attempt, lease=lease)
