"""One request as the desk reads it. What the person may not see is None or an empty list, never an error."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from collaborations.events import Event
from collaborations.models import (
    BriefVersion,
    Consent,
    InternalNote,
    Introduction,
    Participant,
    Referral,
    RequestMessage,
    RequestRisk,
    RequestStory,
    SafetyCheck,
    SafetyFlag,
    SecondLook,
    SupportRequest,
    TimelineEntry,
)
from collaborations.models.talk import Side
from collaborations.states import BriefStatus, IntroductionStatus, RequestStatus
from collaborators.models import CommunityIdentity, LevelRaise
from cre.core.access import Scope
from cre.core.vault import load_keys

# How many messages and notes a page shows before "earlier ones".
THREAD = 30


@dataclass(frozen=True)
class Standing:
    """What of briefs and allies decides the next step; all from plain columns."""

    briefs: list[BriefVersion] = field(default_factory=list)
    introductions: list[Introduction] = field(default_factory=list)
    second_look: SecondLook | None = None
    raised: frozenset[int] = frozenset()

    @property
    def brief(self) -> BriefVersion | None:
        """The newest version."""
        return self.briefs[0] if self.briefs else None

    @property
    def has_newer_answers(self) -> bool:
        """Whether the community changed its answers after it had approved the brief that stands."""
        return any(row.status == BriefStatus.APPROVED and getattr(row, "is_outdated", False) for row in self.briefs)

    def allies(self, *statuses: IntroductionStatus) -> list[Introduction]:
        return [introduction for introduction in self.introductions if introduction.status in statuses]


@dataclass(frozen=True)
class Words:
    """What a community said and what was said with it, as far as this person may read it."""

    identity: CommunityIdentity | None
    story: RequestStory | None
    risk: RequestRisk | None
    checks: list[SafetyCheck]
    messages: list[RequestMessage]
    notes: list[InternalNote]
    has_earlier: bool


def rows_about(model: type[models.Model], request: SupportRequest, scope: Scope) -> Any:
    """The visible rows of a model that belong to a request."""
    manager: Any = model._default_manager
    return manager.visible_to(scope).filter(request=request)


def of(request: SupportRequest, rows: Iterable[Any]) -> list[Any]:
    """Rows that know their request without asking for it, so that the ledger can say whom a read concerns."""
    found = list(rows)
    for row in found:
        row.request = request
    return found


def one(request: SupportRequest, rows: Any) -> Any:
    """The one row, or None."""
    return next(iter(of(request, rows[:1])), None)


def changed_since(scope: Scope) -> "QuerySet[TimelineEntry]":
    """The corrections of a brief's request that came after the brief was decided."""
    told = TimelineEntry.objects.visible_to(scope).filter(request=OuterRef("request"), event=Event.CORRECTED)
    return told.filter(happened_at__gt=OuterRef("decided_at"))


def standing_of(request: SupportRequest, scope: Scope) -> Standing:
    """Where the briefs, the allies and a second look of a request stand."""
    introductions = rows_about(Introduction, request, scope).select_related("collaborator", "collaboration", "match")
    found = of(request, introductions)
    waiting = [row.collaborator_id for row in found if row.status == IntroductionStatus.CHOSEN]
    raises = LevelRaise.objects.visible_to(scope).filter(collaborator__in=waiting, decided_at=None)
    look = None
    if request.status == RequestStatus.DECLINED:
        look = one(request, rows_about(SecondLook, request, scope).filter(answered_at=None))
    return Standing(
        briefs=of(request, rows_about(BriefVersion, request, scope).annotate(is_outdated=Exists(changed_since(scope)))),
        introductions=found,
        second_look=look,
        raised=frozenset(raises.values_list("collaborator_id", flat=True) if waiting else ()),
    )


def identity_of(request: SupportRequest, scope: Scope) -> CommunityIdentity | None:
    """Who they are and how they are reached; None for whoever has no written reason where one is needed."""
    return CommunityIdentity.objects.visible_to(scope).filter(community_id=request.community_id).first()


def words_of(request: SupportRequest, scope: Scope, *, before: int | None = None) -> Words:
    """The sealed rows of a request with their keys at hand; nothing is opened yet.

    before: the id of a message; only older ones are read.
    """
    talk = rows_about(RequestMessage, request, scope).order_by("-sent_at", "-id")
    talk = talk.filter(pk__lt=before) if before else talk
    messages = of(request, talk[: THREAD + 1])
    notes = rows_about(InternalNote, request, scope).select_related("author").order_by("-written_at", "-id")
    words = Words(
        identity=identity_of(request, scope),
        story=one(request, rows_about(RequestStory, request, scope)),
        risk=one(request, rows_about(RequestRisk, request, scope)),
        checks=of(request, rows_about(SafetyCheck, request, scope)[:1]),
        messages=messages[:THREAD][::-1],
        notes=of(request, notes[:THREAD])[::-1],
        has_earlier=len(messages) > THREAD,
    )
    single = [row for row in (words.identity, words.story, words.risk) if row is not None]
    load_keys([*single, *words.checks, *words.messages, *words.notes])
    return words


@dataclass(frozen=True)
class Past:
    """What has happened: the timeline and the records behind it."""

    timeline: list[TimelineEntry]
    has_earlier: bool
    checks: list[SafetyCheck]
    consents: list[Consent]
    referrals: list[Referral]
    second_looks: list[SecondLook]


def past_of(request: SupportRequest, scope: Scope, *, before: int | None = None) -> Past:
    """What has happened to a request, oldest first; before: the id of an entry of the timeline."""
    timeline = rows_about(TimelineEntry, request, scope).order_by("-happened_at", "-id")
    entries = of(request, (timeline.filter(pk__lt=before) if before else timeline)[: THREAD + 1])
    consents = rows_about(Consent, request, scope).filter(is_given=True)
    past = Past(
        timeline=entries[:THREAD][::-1],
        has_earlier=len(entries) > THREAD,
        checks=of(request, rows_about(SafetyCheck, request, scope).select_related("checked_by")[:THREAD]),
        consents=of(request, consents.select_related("withdrawal", "introduction__collaborator")),
        referrals=of(request, rows_about(Referral, request, scope).order_by("made_at", "id")),
        second_looks=of(request, rows_about(SecondLook, request, scope).order_by("asked_at", "id")),
    )
    load_keys([*past.checks, *past.consents, *past.referrals, *past.second_looks])
    return past


def participants_of(introductions: list[Introduction], scope: Scope) -> dict[int, list[Participant]]:
    """Who would take part for each ally, by introduction; the keys of both are at hand afterwards."""
    people = list(Participant.objects.visible_to(scope).filter(introduction__in=introductions, left_at=None))
    load_keys([*introductions, *people])
    found: dict[int, list[Participant]] = {row.pk: [] for row in introductions}
    for person in people:
        found[person.introduction_id].append(person)
    return found


def decline_of(request: SupportRequest, scope: Scope) -> list[RequestMessage]:
    """The last words of the desk, the no among them."""
    said = rows_about(RequestMessage, request, scope).filter(side=Side.DESK).order_by("-sent_at", "-id")
    found = of(request, said[:1])
    load_keys(found)
    return found


def oddities_of(request: SupportRequest, scope: Scope) -> list[str]:
    """What was odd about how a request arrived, as sentences."""
    return [flag.get_oddity_display() for flag in rows_about(SafetyFlag, request, scope).order_by("oddity")]
