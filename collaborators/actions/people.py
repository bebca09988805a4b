"""People with an e-mail address, and the roles that they are given and lose."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import ProgrammingError, connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaborators import notices, policies
from collaborators.models import AccessEnd, User
from cre.core import ledger
from cre.core.access import Refused, forget_scope, join, leave, require
from cre.core.actions import action, bulk_action
from cre.core.outbox import emit
from cre.core.security_events import SecurityEvent, security_event

LAST_COORDINATOR = _("Somebody has to go on coordinating, without an end. Give that role to another person first.")
NOT_YOURS_TO_END = _("You cannot end the access of this person. Tell the coordinator at once.")


@action
def register_person(*, email: str, password: str | None = None, language: str = "en", by: User) -> User:
    """Make an account for somebody who will be given a role; without a password it has to be set by mail."""
    require(policies.can_coordinate(), _("Only the coordinator registers people."))
    return User.objects.create_user(email=email, password=password, language=language)


@action
def give_role(
    container: Any, codename: str, user: User, *, starts_at: datetime | None = None, ends_at: datetime | None = None,
    by: User,
) -> None:  # fmt: skip
    """Let somebody hold `codename` on a region, a collaborator, a panel or the platform, until a moment or for now.

    Given again, it is the same role with another end; `starts_at` keeps its beginning.
    """
    require(policies.can_give(container), _("Only the coordinator gives roles."))
    require(user.pk != by.pk, _("Nobody gives a role to themselves."))
    with refused_in_words():
        join(container, codename, user, starts_at=starts_at, ends_at=ends_at)
    security_event(SecurityEvent.ROLE_GIVEN, person=user.pk, by=by.pk, role=codename, on=container.pk)


@action
def end_role(container: Any, codename: str, user: User, *, by: User) -> None:
    """End a role now; the next request of that person no longer has it. Somebody has to go on coordinating."""
    require(policies.can_give(container) or user.pk == by.pk, _("Only the coordinator ends others' roles."))
    with refused_in_words():
        leave(container, codename, user)
    security_event(SecurityEvent.ROLE_ENDED, person=user.pk, by=by.pk, role=codename, on=container.pk)


@action
def end_all_access(person: User, *, reason: str, by: User) -> AccessEnd:
    """End everything somebody can do here, at once: roles, sessions, receipt codes, invitations, the account.

    reason: of `EndReason`. What they leave behind is listed for the coordinators, who are told.
    """
    require(policies.can_end_access(by, person), NOT_YOURS_TO_END)
    ended = uuid4()
    with refused_in_words(NOT_YOURS_TO_END), connection.cursor() as cursor:
        cursor.execute("SELECT cre_end_all_access(%s, %s, %s)", [ended, person.pk, reason])
    end = AccessEnd(uuid=ended, person=person, reason=reason, ended_by=by)
    ledger.record(ledger.Kind.ACTED, end, reason=reason)
    emit(notices.ACCESS_ENDED, end)
    security_event(SecurityEvent.ACCESS_ENDED, person=person.pk, by=by.pk)
    forget_scope()
    return end


@contextmanager
def refused_in_words(otherwise: str | Promise | None = None) -> Iterator[None]:
    """Say in words that the last coordinator without an end stays, and, for other refusals, what `otherwise` says.

    Raises `Refused`.
    """
    try:
        with transaction.atomic():
            yield
    except ProgrammingError as refusal:
        if "without a coordinator" in str(refusal):
            raise Refused(LAST_COORDINATOR) from None
        if otherwise is None:
            raise
        raise Refused(otherwise) from None


@bulk_action
def remove_ended_roles(*, by: User) -> int:
    """Take away the rows of roles that ended, as the clock does each night; their history stays."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_remove_ended_grants()")
        return int(cursor.fetchone()[0])
