"""The first page: where requests stand, what waits for a decision, whether the machine runs."""

from typing import Any

from django.http import HttpResponse

from collaborations.selectors.secretariat import closed_count, region_lines, statuses, waiting_raises
from collaborations.views.secretariat.rooms import show
from collaborators.http import PersonRequest
from collaborators.policies import can_decide_raise
from collaborators.selectors import deliveries
from collaborators.views.doors import door
from cre.core.outbox import is_alive

MOST_RAISES = 20


@door("secretariat")
def home(request: PersonRequest) -> HttpResponse:
    """Show each person what their role looks after."""
    scope = request.scope
    context: dict[str, Any] = {}
    if scope.holds("coordinate"):
        context |= requests_now(request)
    if scope.holds("coordinate", "steward"):
        context |= {"deliveries": deliveries(), "is_relay_alive": is_alive()}
    return show(request, "secretariat/home.html", context)


def requests_now(request: PersonRequest) -> dict[str, Any]:
    """The numbers of the requests and the access levels that wait."""
    lines = region_lines(request.scope)
    return {
        "head": statuses(),
        "lines": lines,
        "late": sum(line.late for line in lines),
        "open": sum(line.open for line in lines),
        "to_place": sum(line.open for line in lines if line.is_waiting_room),
        "closed": closed_count(request.scope),
        "raises": [
            (raised, can_decide_raise(request.user, raised)) for raised in waiting_raises(request.scope)[:MOST_RAISES]
        ],
    }
