"""What to do next: one step for every state, and only for whoever takes it."""

import re

import pytest

from collaborations.actions import confirm_contact, withdraw_request
from collaborations.models import SupportRequest
from tests import journey
from tests.journey import fresh, request_of

pytestmark = pytest.mark.django_db

STEPS = {
    "received": "Check the safety",
    "clarifying": "Accept or decline",
    "accepted": "Write the brief",
    "written": "Read and propose it",
    "briefed": "Write down its answer",
    "approved": "Find allies",
    "proposed": "Write down its answer",
    "offered": "See whom we asked",
    "willing": "See the answers",
    "introduced": "Open the collaboration",
}


def request_at(cast, station):
    row = getattr(journey, station)(cast)
    return row if isinstance(row, SupportRequest) else request_of(row, cast.facilitator)


def buttons(page):
    """The primary buttons in the part that says what to do next."""
    card = page.split('id="next"', 1)[1].split("</section>")[0]
    return re.findall(r'<a class="button" href="([^"]+)">([^<]+)</a>', card)


@pytest.mark.parametrize(("station", "label"), STEPS.items())
def test_each_state_has_one_step_and_its_page_opens(cast, at, station, label):
    request = request_at(cast, station)
    desk = at(cast.facilitator)
    ((url, words),) = buttons(desk.reads("request", request.uuid))

    assert words == label
    assert desk.client.get(url).status_code == 200


@pytest.mark.parametrize("station", [station for station in STEPS if station != "received"])
@pytest.mark.parametrize("who", ["coordinator", "focal_person"])
def test_whose_step_it_is_not_reads_who_takes_it(cast, at, station, who, request):
    page = at(request.getfixturevalue(who)).reads("request", request_at(cast, station).uuid)

    assert buttons(page) == []
    assert "The region&#x27;s facilitator takes the next step." in page


@pytest.mark.parametrize("station", ["received", "clarifying", "accepted", "approved", "introduced"])
def test_every_act_that_is_offered_opens(cast, at, station):
    request = request_at(cast, station)
    desk = at(cast.facilitator)
    page = desk.reads("request", request.uuid)
    acts = page.split('aria-label="Other acts"', 1)[1].split("</nav>")[0]

    for url in re.findall(r'href="([^"]+)"', acts):
        assert desk.client.get(url).status_code == 200, url


def test_a_withdrawn_request_needs_nothing(cast, at):
    request = journey.clarifying(cast)
    withdraw_request(request, version=request.version, by=cast.member)
    page = at(cast.facilitator).reads("request", request.uuid)

    assert buttons(page) == []
    assert "Nothing has to be done." in page


def test_a_declined_request_waits_for_nobody(cast, at):
    page = at(cast.facilitator).reads("request", journey.declined(cast).uuid)

    assert buttons(page) == []
    assert "The community can ask for a second look." in page


def test_while_they_work_together_the_desk_is_there_for_both(cast, at):
    work = journey.introduced(cast)
    confirm_contact(work, version=work.version, by=cast.member)
    page = at(cast.facilitator).reads("request", request_of(fresh(work, cast.member), cast.facilitator).uuid)

    assert "Be there for both at the check-in." in page
