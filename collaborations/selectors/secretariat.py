"""What the secretariat sees of the requests: numbers from plain columns, and who waits for a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from collaborations.models import Consent, Introduction, SupportRequest
from collaborations.selectors.ally import LABELS
from collaborations.states import OPEN_STATUSES, IntroductionStatus, RequestStatus
from collaborators.models import LevelRaise
from cre.core.access import Scope


@dataclass(frozen=True)
class RegionLine:
    """The open requests of one region: how many stand where, and how many are late."""

    name: str
    is_waiting_room: bool
    by_status: list[int]
    late: int
    open: int


def statuses() -> list[str]:
    """The heads of the columns of `region_lines`."""
    return [str(status.label) for status in OPEN_STATUSES]


def region_lines(scope: Scope) -> list[RegionLine]:
    """The open requests by region and status, in one query; nothing sealed is touched."""
    numbers = {f"n_{status}": Count("pk", filter=Q(status=status)) for status in OPEN_STATUSES}
    late = Count("pk", filter=Q(due_at__lt=timezone.now(), status__in=OPEN_STATUSES))
    found = (
        SupportRequest.objects.visible_to(scope)
        .open()
        .values("region__name", "region__is_waiting_room")
        .annotate(late=late, **numbers)
        .order_by("region__is_waiting_room", "region__name")
    )
    return [as_region_line(row) for row in found]


def as_region_line(row: Mapping[str, Any]) -> RegionLine:
    by_status = [row[f"n_{status}"] for status in OPEN_STATUSES]
    name = gettext(row["region__name"])
    return RegionLine(name, row["region__is_waiting_room"], by_status, row["late"], sum(by_status))


def closed_count(scope: Scope) -> int:
    """How many requests are over, counted no further than 1,001."""
    found = SupportRequest.objects.visible_to(scope).exclude(status=RequestStatus.DRAFT)
    return found.filter(closed_at__isnull=False)[:1001].count()


def waiting_raises(scope: Scope) -> QuerySet[LevelRaise]:
    """The access levels that wait for a second person."""
    found = LevelRaise.objects.visible_to(scope).filter(decided_at=None)
    return found.select_related("collaborator", "asked_by").order_by("asked_at", "pk")


@dataclass(frozen=True)
class WaitingChoice:
    """A community that chose an ally: the short reference of its request, and what it would share."""

    reference: str
    region: str
    fields: list[str]


def waiting_choices(scope: Scope, raised: LevelRaise) -> list[WaitingChoice]:
    """Whom a yes would introduce at once; two queries."""
    found = Introduction.objects.visible_to(scope).filter(
        collaborator_id=raised.collaborator_id, status=IntroductionStatus.CHOSEN
    )
    rows = list(found.select_related("request__region").order_by("pk"))
    consents = Consent.objects.visible_to(scope).live()
    fields = {
        consent.introduction_id: consent.fields
        for consent in consents.filter(about=Consent.About.DISCLOSE, introduction__in=rows).order_by("pk")
    }
    return [
        WaitingChoice(
            row.request.uuid.hex[:6],
            str(row.request.region),
            [str(LABELS[code]) for code in fields.get(row.pk, [])],
        )
        for row in rows
    ]
