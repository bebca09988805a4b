"""Who may do what with a request at each station of its path, as the product tells it: a table of its own, beside the
rules in `collaborations/policies`, so that no rule can be loosened unnoticed.
"""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest

from collaborations import actions
from collaborations.models import SupportRequest
from collaborations.models.requests import RiskLevel
from collaborators.actions import freeze_community
from collaborators.models import FreezingSide, Region, User
from cre.core.vocabularies import DeclineReason
from tests import journey
from tests.collaborations.who import DESK, GUARDS, OURS, STAFF, TOGETHER, WALLS, people, simply, those_who_may
from tests.journey import BRIEF, Cast, cast, fresh

pytestmark = pytest.mark.django_db
__all__ = ["cast", "people"]
Act = Callable[[SupportRequest, Cast, User], object]


def parked(cast: Cast) -> SupportRequest:
    request = journey.clarifying(cast)
    actions.park_request(request, version=request.version, days=10, by=cast.facilitator)
    return request


def withdrawn(cast: Cast) -> SupportRequest:
    request = journey.received(cast)
    return actions.withdraw_request(request, version=request.version, by=cast.member)


STATIONS: dict[str, Callable[[Cast], SupportRequest]] = {
    "draft": journey.draft,
    "received": journey.received,
    "clarifying": journey.clarifying,
    "accepted": journey.accepted,
    "approved": journey.approved,
    "matching": journey.matching,
    "parked": parked,
    "declined": journey.declined,
    "withdrawn": withdrawn,
}
ACTS: dict[str, Act] = {
    "write a draft": lambda row, _, by: actions.change_draft(row, version=row.version, need="water", by=by),
    "send": simply(actions.send_request),
    "correct": lambda row, _, by: actions.correct_answers(row, version=row.version, need="water", by=by),
    "withdraw": simply(actions.withdraw_request),
    "judge the danger": lambda row, _, by: actions.check_safety(
        row, version=row.version, level=RiskLevel.MEDIUM, channel_is_safe=True, notes="", by=by
    ),
    "accept": simply(actions.accept_request),
    "decline": lambda row, _, by: actions.decline_request(
        row, version=row.version, reason=DeclineReason.NO_CAPACITY, message="We are too few.", by=by
    ),
    "park": lambda row, _, by: actions.park_request(row, version=row.version, days=10, by=by),
    "resume": simply(actions.resume_request),
    "ask for a second look": lambda row, _, by: actions.ask_second_look(row, words="", by=by),
    "write a message": lambda row, _, by: actions.write_message(row, text="x", language="en", once=uuid4(), by=by),
    "write a note": lambda row, _, by: actions.write_note(row, text="x", once=uuid4(), by=by),
    "write a brief": lambda row, _, by: actions.write_brief(row, by=by, **BRIEF),
    "suggest allies": lambda row, cast, by: actions.propose_allies(
        row, version=row.version, collaborators=[cast.collaborator], by=by
    ),
    "place": lambda row, _, by: actions.place_request(row, Region.objects.get(code="asia"), version=row.version, by=by),
    "stop everything": lambda row, cast, by: freeze_community(
        row.community_id, side=FreezingSide.DESK, region_id=cast.community.region_id, reason="A car.", by=by
    ),
    "delete": lambda row, cast, by: actions.order_deletion(cast.community, request=row, is_urgent=False, by=by),
}
SENT = ("received", "clarifying", "accepted", "approved", "matching", "parked", "declined", "withdrawn")
OPEN = SENT[:6]
MAY: dict[str, dict[str, set[str]]] = {
    "write a draft": {"draft": OURS},
    "send": {"draft": OURS},
    "correct": dict.fromkeys(OPEN, OURS),
    "withdraw": dict.fromkeys(("draft", *OPEN), OURS),
    "judge the danger": dict.fromkeys(OPEN, GUARDS),
    "accept": {"clarifying": DESK},
    "decline": dict.fromkeys(OPEN, DESK),
    "park": dict.fromkeys(("received", "clarifying", "accepted", "approved", "matching"), DESK),
    "resume": {"parked": DESK},
    "ask for a second look": {"declined": OURS},
    "write a message": dict.fromkeys(SENT, TOGETHER),
    "write a note": dict.fromkeys(SENT, STAFF),
    "write a brief": dict.fromkeys(("accepted", "approved", "matching"), DESK),
    "suggest allies": {"approved": DESK},
    "place": {},
    "stop everything": dict.fromkeys(("draft", *SENT), DESK),
    "delete": dict.fromkeys(("draft", *SENT), OURS),
}


@WALLS
@pytest.mark.parametrize("station", STATIONS)
def test_at_each_station_exactly_those_act_who_are_told_to(
    station: str, wall: str, cast: Cast, people: dict[str, User]
) -> None:
    row = fresh(STATIONS[station](cast), cast.member)

    found = {name: those_who_may(partial(act, row, cast), people, wall) for name, act in ACTS.items()}
    assert found == {name: MAY[name].get(station, set()) for name in ACTS}
