"""Error pages: a plain sentence and what to do next, never a value of the program."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from psycopg.errors import InsufficientPrivilege, UniqueViolation

from cre.core.abuse import TooManyTries
from cre.core.access import Stale
from cre.core.access.http import note_refusal
from cre.core.security_events import SecurityEvent, security_event
from cre.core.states import NoSuchMove
from cre.csrf import words_typed

logger = logging.getLogger(__name__)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: the browser sent something that we cannot read."""
    security_event(SecurityEvent.INPUT_REFUSED, kind=type(exception).__name__)
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the sentence of the refusal, and with what the person had typed."""
    context = {"reason": str(exception), "typed": words_typed(request)}
    return render(request, "403.html", context, status=HTTPStatus.FORBIDDEN)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: nothing here, or nothing that this person may see."""
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


@requires_csrf_token
def conflict(request: HttpRequest, reason: str | Promise = "") -> HttpResponse:
    """Answer 409: somebody changed the same thing while this person wrote; the words are shown again."""
    context = {"reason": reason, "typed": words_typed(request)}
    return render(request, "409.html", context, status=HTTPStatus.CONFLICT)


@requires_csrf_token
def too_many(request: HttpRequest, slowed: TooManyTries) -> HttpResponse:
    """Answer 429: somebody tried too often; the page says when the next try is looked at."""
    security_event(SecurityEvent.RATE_EXCEEDED)
    context = {"reason": slowed.sentence, "typed": words_typed(request)}
    response = render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(slowed.wait)
    return response


def server_error(_request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database, the session or the person's data anything."""
    security_event(SecurityEvent.UNEXPECTED_ERROR)
    try:
        page = str(render_to_string("500.html"))
    except Exception:
        logger.exception("The error page itself failed")
        title, sentence = _("Error"), _("Something went wrong on our side.")
        page = f"<!doctype html><title>{title}</title><p>{sentence}</p>"
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


class ConflictMiddleware:
    """Answers what an action raises when somebody was quicker, or when the database's own wall said no."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 409 for a stale record or an impossible step, 403 for a refusal of the database, 429 for haste."""
        if isinstance(exception, TooManyTries):
            return too_many(request, exception)
        if isinstance(exception, Stale):
            return conflict(request, exception.sentence)
        if was_overtaken(exception):
            # Its message names models and codes: for the programmer, not for the person.
            logger.warning("Somebody was quicker: %s", type(exception).__qualname__)
            return conflict(request, Stale.sentence)
        if refused_by_database(exception):
            # The second wall had to hold: a check of ours let through what it should have stopped.
            security_event(SecurityEvent.ROW_REFUSED)
            # The actor's middleware writes this refusal to the ledger.
            note_refusal(request)
            return permission_denied(request, PermissionDenied())
        return None


def was_overtaken(exception: Exception) -> bool:
    """Whether somebody else came in between: took the step, wrote the same, or put a record out of sight.

    The last is a freeze, a transfer or a deletion between two statements.
    """
    is_doubled = isinstance(exception, IntegrityError) and isinstance(exception.__cause__, UniqueViolation)
    return isinstance(exception, NoSuchMove | ObjectDoesNotExist) or is_doubled


def refused_by_database(exception: Exception) -> bool:
    """Whether row security or a definer function refused a statement; other errors of SQL are our own."""
    return isinstance(exception, ProgrammingError) and isinstance(exception.__cause__, InsufficientPrivilege)
