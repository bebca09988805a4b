"""Each page of the desk opens for those whose it is, and for nobody else."""

import pytest

from collaborations.models import SupportRequest
from tests import journey
from tests.journey import request_of

pytestmark = pytest.mark.django_db

STATIONS = [
    "received", "clarifying", "talked", "accepted", "declined", "written", "briefed", "approved", "proposed",
    "matching", "offered", "willing", "chosen", "introduced",
]  # fmt: skip
PAGES = ["request", "request-allies", "request-history"]


def request_at(cast, station: str) -> SupportRequest:
    row = getattr(journey, station)(cast)
    return row if isinstance(row, SupportRequest) else request_of(row, cast.facilitator)


@pytest.mark.parametrize("station", STATIONS)
def test_a_request_opens_at_every_station(cast, at, coordinator, focal_person, station):
    request = request_at(cast, station)

    for person in (cast.facilitator, coordinator, focal_person):
        for page in PAGES:
            assert at(person).get(page, request.uuid).status_code == 200, (person, page)
