"""How the deliveries stand."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True)
class Deliveries:
    """How the deliveries stand: numbers only."""

    waiting: int
    oldest: datetime | None
    dead: int


def deliveries() -> Deliveries:
    """What waits to be told to people, and what was given up; only for the coordinator and the steward."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT waiting, oldest, dead FROM cre_outbox_state()")
        return Deliveries(*cursor.fetchone())
