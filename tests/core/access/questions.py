"""Plain SQL on the connection of the test, as an injected statement would be."""

from typing import Any

from django.db import connection


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Every row that the statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall()


def column(statement: str, *values: Any) -> list[Any]:
    """The first column of every row."""
    return [row[0] for row in rows(statement, *values)]


def run(statement: str, *values: Any) -> int:
    """Carry out a statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.rowcount
