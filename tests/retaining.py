"""Letting time pass over what is kept, and looking for what is left of it anywhere."""

from typing import Any

from django.db import connection, models

from collaborations.models import KeepQuestion, SupportRequest
from cre.core.retention import RetentionProof, run_retention
from tests.conftest import as_owner

# These only take new rows: they keep ids, and no word of what was told.
KEEPS_IDS = {"core_ledgerentry", "core_ledgerlink"}


def age(model: type[models.Model], days: int, *names: str, **where: Any) -> None:
    """Let something have happened so many days sooner, in its history too."""
    ((column, value),) = where.items()
    past: Any = getattr(model, "history", None)
    tables = {model._meta.db_table: names}
    if past is not None:
        tables[past.model._meta.db_table] = (*names, "history_date")
    with as_owner(), connection.cursor() as cursor:
        for table, moments in tables.items():
            sooner = ", ".join(f"{name} = {name} - make_interval(days => {days})" for name in moments)
            cursor.execute(f"UPDATE {table} SET {sooner} WHERE {column} = %s", [value])


def over_since(request: SupportRequest, days: int) -> None:
    """Let a request have ended so many days ago."""
    age(SupportRequest, days, "closed_at", "received_at", "created_at", id=request.pk)


def ask_and_wait(days: int) -> None:
    """Let the clock ask, and so many days go by without an answer."""
    run_retention()
    with as_owner():
        asked = list(KeepQuestion.objects.values_list("pk", flat=True))
    for pk in asked:
        age(KeepQuestion, days, "asked_at", "due_at", id=pk)


def places_of(*words: Any) -> set[str]:
    """Every table in which one of these words, such as a uuid, still stands anywhere in a row."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        tables = [name for (name,) in cursor.fetchall()]
        found = set()
        for table in tables:
            cursor.execute(
                f"SELECT EXISTS (SELECT 1 FROM {table} t WHERE t::text LIKE ANY (%s))",
                [[f"%{word}%" for word in words]],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def proofs() -> list[str]:
    """The rules of which something went."""
    with as_owner():
        return sorted(RetentionProof.objects.values_list("rule", flat=True))


def is_there(row: models.Model) -> bool:
    with as_owner():
        return type(row)._default_manager.filter(pk=row.pk).exists()
