"""Who sees what: one rule in Python, and the same rule again in the database."""

from cre.core.access.actor import (
    NoActor,
    acting_as,
    acting_person,
    acting_system,
    current_actor,
    current_scope,
    forget_scope,
)
from cre.core.access.errors import No, Refused, Stale, require
from cre.core.access.guards import RowGuard, run_sql_file
from cre.core.access.holdings import holders, join, leave
from cre.core.access.rows import locked
from cre.core.access.scope import EVERYTHING, Scope, container, id_list
from cre.core.access.sight import Branches, VisibleQuerySet, hides, sees

__all__ = [
    "EVERYTHING",
    "Branches",
    "No",
    "NoActor",
    "Refused",
    "RowGuard",
    "Scope",
    "Stale",
    "VisibleQuerySet",
    "acting_as",
    "acting_person",
    "acting_system",
    "container",
    "current_actor",
    "current_scope",
    "forget_scope",
    "hides",
    "holders",
    "id_list",
    "join",
    "leave",
    "locked",
    "require",
    "run_sql_file",
    "sees",
]
