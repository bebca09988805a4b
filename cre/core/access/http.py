"""What a request carries beside what was sent: what its person holds, and whether it was refused."""

from typing import cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cre.core.access.actor import current_scope
from cre.core.access.scope import Scope


class ScopedRequest(HttpRequest):
    """A request as `ActorMiddleware` hands it on."""

    scope: Scope
    was_refused: bool


def give_scope(request: HttpRequest) -> None:
    """Let views read what the acting person holds; the database is asked at the first question."""
    cast(ScopedRequest, request).scope = cast(Scope, SimpleLazyObject(current_scope))


def note_refusal(request: HttpRequest) -> None:
    """Remember that a wall said no; the ledger is told when the view's own work has been undone."""
    cast(ScopedRequest, request).was_refused = True


def was_refused(request: HttpRequest) -> bool:
    return getattr(request, "was_refused", False)


def page_of(request: HttpRequest) -> str:
    """The name of the page that was asked for, which says nothing of its object; empty where there is none."""
    match = request.resolver_match
    return match.view_name if match else ""
