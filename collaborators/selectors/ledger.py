"""Who read what, as far as a person may know it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaborators.models import Region, User
from cre.core.access import Scope
from cre.core.ledger.models import BulkAccess, LedgerAlarm, LedgerEntry

PAGE = 50
# A copy for a spreadsheet holds no more than this; a narrower search gives the rest.
MOST_COPIED = 20_000
# How long a wish for a copy stays on the page.
SHOWN_FOR = timedelta(days=7)
# What the ledger calls the records that hold confidential words.
RECORDS: dict[str, Promise] = {
    "collaborators.CommunityIdentity": _("Who a community is, and how to reach it"),
    "collaborators.CommunityPerson": _("Who can come in for a community"),
    "collaborators.Community": _("Everything that a community wrote, as its own copy"),
    "core.LegalHold": _("Legal hold"),
    "core.RetentionProof": _("Deletion for good"),
    "core.RetentionRule": _("Rule of how long something is kept"),
    "collaborators.CollaboratorPrivate": _("Private part of the roster"),
    "collaborators.Composition": _("What a member of a panel says of themselves"),
    "collaborators.ShownName": _("Name that communities see"),
    "collaborators.Freeze": _("Why everything about a community was stopped"),
    "collaborators.AccountEvent": _("New password allowed after a talk"),
    "collaborators.CodeHandover": _("New receipt code after a talk"),
    "collaborators.SignInAddress": _("E-mail address with which somebody comes back"),
    "collaborations.RequestStory": _("Story and needs of a request"),
    "collaborations.RequestRisk": _("Dangers of a request"),
    "collaborations.SafetyCheck": _("Safety check"),
    "collaborations.RequestFile": _("File of a community"),
    "collaborations.FileDisclosure": _("File that a community shared with an ally"),
    "collaborations.RequestMessage": _("Message about a request"),
    "collaborations.InternalNote": _("Internal note"),
    "collaborations.Referral": _("Referral"),
    "collaborations.SecondLook": _("Second look"),
    "collaborations.BriefVersion": _("Brief"),
    "collaborations.Consent": _("Consent"),
    "collaborations.SpokenDecision": _("Decision given by voice"),
    "collaborations.Introduction": _("Answer of an ally"),
    "collaborations.PublicOutput": _("What an ally would like to publish"),
    "collaborations.Wish": _("What a community says of allies"),
    "collaborations.InterpreterTask": _("Text for an interpreter, and its translation"),
    "collaborations.Participant": _("Person named by an ally"),
    "collaborations.Disclosure": _("What a community shared with an ally"),
    "collaborations.Collaboration": _("Work together"),
    "collaborations.CollaborationMessage": _("Message in a collaboration"),
    "collaborations.HandoverNote": _("What is handed on about a request"),
    "collaborations.HandoverContact": _("How to reach a community, as it is handed on"),
    "core.BulkAccess": _("Wish for a copy of the ledger"),
    "core.LedgerEntry": _("Copy of the ledger"),
}
# By which relation somebody came to a record; the database finds it out when the entry is written.
RELATIONS: dict[str, Promise] = {
    "own": _("the community itself"),
    "supporter": _("supporter with a mandate"),
    "facilitator": _("facilitator of the region"),
    "focal_person": _("security focal person of the region"),
    "ally": _("ally that was asked"),
    "interpreter": _("interpreter of one text"),
    "coordinator": _("coordinator"),
    "steward": _("data steward"),
    "handle_grants": _("grants officer"),
    "advise": _("Advisory Committee"),
    "evaluate": _("evaluator"),
    "system": _("automatic step"),
}


@dataclass(frozen=True)
class LedgerSearch:
    """Which entries are looked for; ids, codes and days only, so that it can be kept as it is.

    request: the first signs of the request's uuid, as lists show it. with_own: also what communities opened of
    their own, which is most of the ledger and says nothing of anybody's work.
    """

    person_id: int | None = None
    kind: str = ""
    record: str = ""
    request: str = ""
    region_id: int | None = None
    since: date | None = None
    until: date | None = None
    with_own: bool = False

    def as_codes(self) -> dict[str, Any]:
        """What was chosen, as JSON keeps it."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if value not in (None, "", False)
        }

    @classmethod
    def from_codes(cls, codes: Mapping[str, Any]) -> Self:
        """What `as_codes` gave."""
        days = {name: date.fromisoformat(codes[name]) for name in ("since", "until") if name in codes}
        return cls(**{**codes, **days})

    def filter(self, found: "QuerySet[LedgerEntry]") -> "QuerySet[LedgerEntry]":
        """Only what was chosen; each choice has an index or follows one on the moment."""
        plain: dict[str, Any] = {
            "person_id": self.person_id,
            "kind": self.kind,
            "object_label": self.record,
            "region_id": self.region_id,
            "at__gte": begin_of(self.since) if self.since else None,
            "at__lt": begin_of(self.until + timedelta(days=1)) if self.until else None,
        }
        if self.request:
            plain |= {
                "request_uuid__gte": UUID(self.request.ljust(32, "0")),
                "request_uuid__lte": UUID(self.request.ljust(32, "f")),
            }
        if not self.with_own:
            found = found.exclude(role="own")
        return found.filter(**{name: value for name, value in plain.items() if value not in (None, "")})


@dataclass(frozen=True)
class LedgerLine:
    """One entry of the ledger in words; it never held what was read."""

    at: datetime
    who: str
    relation: str
    what_kind: str
    record: str
    fields: list[str]
    about: str
    region: str
    reason: str
    page: str


def begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def ledger_page(
    scope: Scope, search: LedgerSearch | None = None, *, before: UUID | None = None
) -> tuple[list[LedgerLine], UUID | None]:
    """A page of the ledger as far as the person may read it, newest first, and where the next one begins."""
    seen = LedgerEntry.objects.visible_to(scope)
    found = (search or LedgerSearch()).filter(seen)
    last = seen.filter(pk=before).first() if before else None
    if last is not None:
        found = found.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    rows = list(found.order_by("-at", "-pk")[: PAGE + 1])
    return as_lines(rows[:PAGE]), rows[PAGE - 1].pk if len(rows) > PAGE else None


def ledger_copy(scope: Scope, search: LedgerSearch) -> list[LedgerLine]:
    """All entries of a search at once, newest first, no more than `MOST_COPIED`."""
    found = search.filter(LedgerEntry.objects.visible_to(scope))
    return as_lines(found.order_by("-at", "-pk")[:MOST_COPIED])


def wishes_for_copies(scope: Scope) -> "QuerySet[BulkAccess]":
    """What was asked lately and needs, or got, a second person."""
    found = BulkAccess.objects.visible_to(scope).filter(asked_at__gt=timezone.now() - SHOWN_FOR)
    return found.select_related("asked_by", "decided_by").order_by("-asked_at", "-pk")[:PAGE]


def alarms(scope: Scope) -> "QuerySet[LedgerAlarm]":
    """When the check found the ledger damaged, the newest first."""
    return LedgerAlarm.objects.visible_to(scope).order_by("-found_at", "-pk")[:PAGE]


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
        relation=str(RELATIONS.get(entry.role, "")),
        what_kind=entry.get_kind_display(),
        record=str(RECORDS.get(entry.object_label, entry.object_label)),
        fields=[field_words(entry.object_label, name) for name in entry.fields],
        about=f"{entry.request_uuid.hex[:6]}" if entry.request_uuid else "",
        region=str(region) if region else "",
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
    except (LookupError, ValueError, FieldDoesNotExist):
        return name
    return str(field.verbose_name)
