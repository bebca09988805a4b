"""The mark that a database bears for ever once a demonstration was loaded into it, and how far it came.

It is a table of its own and not a row in one of the product's: a database without a demonstration has
no trace of it, the application can read it but never take it off, and every dump carries it along.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections

MARK = """
CREATE TABLE IF NOT EXISTS demo_world (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz
);
REVOKE INSERT, UPDATE, DELETE ON demo_world FROM cre_app;
GRANT SELECT ON demo_world TO cre_app;
INSERT INTO demo_world DEFAULT VALUES ON CONFLICT DO NOTHING;
"""
# Any number that nothing else locks.
ONE_AT_A_TIME = 20_261_122


def is_demo_database() -> bool:
    """Whether a demonstration was ever loaded into this database, so that it must never serve real people."""
    return _is_marked(connection.alias)


def is_demo_loaded() -> bool:
    """Whether the world of the demonstration is complete."""
    return _is_marked(connection.alias) and _is_finished(connection.alias)


@contextmanager
def marked_for_loading() -> Iterator[str]:
    """Mark the database and hold it while the world is built; gives "new", "unfinished" or "finished"."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            found = "unfinished" if _is_marked("owner") else "new"
            yield "finished" if found == "unfinished" and _is_finished("owner") else found
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def set_mark() -> None:
    """Mark the database as a demonstration."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(MARK)


def set_finished() -> None:
    """Remember that the world is complete."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE demo_world SET finished_at = clock_timestamp()")


def _is_marked(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.demo_world') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def _is_finished(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT coalesce(bool_or(finished_at IS NOT NULL), false) FROM demo_world")
        return bool(cursor.fetchone()[0])
