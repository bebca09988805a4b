from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cre.core.access import acting_as, acting_system
from cre.core.ledger import chain
from cre.core.ledger.chain import GENESIS, LedgerBroken, chain_ledger, digest, store_head
from cre.core.ledger.models import LedgerEntry, LedgerLink
from cre.core.vault.models import LedgerHead
from tests.conftest import as_owner
from tests.core.ledger.conftest import owner_past_the_trigger, write

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def links() -> list[LedgerLink]:
    with as_owner():
        return list(LedgerLink.objects.order_by("seq"))


def test_entries_are_linked_in_the_order_of_their_moments(reader):
    write(reader, 3)
    with acting_system():
        assert chain_ledger() == 3
        entries = list(LedgerEntry.objects.order_by("at", "id"))
    head = GENESIS
    for link, entry in zip(links(), entries, strict=True):
        assert (link.entry_id, bytes(link.previous), bytes(link.hash)) == (
            entry.id,
            head,
            digest(head, entry),
        )
        head = bytes(link.hash)


def test_the_chain_goes_on_where_it_stopped(reader):
    write(reader, 3)
    with acting_system():
        assert [chain_ledger(most=2), chain_ledger(most=2), chain_ledger()] == [2, 1, 0]
    assert [link.seq for link in links()] == [1, 2, 3]
    assert [bytes(after.previous) for after in links()[1:]] == [bytes(before.hash) for before in links()[:-1]]


def test_an_entry_that_was_committed_late_is_linked_late(reader, chained):
    with acting_as(reader):
        late = LedgerEntry(person_id=reader.pk, kind="acted", at=timezone.now() - timedelta(hours=20))
        LedgerEntry.objects.bulk_create([late])
    with acting_system():
        assert chain_ledger() == 1
    assert links()[-1].entry_id == late.id


def test_a_clock_that_runs_ahead_does_not_stop_the_chain(reader):
    with acting_as(reader):
        LedgerEntry.objects.bulk_create(
            [LedgerEntry(person_id=reader.pk, kind="acted", at=timezone.now() + timedelta(days=400))]
        )
    with acting_system():
        assert chain_ledger() == 1
    write(reader, 2)
    with acting_system():
        assert chain_ledger() == 2


def test_every_column_is_part_of_the_hash(reader, chained):
    with as_owner():
        entry = LedgerEntry.objects.order_by("at")[0]
    before = digest(GENESIS, entry)
    for name in LedgerEntry.CLASSES:
        value = getattr(entry, name)
        setattr(entry, name, _other(value, name, entry))
        assert digest(GENESIS, entry) != before, name
        setattr(entry, name, value)
    assert digest(GENESIS, entry) == before


def _other(value: Any, name: str, entry: LedgerEntry) -> Any:
    others = {"at": entry.at + timedelta(microseconds=1), "fields": ["x"], "id": entry.pk.__class__(int=1)}
    if name.endswith("uuid"):
        return entry.pk
    return others.get(name, 12345 if name.endswith("_id") else f"{value}x")


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_only_one_process_chains_at_a_time(reader):
    write(reader, 1)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [chain.CHAIN_LOCK])
            with transaction.atomic(), acting_system():
                assert chain_ledger() == 0
    finally:
        other.close()
    with transaction.atomic(), acting_system():
        assert chain_ledger() == 1


def test_a_person_neither_sees_nor_writes_links(reader, chained):
    with acting_as(reader):
        assert LedgerLink.objects.count() == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            LedgerLink.objects.bulk_create([LedgerLink(seq=11, entry_id=reader.uuid, previous=b"", hash=b"")])


@pytest.mark.parametrize("statement", ["UPDATE core_ledgerlink SET hash = ''", "DELETE FROM core_ledgerlink"])
def test_not_even_the_system_account_changes_a_link(chained, statement):
    with acting_system(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_head_of_the_day_is_kept_in_the_keys_database(chained):
    with acting_system():
        store_head()
    head = LedgerHead.objects.get()
    last = links()[-1]
    assert (head.day, head.seq, bytes(head.hash)) == (timezone.now().date(), 10, bytes(last.hash))


def test_the_head_moves_on_within_a_day(reader, chained):
    with acting_system():
        store_head()
    write(reader, 1)
    with acting_system():
        chain_ledger()
        store_head()
    assert LedgerHead.objects.get().seq == 11


def test_an_empty_ledger_has_no_head(db):
    with acting_system():
        assert store_head() is None
    assert not LedgerHead.objects.exists()


def test_a_cut_chain_gets_no_new_head(reader, chained):
    with acting_system():
        store_head()
    with owner_past_the_trigger():
        LedgerLink.objects.filter(seq__gt=5).delete()
    with acting_system(), pytest.raises(LedgerBroken, match="10"):
        store_head()
    assert LedgerHead.objects.get().seq == 10
