"""Looking for what belongs to nothing: keys without rows, rows without keys, words about what is gone."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from cre.core.access import acting_system
from cre.core.outbox import Notice, Topic
from cre.core.outbox.models import OutboxMessage
from cre.core.outbox.topics import find_kind
from cre.core.retention.files import files_without_rows, rows_without_files
from cre.core.vault.keys import SYSTEM
from cre.core.vault.models import DataKey, Tombstone
from cre.core.vault.shredding import ORPHAN_AFTER, objects_with_rows


def orphans() -> dict[str, int]:
    """How many of each kind there are.

    keys: live keys, older than a day, whose object has no row; locked_rows: objects whose key was destroyed and whose
    rows are still there (a draft taken back until its day comes, or a restored backup); notices and messages: about
    an object that is gone; files: in the storage for more than a day, and in no row; lost_files: in a row, and not in
    the storage. Roles without a container cannot be: a constraint of the database stands before that.
    """
    with transaction.atomic(), acting_system():
        return {
            "keys": keys_without_rows(older_than=ORPHAN_AFTER),
            "locked_rows": rows_without_keys(),
            "notices": about_nothing(notice_subjects()),
            "messages": about_nothing(message_subjects()),
            "files": len(files_without_rows(older_than=ORPHAN_AFTER)),
            "lost_files": rows_without_files(),
        }


def keys_without_rows(*, older_than: timedelta) -> int:
    """Live keys that nothing was sealed with, or whose rows went without them."""
    before = timezone.now() - older_than
    live = DataKey.objects.filter(destroyed_at=None, created_at__lte=before).exclude(object_uuid=SYSTEM)
    return sum(
        len(uuids - objects_with_rows(purpose, uuids))
        for purpose, uuids in grouped(live.values_list("purpose", "object_uuid")).items()
    )


def rows_without_keys() -> int:
    """Objects with sealed rows that nobody will open again."""
    graves = Tombstone.objects.values_list("purpose", "object_uuid")
    return sum(len(objects_with_rows(purpose, uuids)) for purpose, uuids in grouped(graves).items())


def notice_subjects() -> dict[str, set[UUID]]:
    """What notices are about, by the label of its model."""
    topics = Notice.objects.order_by().values_list("topic", "object_uuid").distinct()
    found = [(find_kind(code, Topic), uuid) for code, uuid in topics.iterator()]
    return grouped((topic.label, uuid) for topic, uuid in found if topic is not None)


def message_subjects() -> dict[str, set[UUID]]:
    """What the messages that still wait are about."""
    waiting = OutboxMessage.objects.filter(done_at=None).values_list("payload", flat=True)
    return grouped((payload["label"], UUID(payload["uuid"])) for payload in waiting.iterator())


def about_nothing(subjects: dict[str, set[UUID]]) -> int:
    """How many of these objects have no row, seen or not."""
    gone = 0
    with connection.cursor() as cursor:
        for label, uuids in subjects.items():
            cursor.execute("SELECT cre_count_gone(%s, %s)", [apps.get_model(label)._meta.db_table, list(uuids)])
            gone += cursor.fetchone()[0]
    return gone


def grouped(pairs: Iterable[tuple[str, UUID]]) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = defaultdict(set)
    for name, uuid in pairs:
        found[name].add(uuid)
    return found
