"""The queue of the desk: its saved views, how many requests stand in each, and one page of one of them.

Nothing sealed is opened here, and no name is known: a request goes by the first digits of its uuid.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self, cast

from django.db import models
from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations.models import BriefVersion, Introduction, SupportRequest
from collaborations.states import BriefStatus, IntroductionStatus, RequestStatus
from collaborators.models import Platform, Region
from cre.core.access import Scope
from cre.core.vocabularies import Danger

PAGE = 50
# Counts go no further than this; one more is shown as "1000+".
MOST = 1000
LARGEST_ID = 2**63 - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TO_DECIDE = (IntroductionStatus.PROPOSED, IntroductionStatus.WILLING)
SHOWN = (
    "uuid", "community_id", "region_id", "country", "status", "danger", "risk_level", "language", "created_at",
    "due_at", "first_answered_at", "closed_at", "is_assisted",
)  # fmt: skip


class View(models.TextChoices):
    """The saved views of the queue, in the order of their tabs."""

    ANSWER = "answer", _("Needs an answer")
    LATE = "late", _("Late")
    URGENT = "urgent", _("Urgent")
    PLACE = "place", _("To be placed")
    WORKING = "working", _("Working")
    COMMUNITY = "community", _("Waiting for the community")
    CLOSED = "closed", _("Closed")
    ALL = "all", _("All")

    @property
    def newest_first(self) -> bool:
        """Whether a view looks back; all others begin with what is due first."""
        return self in (View.CLOSED, View.ALL)


@dataclass(frozen=True)
class Cursor:
    """Where a page ends: the moment that the view is ordered by, and the id among equals."""

    at: datetime
    key: int

    @classmethod
    def read(cls, text: str) -> Self:
        """The cursor in an address. Raises ValueError or OverflowError for anything else."""
        moment, key = map(int, text.split("-"))
        if key > LARGEST_ID:
            raise ValueError(key)
        return cls(EPOCH + timedelta(microseconds=moment), key)

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.key}"


@dataclass(frozen=True)
class QueuePage:
    """At most fifty requests of a view, and where the pages beside it begin."""

    rows: list[SupportRequest] = field(default_factory=list)
    previous: Cursor | None = None
    next: Cursor | None = None


# One value, worked out before the rows are read, so that their index gives them in order.
WAITING_ROOM = Region.objects.filter(is_waiting_room=True).order_by("pk").values("pk")[:1]


class CappedCount(Subquery):
    """How many rows a limited query has, as a column of another one."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS capped)"
    output_field = models.IntegerField()
    empty_result_set_value = 0


def desk_regions(scope: Scope) -> list[int]:
    """The regions that the person facilitates or guards."""
    return [*scope.ids("facilitate", Region), *scope.ids("guard", Region)]


def at_desk(scope: Scope) -> QuerySet[SupportRequest]:
    """The sent requests of the person's regions; a draft is nobody's but the community's."""
    sent = SupportRequest.objects.visible_to(scope).filter(due_at__isnull=False)
    return sent if scope.holds("coordinate") else sent.filter(region_id__in=desk_regions(scope))


def waiting_on_community(scope: Scope) -> Q:
    """A brief or an ally waits for the community's word."""
    briefs = BriefVersion.objects.visible_to(scope).filter(status=BriefStatus.PROPOSED)
    allies = Introduction.objects.visible_to(scope).filter(status__in=TO_DECIDE)
    waiting = briefs.order_by().values("request_id").union(allies.order_by().values("request_id"))
    return Q(closed_at=None, pk__in=waiting)


def runs(scope: Scope) -> Q:
    """The clock of these requests runs: nothing is late while a community stands still."""
    frozen = scope.listed("frozen_communities")
    return ~Q(community_id__in=frozen) if frozen else Q()


CONDITIONS: dict[View, Callable[[Scope], Q]] = {
    View.ANSWER: lambda scope: Q(closed_at=None, first_answered_at=None),
    View.LATE: lambda scope: Q(closed_at=None, due_at__lt=timezone.now()) & runs(scope),
    View.URGENT: lambda scope: Q(closed_at=None, danger=Danger.NOW),
    View.PLACE: lambda scope: Q(closed_at=None, region_id=Subquery(WAITING_ROOM)),
    View.WORKING: lambda scope: Q(closed_at=None, first_answered_at__isnull=False) & ~Q(status=RequestStatus.PARKED),
    View.COMMUNITY: waiting_on_community,
    View.CLOSED: lambda scope: Q(closed_at__isnull=False),
    View.ALL: lambda scope: Q(),
}


def rows_of(scope: Scope, view: View) -> QuerySet[SupportRequest]:
    """The requests of a view, in no order."""
    return at_desk(scope).filter(CONDITIONS[view](scope)).order_by()


def queue_counts(scope: Scope) -> dict[View, int]:
    """How many requests stand in each view, counted no further than `MOST` + 1, in one statement."""
    counted = count_capped({str(view): rows_of(scope, view) for view in View})
    return {view: counted[view] for view in View}


def count_capped(lists: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each list has, counted no further than `MOST` + 1, in one statement."""
    columns = {f"in_{name}": CappedCount(rows.values("pk")[: MOST + 1]) for name, rows in lists.items()}
    # The platform is one row, from which the counts hang.
    counted = cast(dict[str, Any], Platform.objects.values(**columns).get())
    return {name: counted[f"in_{name}"] for name in lists}


def queue_page(
    scope: Scope,
    view: View = View.ANSWER,
    *,
    after: Cursor | None = None,
    before: Cursor | None = None,
    only: dict[str, Any] | None = None,
) -> QueuePage:
    """One page of a view: the first, the one after a cursor, or the one before it.

    only: exact values of plain columns, such as `{"country": "KE"}`.
    """
    column, falls = ("created_at", True) if view.newest_first else ("due_at", False)
    rows = rows_of(scope, view).filter(**(only or {})).only(*SHOWN)
    falls ^= before is not None
    cursor = before or after
    if cursor:
        rows = beyond(rows, column, cursor, falls=falls)
    order = [f"-{column}", "-id"] if falls else [column, "id"]
    found = list(rows.order_by(*order)[: PAGE + 1])
    is_more, shown = len(found) > PAGE, found[:PAGE]
    if before:
        shown.reverse()
    return QueuePage(
        shown,
        previous=cursor_at(shown, 0, column) if (is_more if before else after) else None,
        next=cursor_at(shown, -1, column) if (before or is_more) else None,
    )


def beyond(rows: QuerySet[SupportRequest], column: str, cursor: Cursor, *, falls: bool) -> QuerySet[SupportRequest]:
    """The rows after a cursor. The first condition is a range that an index answers."""
    if falls:
        return rows.filter(**{f"{column}__lte": cursor.at}).exclude(**{column: cursor.at, "id__gte": cursor.key})
    return rows.filter(**{f"{column}__gte": cursor.at}).exclude(**{column: cursor.at, "id__lte": cursor.key})


def cursor_at(rows: list[SupportRequest], index: int, column: str) -> Cursor | None:
    """The place of one row of a page."""
    return Cursor(getattr(rows[index], column), rows[index].pk) if rows else None
