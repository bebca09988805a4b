"""When a form's safety mark has expired: store nothing, lose nothing, show again what was typed."""

import re
from http import HTTPStatus

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from cre.core.security_events import SecurityEvent, security_event

# A field named so holds a secret, and a secret is never shown again.
SECRET_NAME = re.compile(r"password|token|otp|secret|receipt|(^|-)code$", re.IGNORECASE)
# A receipt code inside a text: 28 digits of any script, however they are grouped.
RECEIPT_CODE = re.compile(r"\d(?:[\s.\-\u2010-\u2015]*\d){27,}")
# How Django's reasons begin when the form was sent from another site.
FOREIGN_REASONS = ("Origin checking failed", "Referer checking failed")


# What reading a form may raise: too much of it, another alphabet, a broken or a cut-off body.
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError)


def is_readable(request: HttpRequest) -> bool:
    """Whether the form can be read; a page that refuses may be the first that looks, and refuses all the same."""
    try:
        return request.POST is not None
    except UNREADABLE:
        return False


def words_typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person typed, field by field, without passwords and receipt codes; nothing if it cannot be read."""
    fields = request.POST.lists() if is_readable(request) else ()
    return [
        (name, RECEIPT_CODE.sub("…", value))
        for name, values in fields
        for value in values
        if not SECRET_NAME.search(name)
    ]


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 with the form as typed and a fresh safety mark.

    A form that came from another site can be read here and copied, but not sent on: its words may not be
    those of this person.
    """
    is_foreign = reason.startswith(FOREIGN_REASONS)
    security_event(SecurityEvent.INPUT_REFUSED, kind="foreign form" if is_foreign else "old form")
    context = {
        "typed": words_typed(request),
        "is_foreign": is_foreign,
        "had_files": is_readable(request) and bool(request.FILES),
    }
    return render(request, "csrf.html", context, status=HTTPStatus.FORBIDDEN)
