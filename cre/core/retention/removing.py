"""Calling the functions of the database that remove what nobody else may."""

import json
from typing import Any

from django.db import connection


def removed_by(function: str, *arguments: Any) -> dict[str, int]:
    """How many rows went from which table. Raises django.db.ProgrammingError when it is not allowed or too early."""
    places = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({places})", list(arguments))
        rows: dict[str, int] = json.loads(cursor.fetchone()[0])
    return rows
