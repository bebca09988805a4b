"""What the clock does for the mechanisms."""

from celery import shared_task

from cre.core.ledger.alarm import raise_alarm
from cre.core.ledger.chain import store_head
from cre.core.ledger.verify import verify_ledger
from cre.core.outbox.workers import SystemTask
from cre.core.retention import run_retention, sweep_files
from cre.core.vault import sweep_orphans


@shared_task(base=SystemTask)
def keep_ledger_head() -> None:
    """Check the whole ledger, and keep its last link in the keys database, so that a cut tail shows.

    The kept heads stay as they are when something is wrong: they are the proof.
    """
    verdict = verify_ledger()
    if verdict.is_whole:
        store_head()
    else:
        raise_alarm(verdict)


@shared_task(base=SystemTask)
def sweep_orphan_keys() -> None:
    """Remove keys and files whose object was never saved."""
    sweep_orphans()
    sweep_files()


@shared_task(base=SystemTask, in_transaction=False)
def remove_what_is_over() -> None:
    """Ask before the end, and remove for good what is no longer kept; each object is a transaction of its own."""
    run_retention()
