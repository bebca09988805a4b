"""Every request is one transaction, under the name of the person who sent it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from cre.core import ledger
from cre.core.access.actor import acting_as, name_page, serving
from cre.core.access.http import give_scope, note_refusal, page_of, was_refused
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
            give_scope(request)
            response = self.get_response(request)
        if was_refused(request) and request.user.pk:
            with transaction.atomic(), acting_as(request.user, view=actor.view):
                ledger.record_refusal(view=actor.view)
            security_event(SecurityEvent.ACCESS_REFUSED, person=request.user.pk)
        return response

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> None:
        """Note under which page the reads of this request happen."""
        name_page(page_of(request))

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Remember a refusal; it is written when the view's own work has been undone."""
        if isinstance(exception, PermissionDenied):
            note_refusal(request)
