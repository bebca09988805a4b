"""Adding and taking away what proves a person beside their password."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from collaborators import notices
from collaborators.actions.accounts import note_account_event
from collaborators.models import AccountEvent, AccountEventKind, User
from collaborators.selectors.factors import has_factor
from collaborators.selectors.ways import comes_with_code
from cre.core import ledger
from cre.core.access import current_actor, current_scope, require
from cre.core.actions import action
from cre.core.ledger import Kind
from cre.core.outbox import emit
from cre.core.security_events import SecurityEvent, security_event

LOGGED = {
    AccountEventKind.FACTOR_ADDED: SecurityEvent.FACTOR_ADDED,
    AccountEventKind.FACTOR_REMOVED: SecurityEvent.FACTOR_REMOVED,
    AccountEventKind.PASSKEY_ADDED: SecurityEvent.FACTOR_ADDED,
    AccountEventKind.PASSKEY_REMOVED: SecurityEvent.FACTOR_REMOVED,
}
NOT_PROVEN = _("Only a visit that was proven by a second step changes it.")


@action
def add_app(secret: str, *, used: int, by: User) -> Authenticator:
    """Add an authenticator app that shares `secret`; whoever calls has checked its code of the half minute `used`."""
    require(can_add(by), NOT_PROVEN)
    require(not has_factor(by, Authenticator.Type.TOTP), _("There is an app already. Remove it first."))
    factor: Authenticator = TOTP.activate(by, secret).instance
    factor.data["last_counter"] = used
    factor.save(update_fields=["data"])
    return noted(factor, AccountEventKind.FACTOR_ADDED, by)


@action
def add_passkey(name: str, credential: dict[str, Any], *, by: User) -> Authenticator:
    """Add a passkey under a name; whoever calls has checked the answer that made it."""
    require(can_add(by), NOT_PROVEN)
    factor: Authenticator = WebAuthn.add(by, name, credential).instance
    kind = AccountEventKind.PASSKEY_ADDED if comes_with_code(by) else AccountEventKind.FACTOR_ADDED
    return noted(factor, kind, by)


@action
def print_sheet(*, by: User) -> list[str]:
    """Make a new sheet of one-time codes, shown now and never again; an earlier sheet is worth nothing from now on."""
    require(can_add(by), NOT_PROVEN)
    Authenticator.objects.filter(user=by, type=Authenticator.Type.RECOVERY_CODES).delete()
    sheet = RecoveryCodes.activate(by)
    noted(sheet.instance, AccountEventKind.FACTOR_ADDED, by)
    return list(sheet.generate_codes())


@action
def remove_factor(factor: Authenticator, *, by: User) -> None:
    """Take away one of one's own; the last one stays while one is demanded, which it never is beside a receipt code."""
    is_beside_code = comes_with_code(by)
    require(factor.user_id == by.pk and (current_actor().is_proven or is_beside_code), NOT_PROVEN)
    others = is_beside_code or Authenticator.objects.filter(user=by).exclude(pk=factor.pk).exists()
    require(others or not settings.SECOND_FACTOR_DEMANDED, _("This is your last one. Add another one first."))
    is_way = is_beside_code and factor.type == Authenticator.Type.WEBAUTHN
    noted(factor, AccountEventKind.PASSKEY_REMOVED if is_way else AccountEventKind.FACTOR_REMOVED, by)
    factor.delete()


@action
def reset_factors(person: User, *, reason: str, by: User) -> None:
    """Take all factors from somebody who lost them, after a talk on record; they set up anew and all visits end.

    `reason` says who spoke with the person and how they were known. Never for oneself.
    """
    require(current_scope().holds("coordinate", "steward"), _("Only the coordinator or the steward does this."))
    require(person.pk != by.pk, _("Somebody else does this for you."))
    require(bool(reason.strip()), _("Write down who spoke with the person, and how you knew them."))
    ledger.record(Kind.ACTED, "mfa.Authenticator", reason=reason)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_reset_factors(%s)", [person.pk])
        (made,) = cursor.fetchone()
    emit(notices.ACCOUNT_CHANGED, AccountEvent.objects.get(pk=made), person=person.pk)
    security_event(SecurityEvent.FACTOR_REMOVED, person=person.pk, by=by.pk)


def can_add(user: User) -> bool:
    """A first factor is anybody's; a further one needs a proven visit, or a password alone would be enough.

    Whoever came with a receipt code adds passkeys beside it.
    """
    return current_actor().is_proven or not has_factor(user) or comes_with_code(user)


def noted(factor: Authenticator, kind: AccountEventKind, by: User) -> Authenticator:
    """Write the change into the ledger and the log, its kind and never its secret, and tell the person of it."""
    ledger.record(Kind.ACTED, "mfa.Authenticator", fields=[factor.type])
    note_account_event(kind, by=by)
    security_event(LOGGED[kind], person=factor.user_id, kind=factor.type)
    return factor
