"""What somebody leaves behind whose access was ended: regions, requests and people who wait for an answer."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from collaborations.models import RequestMessage, SupportRequest
from collaborators.models import AccessEnd, Region, RegionGrant, User
from cre.core.access import Scope

MOST = 200


@dataclass(frozen=True)
class LeftRegion:
    """A region that the person facilitated: who facilitates it now, and what is promised there next."""

    region: Region
    others: list[User]
    requests: list[SupportRequest]


def left_regions(scope: Scope, end: AccessEnd) -> list[LeftRegion]:
    """The regions in the order of their names; three queries."""
    regions = list(Region.objects.filter(pk__in=end.regions).order_by("name"))
    now = timezone.now()
    grants = RegionGrant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now, content_object__in=regions,
        permission__codename="facilitate", user__is_active=True,
    ).select_related("user")  # fmt: skip
    requests = SupportRequest.objects.visible_to(scope).open().filter(region__in=regions)
    waiting = list(requests.order_by("due_at", "pk")[:MOST])
    return [
        LeftRegion(
            region,
            [grant.user for grant in grants if grant.content_object_id == region.pk],
            [request for request in waiting if request.region_id == region.pk],
        )
        for region in regions
    ]


def spoken_with(scope: Scope, person: User) -> QuerySet[SupportRequest]:
    """The open requests in whose conversation the person wrote: these communities know their voice."""
    written = RequestMessage.objects.visible_to(scope).filter(author=person).values("request")
    found = SupportRequest.objects.visible_to(scope).open().filter(pk__in=written)
    return found.select_related("region").order_by("due_at", "pk")[:MOST]
