"""A freeze as the desk reads it: what it says, whom to warn and how they are reached, who lost their code."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from collaborators.models import CollaboratorPrivate, Freeze, FreezeWarning, User
from cre.core.access import Scope
from cre.core.vault import load_keys


@dataclass(frozen=True)
class WarningLine:
    """Somebody to warn, with the safe contact that the roster has."""

    warning: FreezeWarning
    name: str
    contact: str


def open_freezes(scope: Scope) -> QuerySet[Freeze]:
    """The freezes that this person sees and that nobody has ended."""
    return Freeze.objects.visible_to(scope).filter(thawed_at=None)


def open_freeze_of(community_id: int, scope: Scope) -> Freeze | None:
    return open_freezes(scope).filter(community_id=community_id).first()


def warnings_of(freeze: Freeze, scope: Scope) -> list[WarningLine]:
    """Whom to warn, first those who know who the community is; only the contacts still needed are opened."""
    found = FreezeWarning.objects.visible_to(scope).filter(freeze=freeze)
    rows = list(found.select_related("collaborator", "warned_by"))
    waiting = [row.collaborator_id for row in rows if row.warned_at is None]
    private = CollaboratorPrivate.objects.visible_to(scope).filter(collaborator_id__in=waiting)
    contacts = {row.collaborator_id: row for row in private}
    load_keys(contacts.values())
    return [
        WarningLine(row, row.collaborator.display_name, contact_in(contacts.get(row.collaborator_id))) for row in rows
    ]


def contact_in(private: CollaboratorPrivate | None) -> str:
    return private.contact if private else ""


@dataclass(frozen=True)
class CodeHolder:
    """Somebody of a community who once came with a receipt code; nobody here knows who they are."""

    uuid: UUID
    since: datetime
    has_code: bool


def code_holders(community_id: int) -> list[CodeHolder]:
    """Who of a community came with a code; the database answers its facilitators only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, since, has_code FROM cre_people_with_codes(%s)", [community_id])
        return [CodeHolder(*row) for row in cursor.fetchall()]


def has_borrowed_code(person: User) -> bool:
    """Whether somebody else, who handed it over, has seen the code that the person came with."""
    return person.receipt_credentials.filter(replaced_at=None, seen_by_helper=True).exists()
