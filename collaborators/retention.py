"""What is kept of people: replaced receipt codes, invitations that are over."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from cre.core.registries import Retained, retained
from cre.core.retention import removed_by

ROWS_AT_ONCE = 1_000


def old_rows() -> dict[str, tuple[int, int]]:
    """For each rule about rows that are only old: how many would go now, and within thirty days."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kept, due, soon FROM cre_old_rows()")
        return {kept: (due, soon) for kept, due, soon in cursor.fetchall()}


def removed_by_function(name: str) -> dict[str, Any]:
    """How rows go that only a function of the database may remove."""

    def due(_: int) -> Sequence[str]:
        return [name] if old_rows().get(name, (0, 0))[0] else []

    def remove(_: str) -> dict[str, int]:
        return removed_by("cre_remove_old", name, ROWS_AT_ONCE)

    return {"name": name, "due": due, "remove": remove}


retained.add(
    Retained(
        **removed_by_function("invitations"),
        words=_("Invitations that were answered or have run out"),
        begins=_("when they run out"),
        days=365,
    )
)
retained.add(
    Retained(
        **removed_by_function("codes"),
        words=_("Receipt codes that were replaced"),
        begins=_("when a new code was given"),
        days=30,
    )
)
