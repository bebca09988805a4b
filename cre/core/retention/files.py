"""Files of what is gone: destroyed after the commit, as often as it takes; and files that belong to nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from cre.core.access import acting_system
from cre.core.retention.models import CondemnedFile
from cre.core.vault.shredding import ORPHAN_AFTER
from cre.core.vault.stored import stored_models
from cre.core.vault.streams import FOLDER


def destroy_condemned_files() -> int:
    """Remove the files of rows that are gone; returns how many. Harmless when repeated."""
    with transaction.atomic(), acting_system():
        condemned = list(CondemnedFile.objects.order_by("pk"))
        for row in condemned:
            default_storage.delete(row.name)
            row.delete()
    return len(condemned)


def sweep_files(older_than: timedelta = ORPHAN_AFTER) -> int:
    """Remove files whose row was never saved, because its transaction was undone; returns how many."""
    names = files_without_rows(older_than=older_than)
    for name in names:
        default_storage.delete(name)
    return len(names)


def files_without_rows(*, older_than: timedelta) -> list[str]:
    """Files in the storage, older than this, that no row names and that nothing has condemned."""
    before = timezone.now() - older_than
    known = names_in_rows() | set(CondemnedFile.objects.values_list("name", flat=True))
    return [name for name in names_in_storage() if name not in known and is_older(name, before=before)]


def rows_without_files() -> int:
    """How many rows name a file that the storage does not have."""
    return len(names_in_rows() - set(names_in_storage()))


def is_older(name: str, *, before: datetime) -> bool:
    """Whether a file was stored before a moment; one that has just gone was not."""
    try:
        return default_storage.get_modified_time(name) < before
    except FileNotFoundError:
        return False


def names_in_rows() -> set[str]:
    """Every name of a file that a row holds, seen or not; only the system account may ask."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for model in stored_models():
            for column in model.FILES:
                cursor.execute("SELECT cre_stored_names(%s, %s)", [model._meta.db_table, column])
                found.update(row[0] for row in cursor.fetchall())
    return found


def names_in_storage() -> Iterator[str]:
    """Every sealed file in the storage."""
    try:
        folders, _ = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for folder in folders:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            yield f"{FOLDER}/{folder}/{name}"
