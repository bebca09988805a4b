"""Data keys: made when something is first sealed, found again by the id inside each sealed value."""

import os
from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import timezone

from cre.core.vault import cache
from cre.core.vault.cache import OpenKey
from cre.core.vault.errors import NoKey, Shredded, VaultError
from cre.core.vault.master import KEY_BYTES, masters, unwrap, wrap
from cre.core.vault.models import DataKey, Tombstone
from cre.core.vault.router import KEYS

# The object of keys that belong to the installation itself, not to a person or a request.
SYSTEM = UUID("c2e0b1d4-5a68-4f0e-9b1f-000000000001")
BATCH = 5_000


def key_for(object_uuid: UUID, purpose: str) -> OpenKey:
    """The key that seals for this object and purpose, made and committed on first use.

    Raises `NoKey` without a master key, `Shredded` when the object was deleted for good.
    """
    kept = cache.keys.find(object_uuid, purpose)
    if kept is not None:
        return kept
    row = _live_row(object_uuid, purpose) or _make_row(object_uuid, purpose)
    return _unwrapped(row)


def key_by_id(key_id: UUID) -> OpenKey:
    """The key with this id. Raises `NoKey` when there is none, `Shredded` when it was destroyed."""
    kept = cache.keys.get(key_id)
    if kept is None:
        row = DataKey.objects.filter(id=key_id).first()
        if row is None:
            raise NoKey("The key of this value is not in the keys database.")
        kept = _unwrapped(row)
    if kept.raw is None:
        raise Shredded("This was deleted for good.")
    return kept


def load_key_ids(key_ids: Iterable[UUID]) -> None:
    """Read the keys that are not here yet, in one query for each five thousand.

    A key that cannot be unwrapped is left out: it refuses when somebody opens what it sealed.
    """
    missing = list({key_id for key_id in key_ids if cache.keys.get(key_id) is None})
    for start in range(0, len(missing), BATCH):
        for row in DataKey.objects.filter(id__in=missing[start : start + BATCH]):
            with suppress(VaultError):
                _unwrapped(row)


def _live_row(object_uuid: UUID, purpose: str) -> DataKey | None:
    return DataKey.objects.filter(object_uuid=object_uuid, purpose=purpose, destroyed_at=None).first()


def _make_row(object_uuid: UUID, purpose: str) -> DataKey:
    """Commit a new key; when two processes make one at the same moment, both get the first.

    The tombstone is looked for after the insert as well: a deletion between the two finds either
    this row or leaves a tombstone that this look finds.
    """
    masters()
    _refuse_shredded(object_uuid, purpose)
    key = DataKey(object_uuid=object_uuid, purpose=purpose)
    key.wrapped, key.master_version = wrap(os.urandom(KEY_BYTES), key.id, object_uuid, purpose)
    DataKey.objects.bulk_create([key], ignore_conflicts=True)
    if Tombstone.objects.filter(object_uuid=object_uuid, purpose=purpose).exists():
        destroy_rows(object_uuid, purpose)
    row = _live_row(object_uuid, purpose)
    if row is None:
        raise Shredded("This was deleted for good.")
    return row


def destroy_rows(object_uuid: UUID, purpose: str) -> int:
    """Overwrite every live key of this object and purpose; returns how many there were."""
    live = DataKey.objects.using(KEYS).filter(object_uuid=object_uuid, purpose=purpose, destroyed_at=None)
    return live.update(wrapped=b"", destroyed_at=timezone.now())


def _refuse_shredded(object_uuid: UUID, purpose: str) -> None:
    if Tombstone.objects.filter(object_uuid=object_uuid, purpose=purpose).exists():
        raise Shredded("This was deleted for good; nothing can be sealed for it any more.")


def _unwrapped(row: DataKey) -> OpenKey:
    """Unwrap a row and keep it for a minute; a destroyed one is kept too, as destroyed."""
    raw = None
    if row.destroyed_at is None:
        raw = unwrap(bytes(row.wrapped), row.master_version, row.id, row.object_uuid, row.purpose)
    key = OpenKey(row.id, row.object_uuid, row.purpose, raw, AESGCM(raw) if raw else None)
    cache.keys.put(key)
    return key
