"""What the secretariat reads about people and the roster: who is on it, who holds what, who read what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaborators.models import (
    Collaborator,
    CollaboratorGrant,
    Platform,
    PlatformGrant,
    Region,
    RegionGrant,
    User,
)
from cre.core.access import Scope
from cre.core.ledger.models import LedgerEntry

PAGE = 50
# What people hold on regions and on the platform; the system account's own role is nobody's to give.
ROLES: dict[str, Promise] = {
    "facilitate": _("Facilitator"),
    "guard": _("Security focal person"),
    "coordinate": _("International coordinator"),
    "handle_grants": _("Grants officer"),
    "steward": _("Data steward"),
    "advise": _("Advisory Committee"),
    "evaluate": _("Evaluator"),
}
ON_REGIONS = ("facilitate", "guard")
# What the ledger calls the records that hold confidential words.
RECORDS: dict[str, Promise] = {
    "collaborators.CommunityIdentity": _("Who a community is, and how to reach it"),
    "collaborators.CollaboratorPrivate": _("Private part of the roster"),
    "collaborations.RequestStory": _("Story and needs of a request"),
    "collaborations.RequestRisk": _("Dangers of a request"),
    "collaborations.SafetyCheck": _("Safety check"),
    "collaborations.RequestMessage": _("Message about a request"),
    "collaborations.InternalNote": _("Internal note"),
    "collaborations.Referral": _("Referral"),
    "collaborations.SecondLook": _("Second look"),
    "collaborations.BriefVersion": _("Brief"),
    "collaborations.Consent": _("Consent"),
    "collaborations.Introduction": _("Answer of an ally"),
    "collaborations.Participant": _("Person named by an ally"),
    "collaborations.Disclosure": _("What a community shared with an ally"),
    "collaborations.Collaboration": _("Work together"),
    "collaborations.CollaborationMessage": _("Message in a collaboration"),
}


# --- The roster ----------------------------------------------------------------------------------------
def roster_page(scope: Scope, chosen: Mapping[str, Any]) -> tuple[list[Collaborator], bool]:
    """A page of the roster in the order of its names, and whether there is another one.

    chosen: any of status, level, area, country and `after` (the entry with which the page before ended).
    Nothing sealed is opened; one query.
    """
    found = filtered(Collaborator.objects.visible_to(scope).select_related("facets"), chosen)
    last: Collaborator | None = chosen.get("after")
    if last is not None:
        found = found.filter(display_name__gt=last.display_name)
    rows = list(found.order_by("display_name")[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def filtered(found: QuerySet[Collaborator], chosen: Mapping[str, Any]) -> QuerySet[Collaborator]:
    if status := chosen.get("status"):
        found = found.filter(status=status)
    if level := chosen.get("level"):
        found = found.filter(access_level=level)
    if area := chosen.get("area"):
        found = found.filter(facets__areas__contains=[area])
    if country := chosen.get("country"):
        found = found.filter(Q(country=country) | Q(facets__countries__contains=[country]))
    return found


def speakers_of(collaborator: Collaborator) -> list[CollaboratorGrant]:
    """Who speaks for an entry now or from a later day; only the coordinator and the steward may ask."""
    found = CollaboratorGrant.objects.filter(
        still_held(), content_object=collaborator, permission__codename="speak_for"
    )
    return list(found.select_related("user").order_by("user__email", "pk"))


# --- Who holds what ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class RoleLine:
    """One role of one person: `code` as `role_choices` has it."""

    code: str
    words: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True)
class PersonLine:
    """Somebody and the roles that they hold now, or from a later day."""

    person: User
    roles: list[RoleLine]


def still_held() -> Q:
    return Q(ends_at=None) | Q(ends_at__gt=timezone.now())


def people_page(*, after: str = "") -> tuple[list[PersonLine], bool]:
    """A page of the people with a role on a region or the platform, by e-mail address; four queries.

    The database shows these roles to the coordinator and the steward only.
    """
    held = [Exists(model.objects.filter(still_held(), user=OuterRef("pk"))) for model in (RegionGrant, PlatformGrant)]
    found = User.objects.filter(held[0] | held[1], is_system=False, email__gt=after).order_by("email")
    people = list(found[: PAGE + 1])
    roles = roles_of(people[:PAGE])
    return [PersonLine(person, roles[person.pk]) for person in people[:PAGE]], len(people) > PAGE


def roles_of(people: Iterable[User]) -> dict[int, list[RoleLine]]:
    """The roles of these people on regions and on the platform, by their primary key."""
    lines: dict[int, list[RoleLine]] = defaultdict(list)
    for model in (PlatformGrant, RegionGrant):
        grants: Any = model._default_manager.filter(still_held(), user__in=list(people))
        for grant in grants.select_related("permission", "content_object").order_by("content_object_id", "pk"):
            if grant.permission.codename in ROLES:
                lines[grant.user_id].append(as_role(grant))
    return lines


def as_role(grant: Any) -> RoleLine:
    held, codename = grant.content_object, grant.permission.codename
    return RoleLine(code_of(held, codename), words_of(held, codename), grant.starts_at, grant.ends_at)


def code_of(held: Region | Platform, codename: str) -> str:
    """A role as a form carries it: `region:africa:facilitate`."""
    return f"{held._meta.model_name}:{held.code}:{codename}"


def words_of(held: Region | Platform, codename: str) -> str:
    return f"{ROLES[codename]}, {held.name}" if isinstance(held, Region) else str(ROLES[codename])


def roles_to_give() -> dict[str, tuple[Region | Platform, str]]:
    """Every role that the coordinator can give: its code, the container and the codename."""
    platform = Platform.objects.get()
    wide: list[tuple[Region | Platform, str]] = [
        (platform, codename) for codename in ROLES if codename not in ON_REGIONS
    ]
    regional = [(region, codename) for region in Region.objects.order_by("name") for codename in ON_REGIONS]
    return {code_of(held, codename): (held, codename) for held, codename in [*wide, *regional]}


def person_with(email: str) -> User | None:
    """Somebody with an account that is open, by e-mail address."""
    return User.objects.filter(email=email.lower(), is_active=True, is_system=False).first()


# --- The ledger ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class LedgerLine:
    """One entry of the ledger in words; it never held what was read."""

    at: datetime
    who: str
    what_kind: str
    record: str
    fields: list[str]
    about: str
    region: str
    reason: str
    page: str


def ledger_page(
    scope: Scope, *, is_own: bool = False, kind: str = "", before: UUID | None = None
) -> tuple[list[LedgerLine], UUID | None]:
    """A page of the ledger as far as the person may read it, newest first, and where the next one begins."""
    found = LedgerEntry.objects.visible_to(scope)
    if is_own and scope.user_id:
        found = found.filter(person_id=scope.user_id)
    if kind:
        found = found.filter(kind=kind)
    last = LedgerEntry.objects.visible_to(scope).filter(pk=before).first() if before else None
    if last is not None:
        found = found.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    rows = list(found.order_by("-at", "-pk")[: PAGE + 1])
    return as_lines(rows[:PAGE]), rows[PAGE - 1].pk if len(rows) > PAGE else None


def as_lines(entries: Iterable[LedgerEntry]) -> list[LedgerLine]:
    """Entries in words; the names of people and regions in one query each."""
    rows = list(entries)
    people = User.objects.in_bulk({row.person_id for row in rows})
    regions = Region.objects.in_bulk({row.region_id for row in rows if row.region_id})
    return [as_line(row, people.get(row.person_id), regions.get(row.region_id or 0)) for row in rows]


def as_line(entry: LedgerEntry, person: User | None, region: Region | None) -> LedgerLine:
    return LedgerLine(
        at=entry.at,
        who=who_of(person),
        what_kind=entry.get_kind_display(),
        record=str(RECORDS.get(entry.object_label, entry.object_label)),
        fields=[field_words(entry.object_label, name) for name in entry.fields],
        about=f"{entry.request_uuid.hex[:6]}" if entry.request_uuid else "",
        region=region.name if region else "",
        reason=entry.reason,
        page=entry.view,
    )


def who_of(person: User | None) -> str:
    """Staff and allies by e-mail address; who came with a receipt code has no name here."""
    if person is None:
        return str(_("an account that is gone"))
    if person.is_system:
        return str(_("the system account"))
    return person.email or str(_("somebody of a community"))


def field_words(label: str, name: str) -> str:
    """What a field is called on the pages."""
    try:
        field: Any = apps.get_model(label)._meta.get_field(name)
    except (LookupError, ValueError):
        return name
    return str(field.verbose_name)


# --- The deliveries ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Deliveries:
    """How the deliveries stand: numbers only."""

    waiting: int
    oldest: datetime | None
    dead: int


def deliveries() -> Deliveries:
    """What waits to be told to people, and what was given up; only for the coordinator and the steward."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT waiting, oldest, dead FROM cre_outbox_state()")
        return Deliveries(*cursor.fetchone())
