"""Deleting for good: without its keys, an object's rows, history and dumps stay sealed for ever."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.utils import timezone

from cre.core.vault import cache
from cre.core.vault.graves import write_down
from cre.core.vault.keys import BATCH, SYSTEM, destroy_rows
from cre.core.vault.models import DataKey, Tombstone
from cre.core.vault.sealed import Sealed, sealed_fields

# A transaction that made a key has ended a day later. A key that old without rows is looked for again for a
# month, then left: it seals nothing.
ORPHAN_AFTER = timedelta(days=1)
LOOK_BACK = timedelta(days=30)


def shred(object_uuid: UUID, purpose: str) -> bool:
    """Destroy what this object's values of one purpose were sealed with; True if there was a live key.

    Idempotent. The tombstone stays: nothing can be sealed for the object again, and `reapply_tombstones`
    brings a restored backup back to this state; so it is also written to a file beside the databases
    (OSError when that fails: the key is gone all the same, and the deletion is tried again). Other
    processes forget the key within a minute; copies of it in backups live as long as those backups.
    """
    if object_uuid == SYSTEM:
        raise ValueError("System keys are never shredded.")
    destroyed = destroy_rows(object_uuid, purpose)
    cache.keys.drop(object_uuid, purpose)
    stone = {"object_uuid": object_uuid, "purpose": purpose}
    if not Tombstone.objects.filter(**stone).exists():
        write_down(object_uuid, purpose)
        Tombstone.objects.bulk_create([Tombstone(**stone)], ignore_conflicts=True)
    # A key that was made between the first look and the stone.
    return destroy_rows(object_uuid, purpose) + destroyed > 0


def tombstones() -> Iterator[tuple[UUID, str]]:
    """Every object and purpose that was deleted for good, the first one first."""
    return Tombstone.objects.order_by("id").values_list("object_uuid", "purpose").iterator()


def sweep_orphans(older_than: timedelta = ORPHAN_AFTER) -> int:
    """Remove keys whose object was never saved because its transaction was undone; returns how many.

    A key is committed before the first value is sealed with it, so an undone transaction leaves it
    behind. Only purposes that some model declares are looked at. The database answers as the owner of
    its tables: whoever runs this, a row that they may not see still protects its key.
    """
    now, swept = timezone.now(), 0
    for purpose, tables in _tables_by_purpose().items():
        candidates = DataKey.objects.filter(
            purpose=purpose, destroyed_at=None, created_at__range=(now - LOOK_BACK, now - older_than)
        )
        for keys in _batches(candidates.exclude(object_uuid=SYSTEM).values_list("id", "object_uuid").iterator()):
            used = _with_rows(tables, [object_uuid for _, object_uuid in keys])
            orphans = [key_id for key_id, object_uuid in keys if object_uuid not in used]
            swept += DataKey.objects.filter(id__in=orphans).delete()[0]
    return swept


def objects_with_rows(purpose: str, object_uuids: Iterable[UUID]) -> set[UUID]:
    """Which of these objects have a row, in history too, that is sealed for this purpose."""
    return _with_rows(_tables_by_purpose().get(purpose, []), list(object_uuids))


def _tables_by_purpose() -> dict[str, list[str]]:
    """The tables, history included, that hold values sealed for each purpose."""
    found: dict[str, list[str]] = {}
    for model in apps.get_models():
        source: Any = getattr(model, "instance_type", model)
        if issubclass(source, Sealed) and sealed_fields(source):
            found.setdefault(source.KEY_PURPOSE, []).append(model._meta.db_table)
    return found


def _with_rows(tables: Iterable[str], object_uuids: list[UUID]) -> set[UUID]:
    """Which of these objects have a row in any of the tables, seen or not."""
    used: set[UUID] = set()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute("SELECT cre_objects_with_rows(%s, %s)", [table, object_uuids])
            used.update(row[0] for row in cursor.fetchall())
    return used


def _batches(rows: Iterable[tuple[UUID, UUID]]) -> Iterator[list[tuple[UUID, UUID]]]:
    batch: list[tuple[UUID, UUID]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
