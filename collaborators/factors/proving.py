"""Checking what somebody shows: a code of their app or sheet, which counts once, or an answer of their passkey."""

from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import complete_authentication, parse_authentication_response
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from collaborators.models import User
from cre.core.security_events import SecurityEvent, security_event

# The most that anybody types: a password, or a code with blanks in it.
LONGEST = 200


def factor_of_code(user: User, code: str) -> Authenticator | None:
    """The factor that this code belongs to, with the code used up; None for a wrong or used one."""
    with transaction.atomic():
        for factor in Authenticator.objects.select_for_update().filter(user=user).order_by("pk"):
            if uses_up(factor, code):
                factor.save(update_fields=["data"])
                return factor
    return None


def uses_up(factor: Authenticator, code: str) -> bool:
    """Whether the code is right; the factor then remembers that it was used, which the database lets nobody undo."""
    if factor.type == Authenticator.Type.TOTP:
        counter = counter_of(decrypt(factor.data["secret"]), code)
        if counter is None or counter <= factor.data.get("last_counter", 0):
            return False
        factor.data["last_counter"] = counter
        return True
    if factor.type == Authenticator.Type.RECOVERY_CODES:
        for place, printed in enumerate(RecoveryCodes(factor).generate_codes()):
            if compare_user_code(actual=code, expected=printed) and not factor.data["used_mask"] & 1 << place:
                factor.data["used_mask"] |= 1 << place
                return True
    return False


def counter_of(secret: str, code: str) -> int | None:
    """The half minute for which an app with this secret shows the code, now or just before or after (RFC 6238)."""
    for counter in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            return int(counter)
    return None


def factor_of_passkey(user: User, answer: Any) -> Authenticator | None:
    """The passkey that answered the question of this session; None for any other answer."""
    try:
        parse_authentication_response(answer)
        return complete_authentication(user, answer)
    except (ValidationError, ValueError, TypeError, KeyError):
        return None


def note_proof(request: HttpRequest, factor: Authenticator, *, again: bool = False) -> None:
    """Let the session know that a factor proved its person, under a new key so that no old one gains by it."""
    if request.user.is_authenticated:
        request.session.cycle_key()
    post_authentication(request, factor, reauthenticated=again)
    if again:
        security_event(SecurityEvent.REAUTHENTICATED, person=factor.user_id, kind=factor.type)
