"""Invitations: as the holder of the link finds one, and as the secretariat lists them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collaborators.models import Collaborator, Holder, Invitation, Panel, Region
from collaborators.selectors.people import ROLES
from collaborators.states import InvitationStatus
from cre.core.access import Scope


@dataclass(frozen=True)
class FoundInvitation:
    """What the link of an invitation shows to whoever holds it; `person` has that address already."""

    email: str
    language: str
    codename: str
    place: str
    ends_at: datetime | None
    person: int | None

    @property
    def role(self) -> str:
        return role_words(self.codename, self.place)


def find_invitation(invited: UUID, secret: str) -> FoundInvitation | None:
    """The invitation that this link opens, or None: used, taken back, too old and never there are the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cre_find_invitation(%s, %s)", [invited, secret])
        row = cursor.fetchone()
    return FoundInvitation(*row) if row and row[0] else None


def role_words(codename: str, place: str) -> str:
    """A role and where it is held: "Facilitator, Africa"."""
    role = str(ROLES.get(codename, codename))
    return _("{role}, {place}").format(role=role, place=place) if place else role


def open_invitations(scope: Scope) -> QuerySet[Invitation]:
    """What still waits for an answer, the oldest first; what is too old stays until the clock closes it."""
    found = Invitation.objects.visible_to(scope).filter(status=InvitationStatus.OPEN)
    return found.select_related("invited_by").order_by("invited_at", "pk")


def with_words(invitations: QuerySet[Invitation], scope: Scope) -> list[tuple[Invitation, str]]:
    """Each with its role in words; the names in one query for each kind of container."""
    rows = list(invitations)
    held = {kind: {row.held_id for row in rows if row.container == kind} for kind in Holder.values}
    names: dict[tuple[str, int], str] = {
        **{("region", row.pk): row.name for row in Region.objects.filter(pk__in=held["region"])},
        **{("panel", row.pk): row.name for row in Panel.objects.visible_to(scope).filter(pk__in=held["panel"])},
        **{
            ("collaborator", row.pk): row.display_name
            for row in Collaborator.objects.visible_to(scope).filter(pk__in=held["collaborator"])
        },
    }
    return [(row, role_words(row.codename, names.get((row.container, row.held_id), ""))) for row in rows]
