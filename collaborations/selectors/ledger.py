"""What a community reads of the ledger: who opened what of theirs and why, in plain words; and a search in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaborators.models import Community, Region, ShownName, User
from collaborators.selectors.ledger import RECORDS, LedgerSearch, field_words
from cre.core.access import Scope
from cre.core.ledger import Kind
from cre.core.ledger.models import LedgerEntry
from cre.core.vault import load_keys

MOST_ENTRIES = 200
# Who it was, by the relation that the ledger keeps, and why that person may.
WHO: dict[str, tuple[Promise, Promise]] = {
    "supporter": (_("The person who supports you"), _("You gave them your mandate.")),
    "facilitator": (_("Your region's desk"), _("They talk with you and look for allies.")),
    "focal_person": (_("The security person of your region"), _("They look after people in danger.")),
    "ally": (_("An ally that was asked for you"), _("They read what you allowed.")),
    "interpreter": (_("An interpreter"), _("They translate one text, as you allowed.")),
    "coordinator": (_("The international coordinator"), _("They answer for the whole exchange.")),
    "steward": (_("The data steward"), _("They look after the records.")),
    "system": (_("The exchange itself"), _("An automatic step, no person.")),
}
SOMEBODY = (_("Somebody who works here"), _("Ask us why: their role was not kept."))
DID: dict[str, Promise] = {
    Kind.READ: _("opened"),
    Kind.EXPORT: _("took a copy of"),
    Kind.DOWNLOAD: _("downloaded"),
    Kind.ACTED: _("worked on"),
}
DESK_NOTES = _("what the desk wrote down about your request")
# What a community calls the records; of the desk's own notes it learns no more than that they were opened.
THINGS: dict[str, Promise] = {
    "collaborators.CommunityIdentity": _("who you are and how to reach you"),
    "collaborators.CommunityPerson": _("who can come in for you"),
    "collaborations.RequestStory": _("your story and what you need"),
    "collaborations.RequestRisk": _("the dangers that you told us of"),
    "collaborations.SafetyCheck": DESK_NOTES,
    "collaborations.InternalNote": DESK_NOTES,
    "collaborations.RequestFile": _("a file that you sent"),
    "collaborations.FileDisclosure": _("a file that you shared with an ally"),
    "collaborations.RequestMessage": _("messages between you and the desk"),
    "collaborations.Referral": _("other doors that we named to you"),
    "collaborations.SecondLook": _("why you asked for a second look"),
    "collaborations.BriefVersion": _("your brief"),
    "collaborations.Consent": _("what you allowed"),
    "collaborations.SpokenDecision": _("what you decided by voice"),
    "collaborations.Introduction": _("the answer of an ally to you"),
    "collaborations.PublicOutput": _("what your ally would like to publish"),
    "collaborations.Wish": _("what you said of allies"),
    "collaborations.InterpreterTask": _("a text for an interpreter, or its translation"),
    "collaborations.Participant": _("the people whom an ally named"),
    "collaborations.Disclosure": _("what you shared with an ally"),
    "collaborations.Collaboration": _("the last words about a work together"),
    "collaborations.CollaborationMessage": _("messages between you and an ally"),
    "collaborations.HandoverNote": DESK_NOTES,
    "collaborations.HandoverContact": _("who you are and how to reach you"),
    "collaborators.Freeze": _("why everything was stopped"),
    "collaborators.CodeHandover": _("what was said before you got a new code"),
}
SOMETHING = _("something about you")
# The records whose parts are named: they hold many different answers.
WITH_PARTS = {"collaborators.CommunityIdentity", "collaborations.RequestStory", "collaborations.RequestRisk"}


@dataclass
class Thing:
    """One kind of record that was opened on a day, and which parts of it; the codes say the same to programs."""

    name: str
    parts: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


@dataclass
class Sighting:
    """What one person, or one role, did on one day, and why."""

    who: str
    name: str
    did: str
    why: str
    reason: str
    things: list[Thing]
    role: str
    kind: str


@dataclass
class Day:
    """What happened on one day."""

    on: date
    sightings: list[Sighting]


Group = tuple[date, int | None, str, str, str]


def seen_by_others(scope: Scope, *, before: UUID | None = None) -> tuple[list[Day], UUID | None]:
    """Who else opened what of this person's community, newest day first, and where the next page begins.

    Only whoever represents the community reads it. Three queries, and one for the keys of names.
    """
    others = entries_of_others(scope, scope.ids("represent", Community))
    last = others.filter(pk=before).first() if before else None
    if last is not None:
        others = others.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    rows = list(others.order_by("-at", "-pk")[: MOST_ENTRIES + 1])
    page = rows[:MOST_ENTRIES]
    return as_days(page, names_of(scope, page)), page[-1].pk if len(rows) > MOST_ENTRIES else None


def entries_of_others(scope: Scope, communities: Iterable[int]) -> QuerySet[LedgerEntry]:
    """What others than these communities' own people did with what is theirs."""
    seen = LedgerEntry.objects.visible_to(scope).filter(community_id__in=communities, kind__in=list(DID))
    return seen.exclude(role="own").exclude(person_id=scope.user_id or 0)


def last_copy(scope: Scope) -> datetime | None:
    """When somebody of the person's community took everything with them last."""
    taken = LedgerEntry.objects.visible_to(scope).filter(
        community_id__in=scope.ids("represent", Community), kind=Kind.EXPORT, object_label=Community._meta.label
    )
    return taken.order_by("-at").values_list("at", flat=True).first()


def names_of(scope: Scope, entries: Iterable[LedgerEntry]) -> dict[int, str]:
    """The names of those who agreed that communities read one."""
    people = {entry.person_id for entry in entries}
    shown = list(ShownName.objects.visible_to(scope).filter(user_id__in=people))
    load_keys(shown)
    return {row.user_id: row.name for row in shown}


def as_days(entries: Iterable[LedgerEntry], names: dict[int, str]) -> list[Day]:
    """Entries by day; on each day by who, what was done and why."""
    groups: dict[Group, dict[str, Thing]] = defaultdict(dict)
    for entry in entries:
        # Without a name two people of one role are one line: how many they are is not the community's to know.
        person = entry.person_id if entry.person_id in names else None
        key = (timezone.localdate(entry.at), person, entry.role, entry.kind, entry.reason)
        add_thing(groups[key], entry)
    days: dict[date, Day] = {}
    for (on, person, role, kind, reason), things in groups.items():
        who, why = WHO.get(role, SOMEBODY)
        name = names[person] if person else ""
        sighting = Sighting(str(who), name, str(DID[kind]), str(why), reason, list(things.values()), role, kind)
        days.setdefault(on, Day(on, [])).sightings.append(sighting)
    return list(days.values())


def add_thing(things: dict[str, Thing], entry: LedgerEntry) -> None:
    """Put what an entry is about to the rest of its group, each thing and each part once."""
    name = str(THINGS.get(entry.object_label, SOMETHING))
    thing = things.setdefault(name, Thing(name))
    codes = [f"{entry.object_label}.{part}" for part in entry.fields] or [entry.object_label]
    thing.codes.extend(code for code in codes if code not in thing.codes)
    if entry.object_label in WITH_PARTS:
        parts = (field_words(entry.object_label, part) for part in entry.fields)
        thing.parts.extend(part for part in parts if part not in thing.parts)


def words_of_search(search: LedgerSearch) -> list[tuple[str, str]]:
    """What is looked for in the ledger, as pairs of a label and words; for those who may see all of it."""
    person = User.objects.filter(pk=search.person_id).first() if search.person_id else None
    region = Region.objects.filter(pk=search.region_id).first() if search.region_id else None
    rows: list[tuple[str | Promise, object]] = [
        (_("Person"), person),
        (_("What was done"), Kind(search.kind).label if search.kind else ""),
        (_("What was opened"), RECORDS.get(search.record, "")),
        (_("Request"), search.request),
        (_("Region"), region),
        (_("From"), date_format(search.since) if search.since else ""),
        (_("Until and including"), date_format(search.until) if search.until else ""),
    ]
    chosen = [(str(label), str(value)) for label, value in rows if value] or [(str(_("Entries")), str(_("All")))]
    without = (str(_("Without")), str(_("what communities opened of their own")))
    return chosen if search.with_own else [*chosen, without]
