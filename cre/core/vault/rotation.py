"""Rotation: after it, backups of the keys database are useless without the old master key."""

from django.db import transaction

from cre.core.vault.master import masters, unwrap, wrap
from cre.core.vault.models import DataKey
from cre.core.vault.router import KEYS

BATCH = 500


def rotate(batch: int = BATCH) -> int:
    """Wrap every live data key with the newest master key; returns how many were wrapped anew.

    No sealed value is touched. Each batch is committed by itself, so a broken run goes on where it
    stopped. Keep the old master key until this returns, then remove it. Raises `NoKey`, `Tampered`.
    """
    rotated = 0
    while count := _rotate_batch(masters().newest, batch):
        rotated += count
    return rotated


def missing_versions() -> set[int]:
    """Master versions that live data keys need and this process does not have; empty when all is well."""
    needed = DataKey.objects.filter(destroyed_at=None).order_by().values_list("master_version", flat=True).distinct()
    return set(needed) - set(masters().by_version)


def _rotate_batch(newest: int, batch: int) -> int:
    """Wrap some keys anew; the lock makes a shredding at the same moment wait, and win."""
    with transaction.atomic(using=KEYS):
        old = DataKey.objects.filter(destroyed_at=None).exclude(master_version=newest)
        keys = list(old.select_for_update().order_by("id")[:batch])
        for key in keys:
            raw = unwrap(bytes(key.wrapped), key.master_version, key.id, key.object_uuid, key.purpose)
            key.wrapped, key.master_version = wrap(raw, key.id, key.object_uuid, key.purpose)
        DataKey.objects.bulk_update(keys, ["wrapped", "master_version"])
    return len(keys)
