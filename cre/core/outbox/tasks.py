"""What workers and the clock do for the outbox."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from cre.core.outbox.delivery import deliver_message
from cre.core.outbox.models import OutboxMessage
from cre.core.outbox.workers import SystemTask

KEPT_FOR = timedelta(days=90)


# It must end before the lease does, or a second worker would begin the same message.
@shared_task(base=SystemTask, in_transaction=False, time_limit=50)
def deliver(message_id: int, attempt: int, lease: int) -> None:
    """Deliver one claimed message."""
    deliver_message(message_id, attempt, lease=lease)


@shared_task(base=SystemTask)
def forget_delivered() -> None:
    """Remove what was delivered long ago; dead letters stay until somebody looked at them."""
    OutboxMessage.objects.filter(done_at__lt=timezone.now() - KEPT_FOR).delete()
