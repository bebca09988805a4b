"""Every request is one transaction, under the name of the person who sent it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from cre.core import ledger
from cre.core.access.actor import acting_as, current_scope, serving
from cre.core.access.proof import is_proven
from cre.core.security_events import SecurityEvent, security_event


class ActorMiddleware:
    """Sets `request.scope` and holds the view, its template and its ledger rows in one transaction.

    ATOMIC_REQUESTS adds the savepoint that undoes a view that failed; a refusal is written afterwards.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with serving():
            return self.serve(request)

    def serve(self, request: HttpRequest) -> HttpResponse:
        """Answer as the person of the session, as proven as the session says; then write down a refusal."""
        with transaction.atomic(), acting_as(request.user, proven=is_proven(request)) as actor:
            request.scope = SimpleLazyObject(current_scope)  # type: ignore[attr-defined]
            request.actor = actor  # type: ignore[attr-defined]
            response = self.get_response(request)
        if getattr(request, "was_refused", False) and request.user.pk:
            with transaction.atomic(), acting_as(request.user, view=actor.view):
                ledger.record_refusal(view=actor.view)
            security_event(SecurityEvent.ACCESS_REFUSED, person=request.user.pk)
        return response

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> None:
        """Note under which page the reads of this request happen."""
        match = request.resolver_match
        request.actor.view = match.view_name if match else ""  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Remember a refusal; it is written when the view's own work has been undone."""
        if isinstance(exception, PermissionDenied):
            request.was_refused = True  # type: ignore[attr-defined]
