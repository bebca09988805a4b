"""The first page: what waits for this person, most urgent first, and what is new."""

from datetime import timedelta

import pytest
from django.utils import timezone

from collaborations.models import Collaboration
from cre.core.access import acting_as
from cre.core.outbox import Notice
from cre.core.vocabularies import Danger
from tests import journey
from tests.conftest import as_owner
from tests.desk.filling import fill
from tests.journey import request_of

pytestmark = pytest.mark.django_db


def code(request):
    """The link's words in a list."""
    return f">{request.uuid.hex[:6].upper()}</a>"


def test_nothing_waits_and_the_page_says_what_to_do(facilitator, at):
    page = at(facilitator).reads("home")

    assert "Nothing waits for you" in page
    assert "Nothing new." in page


def test_the_most_urgent_stands_first_and_each_request_once(cast, at):
    calm, urgent = journey.received(cast), journey.received(cast, danger=Danger.NOW)
    page = at(cast.facilitator).reads("home")

    assert page.index(code(urgent)) < page.index(code(calm))
    assert page.count(code(urgent)) == page.count(code(calm)) == 1


def test_answers_and_check_ins_are_shown(cast, at):
    willing = journey.willing(cast)
    assert "Allies that said yes" in at(cast.facilitator).reads("home")
    journey.choose_ally(willing, version=willing.version, fields=journey.SHARED, by=cast.member)
    with as_owner():
        Collaboration.objects.update(check_in_on=timezone.localdate() + timedelta(days=1))
    page = at(cast.facilitator).reads("home")

    assert "Allies that said yes" not in page
    assert "Check-ins" in page
    assert "Lake Law Group" in page


@pytest.mark.parametrize("who", ["other_facilitator", "focal_person"])
def test_others_are_not_told_of_answers(cast, at, who, request):
    journey.willing(cast)

    assert "Lake Law Group" not in at(request.getfixturevalue(who)).reads("home")


def test_a_notice_leads_to_its_request_and_is_read_then(cast, at):
    request = journey.received(cast)
    with as_owner():
        notice = Notice.objects.create(
            recipient=cast.facilitator, topic="request-sent", object_uuid=request.uuid, key="one"
        )
    desk = at(cast.facilitator)
    assert "A new request is here." in desk.reads("home")
    answer = desk.post("notice", notice.uuid)

    assert answer.url == f"/desk/requests/{request.uuid}/"
    assert "A new request is here." not in desk.reads("home")


def test_all_notices_are_read_at_once(cast, at):
    request = journey.received(cast)
    with as_owner():
        for key in "ab":
            Notice.objects.create(recipient=cast.facilitator, topic="request-sent", object_uuid=request.uuid, key=key)

    assert at(cast.facilitator).post("notices-read").status_code == 302
    with acting_as(cast.facilitator):
        assert not Notice.objects.filter(read_at=None).exists()


def test_anothers_notice_is_not_there(cast, other_facilitator, at):
    request = journey.received(cast)
    with as_owner():
        notice = Notice.objects.create(
            recipient=cast.facilitator, topic="request-sent", object_uuid=request.uuid, key="one"
        )

    assert at(other_facilitator).post("notice", notice.uuid).status_code == 404
    assert at(cast.facilitator).get("notice", notice.uuid).status_code == 405


def test_the_price_is_the_same_for_one_and_for_three(cast, region, at):
    request_of(journey.willing(cast), cast.facilitator)
    desk = at(cast.facilitator)
    before = desk.price("home")
    fill(3, cast.community, region, danger="'now'")

    assert desk.price("home") == before <= 15
