"""Fetching the row that an action is about to change."""

from typing import Any, TypeVar

from django.db import models
from django.http import Http404

from cre.core.access.actor import current_scope
from cre.core.access.errors import Stale

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row, *, version: int | None = None) -> Row:
    """The same row, locked until the transaction ends.

    Raises Http404 when the acting person does not see it, `Stale` when `version` is no longer current.
    """
    queryset: Any = type(row)._default_manager
    found: Row | None = queryset.visible_to(current_scope()).select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise Http404
    if version is not None and getattr(found, "version", version) != version:
        raise Stale
    return found
