"""Several people who act in the same moment, each on a connection of their own."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Barrier, Thread
from time import monotonic, sleep
from typing import Any

from django.db import connection, connections, models, transaction

from tests.conftest import as_owner

Act = Callable[[], Any]
# Seconds until an act that meets nobody at the row is let go.
PATIENCE = 5
WAITING = """SELECT count(DISTINCT pid) FROM pg_locks
WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"""


def at_once(held: models.Model | Sequence[models.Model] | None, *acts: Act) -> list[Any]:
    """What each act gave, or the exception that it raised.

    Rows that are given are held until all acts wait for them, or for each other, so that every one of them has
    read what it reads before; then they go on, one after the other.
    """
    rows = [held] if isinstance(held, models.Model) else list(held or ())
    outcomes: list[Any] = [None] * len(acts)
    gate = Barrier(len(acts) + 1)

    def run(number: int) -> None:
        try:
            gate.wait(PATIENCE)
            outcomes[number] = acts[number]()
        except Exception as error:  # noqa: BLE001 - the test asks which one it was
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[number]) for number in range(len(acts))]
    with transaction.atomic():
        for row in rows:
            hold(row)
        for thread in threads:
            thread.start()
        gate.wait(PATIENCE)
        if rows:
            wait_for(len(acts))
    for thread in threads:
        thread.join()
    return outcomes


def hold(row: models.Model) -> None:
    with as_owner():
        type(row)._base_manager.select_for_update().get(pk=row.pk)


def wait_for(number: int) -> None:
    """Until so many wait for a lock."""
    until = monotonic() + PATIENCE
    with as_owner(), connection.cursor() as cursor, suppress(TimeoutError):
        while monotonic() < until:
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= number:
                return
            sleep(0.02)


def errors_in(outcomes: list[Any]) -> list[type[Exception]]:
    """The kinds of exceptions among the outcomes."""
    return [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
