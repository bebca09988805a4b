"""The only place that assigns a status, and the one way to change a record."""

from typing import Any, ClassVar, Protocol, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)
Moves = dict[str, set[str]]


class HasStatus(Protocol):
    """A record with a status, a version and the moves it may make."""

    MOVES: ClassVar[Moves]
    status: str
    version: int


class NoSuchMove(ValueError):
    """The record cannot go from its status to that one."""


def change(row: Row, **values: Any) -> Row:
    """Set these fields, raise the version, save only them; history is written by simple-history."""
    for name, value in values.items():
        setattr(row, name, value)
    if hasattr(row, "version"):
        row.version += 1
        values["version"] = row.version
    row.save(update_fields=list(values))
    return row


def can_move(row: Any, to: str) -> bool:
    """Whether the record's status leads to `to`."""
    return to in row.MOVES.get(row.status, set())


def move(row: Row, to: str, **values: Any) -> Row:
    """Give a record its next status, and the fields that change with it. Raises `NoSuchMove`."""
    if not can_move(row, to):
        raise NoSuchMove(f"{type(row).__name__} cannot go from {row.status} to {to}")  # type: ignore[attr-defined]
    return change(row, status=to, **values)
