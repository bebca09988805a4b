"""Every write is an action: one verb, one function, one transaction, one acting person."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from cre.core.access import acting_as

P = ParamSpec("P")
R = TypeVar("R")


def action(write: Callable[P, R]) -> Callable[P, R]:
    """Run a write in one transaction under the scope of `by`, a keyword argument that is never optional."""

    @wraps(write)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        by: Any = kwargs["by"]
        with transaction.atomic(), acting_as(by):
            return write(*args, **kwargs)

    run.is_action = True  # type: ignore[attr-defined]
    return run


def bulk_action(write: Callable[P, R]) -> Callable[P, R]:
    """An action that may use `update()` and `bulk_create()`, and writes history and outbox itself."""
    return action(write)
