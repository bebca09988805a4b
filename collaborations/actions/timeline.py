"""The timeline: each step leaves an entry that the community can read in plain words."""

from datetime import date

from collaborations.events import Event
from collaborations.models import Collaboration, SupportRequest, TimelineEntry
from collaborations.models.talk import Side

Audience = TimelineEntry.Audience


def tell(
    request: SupportRequest,
    event: Event,
    side: Side,
    *,
    audience: Audience = Audience.COMMUNITY,
    due_on: date | None = None,
) -> None:
    """Add an entry to a request's timeline."""
    TimelineEntry.objects.create(request=request, event=event, side=side, audience=audience, due_on=due_on)


def tell_both(collaboration: Collaboration, event: Event, side: Side, *, due_on: date | None = None) -> None:
    """Add an entry that the community, the ally and the desk read; the ally needs no sight of the request."""
    TimelineEntry.objects.create(
        request_id=collaboration.request_id,
        collaboration=collaboration,
        event=event,
        side=side,
        audience=Audience.ALL,
        due_on=due_on,
    )
