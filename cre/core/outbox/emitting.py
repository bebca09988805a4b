"""Writing an event into the outbox, in the transaction of the change that caused it."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models

from cre.core.outbox.topics import Channel, Kind, Work

# Ids and codes only: a sentence has spaces, and content never travels in a payload.
SMALL = re.compile(r"[A-Za-z0-9_.:+-]{1,64}")
KEY_LENGTH = 160


def emit(
    kind: Kind, about: Any, *, key: str | None = None, due_at: datetime | None = None, **ids: int | str | UUID
) -> None:
    """Tell people of a topic, or have a piece of work done, once this transaction is committed.

    kind: a declared `Topic` or `Work`; about: the record concerned, which has a `uuid`; key: the same key is
    delivered only once (each call is an event of its own without it); due_at: not before this moment;
    ids: small ids and codes that `recipients` or `carry_out` needs.
    Raises ValueError for a wrong model or anything that could be content, and
    django.db.ProgrammingError (insufficient privilege) when nobody is acting.
    """
    payload = {"label": kind.label, "uuid": str(about.uuid), "ids": checked_ids(ids)}
    if label_of(about) != kind.label.lower():
        raise ValueError(f"{kind.code} is about {kind.label}, not {label_of(about)}.")
    key = key or f"{kind.code}:{uuid4()}"
    if len(key) > KEY_LENGTH:
        raise ValueError(f"A key has at most {KEY_LENGTH} characters.")
    channel = Channel.WORK if isinstance(kind, Work) else Channel.FAN_OUT
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cre_emit(%s, %s, %s, %s, %s, %s)",
            [key, kind.code, json.dumps(payload), channel, kind.urgent, due_at],
        )


def label_of(about: models.Model) -> str:
    """The label of a record's model, in lower case: `collaborators.community`."""
    return about._meta.label_lower


def checked_ids(ids: Mapping[str, int | str | UUID]) -> dict[str, int | str]:
    """The ids as JSON holds them. Raises ValueError for what is no id."""
    checked: dict[str, int | str] = {}
    for name, value in ids.items():
        small = value if isinstance(value, int) else str(value)
        if isinstance(small, str) and not SMALL.fullmatch(small):
            raise ValueError(f"{name} is no id or code.")
        checked[name] = small
    return checked
