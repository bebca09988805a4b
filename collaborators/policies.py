"""Who may see and do what with people, communities and the roster."""

from typing import Any

from django.db.models import Q

from collaborators.models import (
    Collaborator,
    CollaboratorPrivate,
    Community,
    CommunityIdentity,
    LevelRaise,
    Platform,
    Region,
    User,
)
from cre.core.access import EVERYTHING, Branches, Scope, container, current_scope, id_list, sees
from cre.core.ledger.models import LedgerEntry

container("region", ["facilitate", "guard"])
container("community", ["represent", "support"])
container("collaborator", ["speak_for", "host"])
container("platform", ["coordinate", "handle_grants", "steward", "advise", "evaluate", "operate"])
# Roster entries that a community was offered, and communities in danger that a focal person looks after.
id_list("offered_collaborators")
id_list("guarded_communities")


def communities_of(scope: Scope) -> list[int]:
    """The communities as which, or with whose mandate, the person acts."""
    return [*scope.ids("represent", Community), *scope.ids("support", Community)]


@sees(Community)
def community_branches(scope: Scope) -> Branches:
    """Its people, its region's facilitators, the coordinator, and a focal person while there is danger."""
    yield Q(pk__in=communities_of(scope))
    yield Q(region_id__in=scope.ids("facilitate", Region)) & Q(reached_at__isnull=False)
    yield Q(pk__in=scope.listed("guarded_communities"))
    yield Q(reached_at__isnull=False) if scope.holds("coordinate") else None
    yield scope.everywhere("operate")


@sees(CommunityIdentity)
def identity_branches(scope: Scope) -> Branches:
    """As the community, but the coordinator only with a written reason."""
    yield Q(community_id__in=communities_of(scope))
    yield Q(community__region_id__in=scope.ids("facilitate", Region)) & Q(community__reached_at__isnull=False)
    yield Q(community_id__in=scope.listed("guarded_communities"))
    if scope.reason and scope.holds("coordinate"):
        yield Q(community__reached_at__isnull=False)


@sees(Collaborator)
def collaborator_branches(scope: Scope) -> Branches:
    """Staff see the roster, an entry sees itself, a community what it was offered."""
    yield scope.everywhere("coordinate", "operate")
    yield EVERYTHING if scope.ids("facilitate", Region) + scope.ids("guard", Region) else None
    yield Q(pk__in=scope.ids("speak_for", Collaborator))
    yield Q(pk__in=scope.listed("offered_collaborators"))


@sees(CollaboratorPrivate)
def private_branches(scope: Scope) -> Branches:
    """The facilitators and the coordinator, who keep the roster, and the collaborator itself."""
    yield scope.everywhere("coordinate")
    yield EVERYTHING if scope.ids("facilitate", Region) else None
    yield Q(collaborator_id__in=scope.ids("speak_for", Collaborator))


@sees(LevelRaise)
def level_raise_branches(scope: Scope) -> Branches:
    """The coordinator, who decides, and the facilitators, who ask."""
    yield scope.everywhere("coordinate")
    yield EVERYTHING if scope.ids("facilitate", Region) else None


@sees(LedgerEntry)
def ledger_branches(scope: Scope) -> Branches:
    """Everybody their own, a community and a region's staff their part, those who watch over it all."""
    yield scope.everywhere("coordinate", "steward", "operate")
    yield Q(person_id=scope.user_id)
    yield Q(community_id__in=scope.ids("represent", Community))
    yield Q(region_id__in=[*scope.ids("facilitate", Region), *scope.ids("guard", Region)])


def holds_on_region(scope: Scope, region_id: int, *codenames: str) -> bool:
    """Whether the person holds any of these on the region."""
    return any(region_id in scope.ids(codename, Region) for codename in codenames)


def can_represent(community_id: int) -> bool:
    return community_id in current_scope().ids("represent", Community)


def can_act_for(community_id: int) -> bool:
    """As the community itself or, where the act allows it, with its mandate."""
    return community_id in communities_of(current_scope())


def can_speak_for(collaborator_id: int) -> bool:
    return collaborator_id in current_scope().ids("speak_for", Collaborator)


def can_coordinate() -> bool:
    return current_scope().holds("coordinate")


def can_keep_roster() -> bool:
    scope = current_scope()
    return scope.holds("coordinate") or bool(scope.ids("facilitate", Region))


def can_give(container: Any) -> bool:
    """Whether the acting person may give roles on the container; the database asks the same again."""
    return isinstance(container, Region | Platform | Collaborator) and can_coordinate()


def can_decide_raise(user: User, raised: LevelRaise) -> bool:
    """The coordinator decides, but never on their own wish."""
    return can_coordinate() and raised.decided_at is None and raised.asked_by_id != user.pk
