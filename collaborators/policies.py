"""Who may see and do what with people, communities and the roster."""

from typing import Any

from django.db import connection
from django.db.models import Q

from collaborators.models import (
    Absence,
    AccessEnd,
    AccountEvent,
    Collaborator,
    CollaboratorPrivate,
    Community,
    CommunityIdentity,
    CommunityPerson,
    Composition,
    Deletion,
    Invitation,
    LevelRaise,
    Panel,
    Platform,
    Region,
    Session,
    ShownName,
    SignInAddress,
    User,
)
from collaborators.states import Vetting
from cre.core.access import EVERYTHING, Branches, Scope, container, current_scope, id_list, sees
from cre.core.ledger.models import BulkAccess, LedgerAlarm, LedgerEntry
from cre.core.retention.models import LegalHold, RetentionProof, RetentionRule
from cre.core.vocabularies import AccessLevel

container("region", ["facilitate", "guard"])
container("community", ["represent", "support"])
container("collaborator", ["speak_for", "host"])
container("platform", ["coordinate", "handle_grants", "steward", "advise", "evaluate", "operate"])
container("panel", ["review"])
# Roster entries that a community was offered, and communities in danger that a focal person looks after.
id_list("offered_collaborators")
id_list("guarded_communities")
# Requests of the person's communities that open the directory: the desk has taken them on, and works on them.
id_list("directory_requests")
# Communities of the person that wait to be deleted: every page of theirs says so.
id_list("deleting_communities")


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


@sees(CommunityPerson)
def own_people_branches(scope: Scope) -> Branches:
    """The community's own people only; not even somebody with its mandate."""
    yield Q(community_id__in=scope.ids("represent", Community))


@sees(Collaborator)
def collaborator_branches(scope: Scope) -> Branches:
    """Staff see the roster, an entry sees itself, a community what it was offered and who wants to be found."""
    yield scope.everywhere("coordinate", "operate")
    yield EVERYTHING if scope.ids("facilitate", Region) + scope.ids("guard", Region) else None
    yield Q(pk__in=scope.ids("speak_for", Collaborator))
    yield Q(pk__in=scope.listed("offered_collaborators"))
    if scope.listed("directory_requests"):
        yield Q(shows_to_communities=True, status=Vetting.APPROVED, access_level__gte=AccessLevel.BRIEFS)


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


@sees(LedgerAlarm)
def ledger_alarm_branches(scope: Scope) -> Branches:
    """Those who look after the ledger."""
    yield scope.everywhere("coordinate", "steward", "operate")


@sees(BulkAccess)
def bulk_access_branches(scope: Scope) -> Branches:
    """Who asked, and those who may say yes."""
    yield scope.everywhere("coordinate", "steward")
    yield Q(asked_by_id=scope.user_id)


@sees(ShownName)
def shown_name_branches(scope: Scope) -> Branches:
    """The person's own, and communities, for whom it was written."""
    yield Q(user_id=scope.user_id)
    yield EVERYTHING if scope.ids("represent", Community) else None


@sees(Session)
def session_branches(scope: Scope) -> Branches:
    """Everybody their own, and nobody anybody else's."""
    yield Q(user_id=scope.user_id)


@sees(AccountEvent)
def account_event_branches(scope: Scope) -> Branches:
    """The person whose account it is, and whoever did it for them after a talk."""
    yield Q(user_id=scope.user_id)
    yield Q(by_id=scope.user_id)


@sees(SignInAddress)
def sign_in_address_branches(scope: Scope) -> Branches:
    """The person's own, and the system account, which mails the link and forgets what nobody confirmed."""
    yield Q(user_id=scope.user_id)
    yield scope.everywhere("operate")


@sees(Invitation)
def invitation_branches(scope: Scope) -> Branches:
    """Those who look after accounts, and the deliveries, which mail the link."""
    yield scope.everywhere("coordinate", "steward", "operate")


@sees(AccessEnd)
def access_end_branches(scope: Scope) -> Branches:
    """Those who look after accounts, and whoever pressed the button."""
    yield scope.everywhere("coordinate", "steward")
    yield Q(ended_by_id=scope.user_id)


@sees(Panel)
def panel_branches(scope: Scope) -> Branches:
    """Its members, and those who look after it."""
    yield scope.everywhere("coordinate", "steward", "operate")
    yield Q(pk__in=scope.ids("review", Panel))


@sees(Composition)
def composition_branches(scope: Scope) -> Branches:
    """Everybody their own answers; the system account counts them, and only the numbers are shown."""
    yield Q(user_id=scope.user_id)
    yield scope.everywhere("operate")


@sees(Absence)
def absence_branches(scope: Scope) -> Branches:
    """Both of them, the staff of the region, and those who look after accounts."""
    yield scope.everywhere("coordinate", "steward", "operate")
    yield Q(person_id=scope.user_id)
    yield Q(cover_id=scope.user_id)
    yield Q(region_id__in=[*scope.ids("facilitate", Region), *scope.ids("guard", Region)])


@sees(Deletion)
def deletion_branches(scope: Scope) -> Branches:
    """The community's own people and, once it reached us, its desk and the coordinator."""
    reached = Q(community__reached_at__isnull=False)
    yield Q(community_id__in=communities_of(scope))
    yield Q(community__region_id__in=scope.ids("facilitate", Region)) & reached
    yield reached if scope.holds("coordinate") else None
    yield scope.everywhere("operate")


@sees(RetentionRule)
def rule_branches(_: Scope) -> Branches:
    """Everybody may know for how long something is kept."""
    yield EVERYTHING


@sees(LegalHold, RetentionProof)
def retention_branches(scope: Scope) -> Branches:
    """Those who watch over what is kept, and the clock itself."""
    yield scope.everywhere("coordinate", "steward", "operate")


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


def can_watch() -> bool:
    """Whether the acting person looks after the ledger: the coordinator and the steward."""
    return current_scope().holds("coordinate", "steward")


def can_keep_roster() -> bool:
    scope = current_scope()
    return scope.holds("coordinate") or bool(scope.ids("facilitate", Region))


def can_give(container: Any) -> bool:
    """Whether the acting person may give roles on the container; the database asks the same again."""
    return isinstance(container, Region | Platform | Collaborator | Panel) and can_coordinate()


def can_end_access(user: User, person: User) -> bool:
    """One's own, anybody's for those who look after accounts; a focal person's regions are known to the database."""
    scope = current_scope()
    return user.pk == person.pk or scope.holds("coordinate", "steward") or bool(scope.ids("guard", Region))


def has_seat() -> bool:
    return bool(current_scope().ids("review", Panel))


def can_enter_absence(user: User, person: User, region: Region | None) -> bool:
    """The coordinator for anybody, a facilitator for themselves on their own region."""
    is_own = region is not None and user.pk == person.pk and holds_on_region(current_scope(), region.pk, "facilitate")
    return can_coordinate() or is_own


def can_cover(user: User, cover: User) -> bool:
    """Nobody gives themselves a role by covering; that the other one works here is known to the database."""
    return cover.pk != user.pk and cover.is_active


def can_call_off(user: User, absence: Absence) -> bool:
    return absence.called_off_at is None and (can_coordinate() or absence.person_id == user.pk)


def can_look_after(person_id: int) -> bool:
    """Whether the acting person facilitates or guards the region of a community that this person belongs to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_looks_after(%s)", [person_id])
        return bool(cursor.fetchone()[0])


def can_end_sessions(person_id: int) -> bool:
    """Those who look after accounts, and those who look after this person; the database asks the same again."""
    return current_scope().holds("coordinate", "steward", "operate") or can_look_after(person_id)


def can_decide_raise(user: User, raised: LevelRaise) -> bool:
    """The coordinator decides, but never on their own wish."""
    return can_coordinate() and raised.decided_at is None and raised.asked_by_id != user.pk


def can_end_hold(user: User, hold: LegalHold) -> bool:
    """Another coordinator than the one who placed it."""
    return can_coordinate() and hold.ended_at is None and hold.placed_by_id != user.pk
