"""What goes when, what stands still and why: for the secretariat, the desk and the community."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext

from collaborations.clocks_kept import (
    COMMUNITY,
    ORDERED,
    REQUEST,
    Clock,
    count_clocks,
    ending_clocks,
    own_clocks,
    standing_clocks,
)
from collaborations.models import KeepQuestion, SupportRequest
from collaborators.models import Community, Deletion, Region
from collaborators.policies import communities_of
from collaborators.retention import old_rows
from cre.core.access import Scope
from cre.core.registries import retained
from cre.core.retention import LegalHold, RetentionProof, RetentionRule

MOST_SHOWN = 50
WITHIN_DAYS = 30
# What was never sent is kept as long as somebody comes back to it.
BEGUN_BY_VISITS = ("drafts", "unsent")


@dataclass(frozen=True)
class ClassLine:
    """One class: for how long, from when, and how many go now, go within thirty days, and stand."""

    name: str
    words: str | Promise
    begins: str | Promise
    days: int
    asks_before_days: int
    due: int
    soon: int
    standing: int


def class_lines(scope: Scope) -> list[ClassLine]:
    """Every class with its rule and its numbers, drafts among them; nothing is opened."""
    numbers: dict[str, tuple[int, ...]] = {**old_rows(), **count_clocks()}
    rules = {rule.name: rule for rule in RetentionRule.objects.visible_to(scope)}
    return [
        ClassLine(
            kept.name, kept.words, kept.begins, rules[kept.name].days, rules[kept.name].asks_before_days,
            *(*numbers.get(kept.name, ()), 0, 0, 0)[:3],
        )
        for kept in retained
        if kept.name in rules
    ]  # fmt: skip


@dataclass(frozen=True)
class ClockLine:
    """One object that goes or stands: never what it says."""

    is_request: bool
    reference: str
    uuid: Any
    region: str
    words: str | Promise
    ends_at: datetime | None
    ask_at: datetime | None
    reasons: list[str | Promise]
    is_held: bool


def going() -> list[ClockLine]:
    """What goes within thirty days."""
    return as_lines(ending_clocks(WITHIN_DAYS, MOST_SHOWN))


def standing() -> list[ClockLine]:
    """What stands still, and why."""
    return as_lines(standing_clocks(MOST_SHOWN))


def as_lines(found: Iterable[Clock]) -> list[ClockLine]:
    names = {region.pk: str(region) for region in Region.objects.all()}
    return [
        ClockLine(
            is_request=clock.label == REQUEST,
            reference=clock.object_uuid.hex[:6],
            uuid=clock.object_uuid,
            region=names.get(clock.region_id, ""),
            words=retained[clock.rule].words,
            ends_at=clock.ends_at,
            ask_at=clock.ask_at,
            reasons=clock.reasons,
            is_held="hold" in clock.stands,
        )
        for clock in found
    ]


def holds_page(scope: Scope) -> list[LegalHold]:
    """The legal holds that stand, the newest first."""
    return list(LegalHold.objects.visible_to(scope).standing().select_related("placed_by")[:MOST_SHOWN])


def last_proofs(scope: Scope) -> list[RetentionProof]:
    """What was removed last."""
    return list(RetentionProof.objects.visible_to(scope)[:MOST_SHOWN])


# --- For the community and its desk --------------------------------------------------------------------
def own_community(scope: Scope) -> Community | None:
    """The community that the person speaks for, or helps with a mandate."""
    return Community.objects.visible_to(scope).filter(pk__in=communities_of(scope)).order_by("pk").first()


def open_deletions(scope: Scope, community: Community) -> list[Deletion]:
    """What the community has ordered to delete and can still take back."""
    return list(Deletion.objects.visible_to(scope).open().filter(community=community))


def deletable_request(scope: Scope, uuid: Any) -> Any:
    """The community's own requests, to take one by its uuid."""
    return SupportRequest.objects.visible_to(scope).filter(community__in=communities_of(scope), uuid=uuid)


def kept_lines(scope: Scope) -> dict[Any, str]:
    """For each of its own requests, and for the community itself, one sentence on how long it is kept; by uuid.

    What is ordered to be deleted is left out, and with a whole community all of it: its pages say that by themselves.
    """
    if not communities_of(scope):
        return {}
    found = own_clocks(MOST_SHOWN)
    ordered = [clock for clock in found if clock.rule == ORDERED]
    gone = {clock.object_uuid for clock in ordered}
    whole = {clock.community_id for clock in ordered if clock.label == COMMUNITY}
    kept = [clock for clock in found if clock.object_uuid not in gone and clock.community_id not in whole]
    return {clock.object_uuid: kept_in_words(clock) for clock in kept}


def kept_in_words(clock: Clock) -> str:
    """How long something is kept, for its community: why it stands still, or the date and what happens then."""
    if clock.stands:
        return gettext("We keep this for now, because {reasons}.").format(reasons="; ".join(map(str, clock.reasons)))
    last = day(clock.ends_at)
    if clock.rule in BEGUN_BY_VISITS:
        return gettext("We keep this until {last}. Each time you come back, the time begins anew.").format(last=last)
    if retained[clock.rule].ask is None:
        return gettext("We delete this on {last}.").format(last=last)
    if clock.ask_at is None:
        return gettext("We asked you whether we should keep this. It is deleted on {last}.").format(last=last)
    ask = gettext("We will ask you on {day} whether we should keep this. Without an answer we delete it on {last}.")
    return ask.format(day=day(clock.ask_at), last=last)


def day(moment: datetime | None) -> str:
    """A day with its year: it may be years away."""
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def open_questions(scope: Scope) -> list[KeepQuestion]:
    """Whom the desk has to ask by the safe channel, the first end first."""
    found = (
        KeepQuestion.objects.visible_to(scope).open().filter(community__region_id__in=scope.ids("facilitate", Region))
    )
    return list(found.select_related("request", "community__region").order_by("due_at", "pk")[:MOST_SHOWN])


def ordered_at_desk(scope: Scope) -> list[Deletion]:
    """What communities of the desk's regions have ordered to delete; all of it for the coordinator.

    That a deletion waits, and until when, is all that staff see of it.
    """
    if not scope.listed("hidden_requests") and not scope.listed("hidden_communities"):
        return []
    found = Deletion.objects.visible_to(scope).open()
    if not scope.holds("coordinate"):
        found = found.filter(community__region_id__in=scope.ids("facilitate", Region))
    return list(found.select_related("community__region").order_by("ordered_at", "pk")[:MOST_SHOWN])


def is_held(object_uuid: Any) -> bool:
    """Whether something is on legal hold; its own people are told that, never why."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_is_held(%s)", [object_uuid])
        return bool(cursor.fetchone()[0])
