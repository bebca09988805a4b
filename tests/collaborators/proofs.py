"""What people hold in their hands in these tests: an app, a sheet, and the pages that ask for them."""

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value

from collaborators.actions import add_app, print_sheet
from collaborators.models import User

HALF_MINUTE = 30


def code_of(secret: str, *, later: int = 0) -> str:
    """What an app with this secret shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // HALF_MINUTE + later))


def app_of(user: User) -> str:
    """Give the person an authenticator app that has shown no code yet; its secret."""
    secret = generate_totp_secret()
    add_app(secret, used=0, by=user)
    return secret


def sheet_of(user: User) -> list[str]:
    """Give the person a printed sheet; its codes."""
    return print_sheet(by=user)


def asks_for_proof(answer: Any) -> bool:
    """Whether the answer is the question who this is, or leads to where a second factor is added."""
    if answer.status_code == 302:
        return bool("/accounts/2fa/" in answer.url)
    return answer.status_code == 403 and "doors/prove.html" in {part.name for part in answer.templates}
