"""Giving and ending what people hold on containers, through functions that check the acting person."""

from datetime import datetime
from typing import Any

from django.db import connection, models

from cre.core.access.actor import forget_scope


def join(
    held: models.Model,
    codename: str,
    user: Any,
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> None:
    """Give `user` the permission `codename` on the container `held`, as the acting person.

    The function in the database checks that the acting person may give it; nobody gives it to themselves.
    Raises django.db.ProgrammingError (insufficient privilege) otherwise.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT cre_join_{held._meta.model_name}(%s, %s, %s, %s, %s)",
            [codename, held.pk, user.pk, starts_at, ends_at],
        )
    forget_scope()


def leave(held: models.Model, codename: str, user: Any) -> None:
    """End what `user` holds on the container now; ending one's own is always allowed."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cre_leave_{held._meta.model_name}(%s, %s, %s)", [codename, held.pk, user.pk])
    forget_scope()


def holders(held: models.Model, codename: str) -> list[int]:
    """The ids of the people who hold `codename` on the container now; only the system account may ask."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cre_holders_{held._meta.model_name}(%s, %s)", [codename, held.pk])
        row = cursor.fetchone()
    return list(row[0] or ()) if row else []
