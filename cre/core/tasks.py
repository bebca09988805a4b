"""What the clock does for the mechanisms."""

from celery import shared_task

from cre.core.ledger.chain import store_head
from cre.core.outbox.workers import SystemTask
from cre.core.vault import sweep_orphans


@shared_task(base=SystemTask)
def keep_ledger_head() -> None:
    """Keep the last link of the ledger in the keys database, so that a cut tail shows."""
    store_head()


@shared_task(base=SystemTask)
def sweep_orphan_keys() -> None:
    """Remove keys whose object was never saved."""
    sweep_orphans()
