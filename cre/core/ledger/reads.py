"""What the acting person opens is noted here, and written once for each object when they are done."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from cre.core.access.actor import current_actor

# The attributes that tell whom a row concerns, where its model says nothing else in SUBJECT.
USUAL_SUBJECT = {"community": "community_id", "request": "request_uuid", "region": "region_id"}


@dataclass(frozen=True)
class Seen:
    """An object, and whom it concerns."""

    label: str = ""
    uuid: UUID | None = None
    community_id: int | None = None
    request_uuid: UUID | None = None
    region_id: int | None = None


def record_read(instance: models.Model, field: str) -> None:
    """Note that the acting person opened a field of this row. Raises `NoActor` when nobody acts."""
    current_actor().reads.setdefault(seen_in(instance), set()).add(field)


def seen_in(instance: models.Model | str) -> Seen:
    """What the ledger says of a row (of history: of the row it was); a text names a list or a page."""
    if isinstance(instance, str):
        return Seen(label=instance)
    row: Any = instance
    if hasattr(row, "instance_type"):
        row = row.instance
    named = {**USUAL_SUBJECT, **getattr(row, "SUBJECT", {})}
    return Seen(
        label=row._meta.label,
        uuid=getattr(row, "uuid", None),
        community_id=getattr(row, named["community"], None),
        request_uuid=getattr(row, named["request"], None),
        region_id=getattr(row, named["region"], None),
    )
