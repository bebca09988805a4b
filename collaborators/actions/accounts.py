"""How people sign in: passwords that they change, or set anew with a mailed link, and what is kept of it."""

from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborators import notices, policies
from collaborators.codes import ReceiptCode, is_secret
from collaborators.models import AccountEvent, AccountEventKind, User
from collaborators.selectors.ways import person_of_address
from cre.core import ledger
from cre.core.access import current_scope, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.security_events import SecurityEvent, security_event

# How long a talk lets somebody set a new password.
TALK_HOLDS = timedelta(days=1)


@action
def note_account_event(kind: AccountEventKind, *, by: User) -> AccountEvent:
    """Keep that the person changed how they sign in, and tell them, in case it was not they."""
    event = AccountEvent.objects.create(user_id=by.pk, by_id=by.pk, kind=kind)
    emit(notices.ACCOUNT_CHANGED, event, person=by.pk)
    return event


@action
def change_password(password: str, *, by: User) -> None:
    """Give oneself a new password; the database ends every session that knew the old one."""
    by.set_password(password)
    by.save(update_fields=["password"])
    note_account_event(AccountEventKind.PASSWORD_CHANGED, by=by)
    security_event(SecurityEvent.PASSWORD_CHANGED, person=by.pk)


@action
def ask_password_reset(email: str, *, by: User) -> None:
    """Have a link mailed to whoever owns this address; for an unknown one the same is done, for nobody.

    `by` is the system account: nobody has come in yet.
    """
    found = User.objects.filter(email=email.strip().lower(), is_active=True, is_system=False).first()
    emit(notices.RESET_ASKED, found or person_of_address(email) or by, once=uuid4())


@action
def reset_password(password: str, *, code: ReceiptCode | None, by: User) -> None:
    """Set a new password after a mailed link was checked. Nobody is signed in by it."""
    require(can_reset(code, by=by), _("A new password cannot be set with this."))
    change_password(password, by=by)


@action
def can_reset(code: ReceiptCode | None, *, by: User) -> bool:
    """Whether the mailed link is enough.

    Not for people of communities: somebody else may read their mail. They add their receipt code, or have
    talked with their facilitator within a day.
    """
    if not by.is_active or by.is_system:
        return False
    if not policies.communities_of(current_scope()):
        return True
    return is_own_code(code, by) or has_talked(by)


def is_own_code(code: ReceiptCode | None, person: User) -> bool:
    """Whether this is the person's living receipt code; a wrong one takes as long as the right one."""
    if code is None:
        return False
    found = person.receipt_credentials.filter(locator=code.locator, replaced_at=None).first()
    return is_secret(code.secret, found.secret_hash if found else None, found.pepper_version if found else None)


def has_talked(person: User) -> bool:
    """Whether a facilitator allowed a new password within a day, and none was set since."""
    latest = AccountEvent.objects.visible_to(current_scope()).filter(user_id=person.pk).newest_first()
    told = latest.filter(kind__in=[AccountEventKind.RESET_ALLOWED, AccountEventKind.PASSWORD_CHANGED]).first()
    is_allowed = told is not None and told.kind == AccountEventKind.RESET_ALLOWED
    return bool(told and is_allowed and told.happened_at > timezone.now() - TALK_HOLDS)


@action
def allow_reset(person: User, *, by: User) -> AccountEvent:
    """Record a talk, in which a facilitator made sure who this is: one new password without a receipt code."""
    require(policies.can_look_after(person.pk) and person.pk != by.pk, _("Only their own facilitator allows this."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_allow_reset(%s)", [person.pk])
        (made,) = cursor.fetchone()
    event = AccountEvent.objects.get(pk=made)
    ledger.record(ledger.Kind.ACTED, event)
    emit(notices.ACCOUNT_CHANGED, event, person=person.pk)
    security_event(SecurityEvent.RESET_ALLOWED, person=person.pk, by=by.pk)
    return event
