"""A sign of life in a table: it works while Redis is away, and the health page can read it as nobody."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from cre.core.access import acting_system
from cre.core.outbox.models import Heartbeat

RELAY = "relay"


def beat(name: str = RELAY) -> None:
    """Say that the process is at work."""
    with transaction.atomic(), acting_system():
        Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": Now()})


def is_alive(name: str = RELAY, *, within: timedelta = timedelta(seconds=90)) -> bool:
    """Whether the process was at work lately."""
    return Heartbeat.objects.filter(name=name, seen_at__gt=Now() - within).exists()
