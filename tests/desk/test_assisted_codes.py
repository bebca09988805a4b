"""The first receipt code of a community whose words were written down: offered, shown once, dead after one use."""

import pytest
from django.db import DatabaseError, ProgrammingError, transaction

from collaborations.actions import hand_over_first_code
from collaborators.actions import begin_assisted_intake, freeze_community
from collaborators.models import CodeHandover, Community, FreezingSide, User
from cre.core.access import Refused, acting_as
from cre.core.outbox.models import OutboxMessage
from tests import journey
from tests.community.walking import shown_code
from tests.conftest import as_owner
from tests.core.access.questions import rows
from tests.desk.writing_down import enter, made_by, paper

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P05")]
INTAKE = (
    "SELECT cre_begin_assisted_intake(gen_random_uuid(), gen_random_uuid(), %s, 'en', '12345678', 'hash', 1::smallint)"
)


@pytest.fixture
def about(facilitator, at):
    """A request that was written down and sent."""
    at(facilitator).post("request-new", **paper())
    (request,) = made_by(facilitator)
    return request


def test_a_code_is_offered_and_not_forced(facilitator, about, at):
    desk = at(facilitator)
    page = desk.reads("request-written", about.uuid)

    assert "Not now" in page
    with as_owner():
        assert CodeHandover.objects.count() == 0
    assert "Hand over a new receipt code" in desk.reads("request-code", about.uuid)


def test_the_code_is_shown_once_and_is_on_record(facilitator, about, at):
    desk = at(facilitator)
    assert desk.get("request-first-code", about.uuid).url == f"/desk/requests/{about.uuid}/written/"
    shown = desk.post("request-first-code", about.uuid)
    again = desk.post("request-first-code", about.uuid)

    code = shown_code(shown)
    assert (shown.status_code, again.status_code) == (200, 403)
    assert "Give another one after a talk" in again.content.decode()
    assert code not in desk.reads("request-written", about.uuid)
    with acting_as(facilitator):
        handover = CodeHandover.objects.get()
        assert (handover.given_by_id, handover.community_id) == (facilitator.pk, about.community_id)
    with as_owner():
        assert OutboxMessage.objects.filter(topic="code-handed-over").count() == 1
        assert handover.person.receipt_credentials.get(replaced_at=None).seen_by_helper is True


def test_the_code_dies_at_the_first_own_use_and_the_desk_does_not_know_the_next(facilitator, about, at):
    code = shown_code(at(facilitator).post("request-first-code", about.uuid))
    _client, page = enter(code)

    assert "This new one only you know." in page
    assert code not in page
    assert "We could not open anything with this." in enter(code)[1]


@pytest.mark.parametrize("who", ["coordinator", "focal_person"])
def test_only_the_facilitator_sees_a_first_code(about, at, who, request):
    desk = at(request.getfixturevalue(who))

    assert desk.post("request-first-code", about.uuid).status_code == 403
    assert "Not now" not in desk.reads("request-written", about.uuid)


@pytest.mark.parametrize("who", ["coordinator", "focal_person"])
def test_the_act_itself_refuses_everybody_but_the_facilitator(about, who, request):
    with pytest.raises(Refused):
        hand_over_first_code(about, by=request.getfixturevalue(who))


def test_no_code_while_everything_stands_still(facilitator, about, at):
    freeze_community(about.community_id, side=FreezingSide.DESK, region_id=about.region_id, reason="-", by=facilitator)

    assert at(facilitator).post("request-first-code", about.uuid).status_code == 403


def test_a_first_code_is_not_a_way_around_the_talk(facilitator, cast, at):
    """A community that came by itself has had codes; nobody gets another one without a talk."""
    own = journey.received(cast)

    assert at(facilitator).post("request-first-code", own.uuid).status_code == 403


@pytest.mark.promise("P10")
@pytest.mark.parametrize("who", ["other_facilitator", "focal_person", "coordinator", "outsider", "stranger"])
def test_the_database_lets_only_the_regions_facilitator_begin(who, region, request):
    somebody: User = request.getfixturevalue(who)
    with pytest.raises(Refused):
        begin_assisted_intake(region, once=Community().uuid, language="en", channel="call", by=somebody)
    with pytest.raises(ProgrammingError, match="write down"), transaction.atomic(), acting_as(somebody):
        rows(INTAKE, region.pk)


def test_nobody_at_all_begins_nothing(region):
    with pytest.raises(DatabaseError), transaction.atomic():
        rows(INTAKE, region.pk)
