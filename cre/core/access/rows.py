"""Fetching the row that an action is about to change."""

from typing import Any, TypeVar

from django.db import models
from django.http import Http404

from cre.core.access.actor import current_scope
from cre.core.access.errors import Stale

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row, *related: str, version: int | None = None) -> Row:
    """The same row, locked until the transaction ends; `related` names what comes along with it, unlocked.

    Raises Http404 when the acting person does not see it, `Stale` when `version` is no longer current.
    """
    queryset: Any = type(row)._default_manager
    visible = queryset.visible_to(current_scope()).filter(pk=row.pk)
    # Without a name `select_related` would bring everything.
    chosen = visible.select_related(*related) if related else visible
    found: Row | None = chosen.select_for_update(of=("self",)).first()
    if found is None:
        raise Http404
    if version is not None and getattr(found, "version", version) != version:
        raise Stale
    return found
