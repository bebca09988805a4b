"""What a session says of the ways in which its person proved who they are."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

# The method under which allauth notes a code of an app, of a printed sheet, or a passkey.
FACTOR = "mfa"


def is_proven(request: HttpRequest) -> bool:
    """Whether a second factor proved the person of this session; always where none is demanded."""
    if not settings.SECOND_FACTOR_DEMANDED:
        return True
    return any(record.get("method") == FACTOR for record in proofs_of(request))


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person proved who they are so lately that an act of weight needs no new question."""
    latest = max((record.get("at", 0) for record in proofs_of(request)), default=0)
    return bool(time.time() - latest < settings.FRESH_PROOF_SECONDS)


def proofs_of(request: HttpRequest) -> list[dict[str, Any]]:
    """What allauth noted of this session's person: each with its `method` and when it was (`at`, in seconds)."""
    person: Any = request.user
    found: list[dict[str, Any]] = get_authentication_records(request, person)
    return found
