"""Writing to the ledger: what was read, when somebody's work ends, and single acts at once."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models, transaction

from cre.core.access.actor import Actor, at_the_end, current_actor
from cre.core.ledger.kinds import Kind
from cre.core.ledger.models import LedgerEntry
from cre.core.ledger.reads import Seen, seen_in

# One entry costs half as much this way as through the ORM, and most pages write one.
INSERT = """INSERT INTO core_ledgerentry
    (id, at, person_id, role, kind, object_label, object_uuid,
    community_id, request_uuid, region_id, fields, reason, view)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


def flush(actor: Actor) -> None:
    """Write what this actor has read so far, one entry for each object with all its opened fields.

    `acting_as` calls it at the end of its block, in the same transaction and still under that name.
    """
    entries = [_entry(actor, Kind.READ, seen, sorted(fields)) for seen, fields in actor.reads.items()]
    _write(entries)
    actor.reads.clear()


def record(
    kind: Kind,
    what: models.Model | str,
    *,
    fields: Iterable[str] = (),
    reason: str = "",
    seen: Seen | None = None,
) -> None:
    """Write one act of the acting person now.

    `what` is the row, or a label for what is not one row (an export of a list); `seen` says whom such a
    list concerns. The reason given to `acting_as` is taken unless another one is given. Raises `NoActor`.
    """
    actor = current_actor()
    entry = _entry(actor, kind, seen or seen_in(what), list(fields))
    entry.reason = (reason or actor.reason)[:1000]
    _write([entry])


def record_refusal(what: models.Model | str = "", *, view: str = "", reason: str = "") -> None:
    """Write that the acting person was refused something, in a transaction of its own.

    Called after the refused work has been undone, still (or again) under the person's name.
    """
    actor = current_actor()
    with transaction.atomic():
        entry = _entry(actor, Kind.REFUSED, seen_in(what), [])
        entry.view, entry.reason = (view or actor.view)[:120], reason[:1000]
        _write([entry])


def _write(entries: list[LedgerEntry]) -> None:
    if len(entries) != 1:
        LedgerEntry.objects.bulk_create(entries, batch_size=1000)
        return
    (one,) = entries
    values: list[Any] = [
        one.id, one.at, one.person_id, one.role, str(one.kind), one.object_label, one.object_uuid, one.community_id,
        one.request_uuid, one.region_id, one.fields, one.reason, one.view,
    ]  # fmt: skip
    # The actor is announced when a transaction begins; inside of one this costs nothing.
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(INSERT, values)


def _entry(actor: Actor, kind: Kind, seen: Seen, fields: list[str]) -> LedgerEntry:
    return LedgerEntry(
        person_id=actor.user_id,
        role=actor.role[:60],
        kind=kind,
        object_label=seen.label,
        object_uuid=seen.uuid,
        community_id=seen.community_id,
        request_uuid=seen.request_uuid,
        region_id=seen.region_id,
        fields=fields,
        reason=actor.reason[:1000],
        view=actor.view[:120],
    )


at_the_end.append(flush)
