"""Removing what is due: class after class, each object in a transaction of its own, with a proof."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from cre.core.access import Refused, acting_system
from cre.core.ledger import Kind, record
from cre.core.outbox import emit
from cre.core.registries import Retained, retained
from cre.core.retention.files import destroy_condemned_files
from cre.core.retention.keys import DESTROY_KEYS, destroy_condemned_keys
from cre.core.retention.models import CondemnedKey, RetentionProof
from cre.core.retention.rules import rule_of
from cre.core.vault import blind_index

log = logging.getLogger(__name__)
BATCH = 200


class NothingWent(RuntimeError):
    """Something was due, and its removal removed nothing: to go on would never end."""


def run_retention() -> dict[str, int]:
    """Ask where people are asked before, remove what is due; returns how many objects or batches of each class went.

    It can stop anywhere and begin again: what went has its proof in the same transaction, what did not is still due.
    """
    went = {}
    for kept in retained:
        if kept.ask is not None:
            each(kept, kept.to_ask, kept.ask)
        went[kept.name] = each(kept, kept.due, partial(remove, kept))
    destroy_condemned_keys()
    destroy_condemned_files()
    return went


def each(kept: Retained, find: Callable[[int], Any], act: Callable[[Any], Any]) -> int:
    """Do something for every item that is found, each by itself; one that fails waits for the next run."""
    done = 0
    failed: set[Any] = set()
    while True:
        with transaction.atomic(), acting_system():
            items = [item for item in find(BATCH + len(failed)) if item not in failed]
        if not items:
            return done
        for item in items:
            try:
                with transaction.atomic(), acting_system():
                    act(item)
                done += 1
            except (DatabaseError, NothingWent, Refused) as error:
                failed.add(item)
                log.error("Retention of %s left something for the next run: %s.", kept.name, type(error).__name__)  # noqa: TRY400 - no values


def remove(kept: Retained, item: Any) -> None:
    """Take one item out for good, in the running transaction of the system account, and leave the proof.

    The ledger keeps the act; the keys of what went are destroyed when this has been committed. Raises `NothingWent`.
    """
    rows = kept.remove(item)
    if not any(rows.values()):
        raise NothingWent
    proof = prove(kept, rows, object_uuid=getattr(item, "object_uuid", None))
    record(Kind.ACTED, proof)
    if CondemnedKey.objects.exists():
        emit(DESTROY_KEYS, proof)


def prove(kept: Retained, rows: Mapping[str, int], *, object_uuid: UUID | None) -> RetentionProof:
    """The proof without content."""
    return RetentionProof.objects.create(
        rule=kept.name,
        days=rule_of(kept.name).days,
        rows=dict(rows),
        fingerprint=fingerprint(object_uuid) if object_uuid else None,
    )


def fingerprint(object_uuid: UUID) -> bytes:
    """The keyed hash under which the proof of an object is found again."""
    return blind_index("retention", str(object_uuid))
