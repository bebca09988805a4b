"""Inviting somebody to a role, and taking it on by the link that was mailed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborators import notices, policies
from collaborators.links import invitation_secret, proof_of
from collaborators.models import Invitation, User
from collaborators.states import InvitationStatus
from cre.core.access import Refused, locked, require
from cre.core.actions import action, bulk_action
from cre.core.outbox import emit
from cre.core.security_events import SecurityEvent, security_event
from cre.core.states import change, move

NO_LONGER = _("This invitation does not wait for an answer any more.")


@action
def invite_person(
    container: Any, codename: str, *, email: str, language: str = "en", ends_at: datetime | None = None, by: User
) -> Invitation:
    """Ask somebody by e-mail address to take a role on a region, a panel, a collaborator or the platform.

    The role begins when they accept it, as given by `by`, who must still be allowed to give it then. An open
    invitation to the same role is sent anew instead of a second one.
    """
    address = email.lower()
    require(policies.can_give(container), _("Only the coordinator invites people."))
    require(address != (by.email or "").lower(), _("Nobody gives a role to themselves."))
    place = {"container": container._meta.model_name, "codename": codename, "held_id": container.pk}
    open_ones = Invitation.objects.filter(email=address, status=InvitationStatus.OPEN, **place)
    if found := open_ones.filter(invited_by=by, ends_at=ends_at).first():
        return send_again(found, version=found.version, by=by)
    for other in open_ones:
        move(locked(other), InvitationStatus.WITHDRAWN, email="")
    invitation = Invitation(
        uuid=uuid4(), email=address, language=language, ends_at=ends_at, invited_by=by, expires_at=expiry(), **place
    )
    invitation.proof = proof_of(invitation_secret(invitation.uuid, invitation.version))
    invitation.save(force_insert=True)
    emit(notices.INVITATION_MAIL, invitation)
    return invitation


@action
def send_again(invitation: Invitation, *, version: int, by: User) -> Invitation:
    """Mail a new link; the old one is dead from this moment."""
    invitation = locked(invitation, version=version)
    require(policies.can_coordinate(), _("Only the coordinator invites people."))
    require(invitation.status == InvitationStatus.OPEN, NO_LONGER)
    proof = proof_of(invitation_secret(invitation.uuid, invitation.version + 1))
    change(invitation, proof=proof, expires_at=expiry())
    emit(notices.INVITATION_MAIL, invitation)
    return invitation


@action
def withdraw_invitation(invitation: Invitation, *, version: int, by: User) -> Invitation:
    """Take an invitation back: its link no longer works, and the address is forgotten."""
    invitation = locked(invitation, version=version)
    require(policies.can_coordinate(), _("Only the coordinator takes an invitation back."))
    require(invitation.status == InvitationStatus.OPEN, NO_LONGER)
    return move(invitation, InvitationStatus.WITHDRAWN, email="")


@bulk_action
def expire_invitations(*, by: User) -> int:
    """Close what nobody answered in time, and forget the addresses; returns how many there were."""
    late = Invitation.objects.filter(status=InvitationStatus.OPEN, expires_at__lte=timezone.now())
    return len([move(invitation, InvitationStatus.EXPIRED, email="") for invitation in late])


def accept_invitation(invited: UUID, secret: str, *, password: str | None = None, language: str = "en") -> User:
    """Take the role on, as whoever is signed in or, with a password, as a new person; the link works once.

    Nobody may act before this, so the database checks the link and writes the person and the role.
    Raises `Refused` when the link does not work (any more), every seat is taken meanwhile, or it is not for the
    person who is signed in.
    """
    answers: list[Any] = [invited, secret, uuid4(), make_password(password), language]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT cre_accept_invitation(%s, %s, %s, %s, %s)", answers)
            user = User.objects.get(pk=cursor.fetchone()[0])
    except (ProgrammingError, IntegrityError):
        raise Refused(NO_LONGER) from None
    security_event(SecurityEvent.ROLE_GIVEN, person=user.pk)
    return user


def expiry() -> datetime:
    """How long a link works that is sent now."""
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)
