"""Destroying the keys of what is gone: after the commit, as often as it takes."""

from django.db import transaction

from cre.core.access import acting_system
from cre.core.outbox import Event, Work
from cre.core.retention.files import destroy_condemned_files
from cre.core.retention.models import CondemnedKey
from cre.core.security_events import SecurityEvent, security_event
from cre.core.vault import shred
from cre.core.vault.models import DataKey


def destroy_condemned_keys() -> int:
    """Shred every key of every condemned object; returns how many objects that were. Harmless when repeated."""
    with transaction.atomic(), acting_system():
        condemned = list(CondemnedKey.objects.order_by("pk"))
        for row in condemned:
            for purpose in (
                DataKey.objects.filter(object_uuid=row.object_uuid).values_list("purpose", flat=True).distinct()
            ):
                shred(row.object_uuid, purpose)
                security_event(SecurityEvent.KEY_DESTROYED, purpose=purpose)
            row.delete()
    return len(condemned)


def carry_out(_: Event) -> None:
    """What is condemned stands in the database; the event only says that it is time to look."""
    destroy_condemned_keys()
    destroy_condemned_files()


DESTROY_KEYS = Work("destroy-keys", "core.RetentionProof", carry_out=carry_out)
