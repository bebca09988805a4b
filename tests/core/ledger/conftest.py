"""Entries, and the hand of somebody who owns the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from cre.core import ledger
from cre.core.access import acting_as, acting_system
from cre.core.ledger.chain import chain_ledger
from tests.conftest import as_owner


@pytest.fixture
def reader(db):
    with as_owner():
        return get_user_model().objects.create_user(email="reader@example.org")


@pytest.fixture
def chained(reader):
    """Ten entries of one reader, all in the chain."""
    write(reader, 10)
    with acting_system():
        assert chain_ledger() == 10


def write(person: Any, count: int) -> None:
    with acting_as(person):
        for number in range(count):
            ledger.record(ledger.Kind.ACTED, f"page {number}")


@contextmanager
def owner_past_the_trigger() -> Iterator[None]:
    """What somebody with the rights of the owner can do: switch the trigger off and change rows."""
    with as_owner(), connection.cursor() as cursor:
        for table in ("core_ledgerentry", "core_ledgerlink"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER cre_insert_only")
        yield
        for table in ("core_ledgerentry", "core_ledgerlink"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER cre_insert_only")
