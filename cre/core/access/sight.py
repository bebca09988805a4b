"""The first wall: each model says its branches once, and every read starts from `visible_to`."""

from collections.abc import Callable, Iterator
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.sql.constants import INNER

from cre.core.access.scope import EVERYTHING, Everything, Scope

M_co = TypeVar("M_co", bound=models.Model, covariant=True)
Branches = Iterator[Q | Everything | None]
Policy = Callable[[Scope], Branches]
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")
Hiding = Callable[[Scope], Q | None]
_policies: dict[type[models.Model], Policy] = {}
_hidings: dict[type[models.Model], Hiding] = {}


def sees(*seen: type[models.Model]) -> Callable[[Policy], Policy]:
    """Say who sees the rows of these models: branches of literal ids, joined by OR."""

    def register(policy: Policy) -> Policy:
        for model in seen:
            _policies[model] = policy
        return policy

    return register


def hides(*hidden: type[models.Model]) -> Callable[[Hiding], Hiding]:
    """Say which rows of these models nobody is shown by any branch, as one condition; None where there are none."""

    def register(hiding: Hiding) -> Hiding:
        for model in hidden:
            _hidings[model] = hiding
        return hiding

    return register


def hidden_rows(model: type[models.Model], scope: Scope) -> Q | None:
    """The rows of a model that stay out of sight of this person whatever its policy shows."""
    hiding = _hidings.get(model)
    return hiding(scope) if hiding else None


def policy_of(model: type[models.Model]) -> Policy:
    """The policy of a model. Raises LookupError for a model that has none: nobody forgets it by accident."""
    try:
        return _policies[model]
    except KeyError:
        raise LookupError(f"{model.__name__} has no policy; say @sees in policies.py") from None


def is_empty(branch: Q) -> bool:
    """Whether an AND of conditions holds an empty id list, so that it can show nothing."""
    leaves: list[Any] = branch.children
    return branch.connector == Q.AND and any(
        is_empty(leaf) if isinstance(leaf, Q) else leaf[0].endswith("__in") and not leaf[1] for leaf in leaves
    )


def shown_rows(branches: Branches) -> Q | None:
    """The branches as one condition, empty where one of them shows everything; None where none shows anything."""
    shown: Q | None = None
    for branch in branches:
        if branch is EVERYTHING:
            return Q()
        if isinstance(branch, Q) and not is_empty(branch):
            shown = branch if shown is None else shown | branch
    return shown


def keep_rows_of_hidden_parents(before: Rows, narrowed: Rows) -> Rows:
    """Make the joins that a policy added outer ones.

    A branch may look at a parent that another branch of the same person does not show: an ally who is also
    a member sees an offer whose request row security hides. An inner join would lose the offer with it.
    """
    joins: Any = narrowed.query.alias_map
    for alias in joins.keys() - before.query.alias_map.keys():
        if joins[alias].join_type == INNER:
            joins[alias] = joins[alias].promote()
    return narrowed


class VisibleQuerySet(models.QuerySet[M_co]):
    """A queryset that can be cut down to what a scope sees."""

    def visible_to(self, scope: Scope) -> Self:
        """Only the rows that the person behind `scope` may see.

        Empty branches are left out and the rest are literal lists: an OR with a sub-select would
        make PostgreSQL walk the whole table for somebody who sees five rows.
        """
        if scope.user_id is None:
            return self.none()
        shown = shown_rows(policy_of(self.model)(scope))
        if shown is None:
            return self.none()
        hidden = hidden_rows(self.model, scope)
        if hidden is not None:
            shown &= ~hidden
        return keep_rows_of_hidden_parents(self, self.filter(shown)) if shown else self
