"""The acts on a request by its pages: done, refused, stale, and clicked twice."""

import pytest

from collaborations.actions import ask_second_look, check_safety, park_request
from collaborations.models import Referral, RequestMessage, SafetyCheck, SupportRequest
from collaborations.models.requests import RiskLevel
from collaborations.states import RequestStatus
from collaborators.actions import give_role
from collaborators.models import Platform
from cre.core.access import acting_as
from cre.core.vocabularies import DeclineReason
from tests import journey
from tests.conftest import as_owner, community_of
from tests.journey import Cast, fresh

pytestmark = pytest.mark.django_db

SAFETY = {"level": "high", "channel_is_safe": "on", "notes": "Only after dark."}
DECLINE = {
    "reason": "no-ally",
    "message": "We looked for a long time.",
    "to_whom": "The ombudsman",
    "words": "Room 3.",
}


def status_of(request):
    with as_owner():
        return SupportRequest.objects.get(pk=request.pk).status


@pytest.fixture
def unplaced(cast, waiting_room, duty_facilitator):
    """A request that no region has yet."""
    member, community = community_of("Nowhere", waiting_room)
    return journey.received(Cast(member, community, duty_facilitator, cast.collaborator, cast.ally), country="")


def test_the_coordinator_places_a_request(unplaced, coordinator, facilitator, at):
    desk = at(coordinator)
    assert "Choose its region" in desk.reads("request", unplaced.uuid)
    response = desk.post("request-place", unplaced.uuid, version=unplaced.version, region="africa")

    assert response.status_code == 302
    assert at(facilitator).get("request", unplaced.uuid).status_code == 200


def test_whoever_is_on_duty_places_it_and_loses_sight_of_it(unplaced, duty_facilitator, at):
    desk = at(duty_facilitator)

    assert desk.post("request-place", unplaced.uuid, version=unplaced.version, region="asia").status_code == 302
    assert desk.get("requests").status_code == 200
    assert desk.get("request", unplaced.uuid).status_code == 404


@pytest.mark.parametrize("code", ["", "to-be-placed", "atlantis"])
def test_a_request_is_placed_in_a_real_region_only(unplaced, coordinator, at, code):
    desk = at(coordinator)

    assert desk.post("request-place", unplaced.uuid, version=unplaced.version, region=code).status_code == 422


def test_a_placed_request_is_not_placed_again(cast, coordinator, at):
    request = journey.received(cast)

    assert (
        at(coordinator).post("request-place", request.uuid, version=request.version, region="asia").status_code == 403
    )


def test_the_safety_is_checked(cast, at):
    request = journey.received(cast)
    desk = at(cast.facilitator)
    assert "Check the safety" in desk.reads("request", request.uuid)
    response = desk.post("request-safety", request.uuid, version=request.version, **SAFETY)

    assert response.status_code == 302
    assert status_of(request) == RequestStatus.CLARIFYING
    assert "Only after dark." in desk.reads("request", request.uuid)


def test_a_focal_person_checks_the_safety_too(cast, focal_person, at):
    request = journey.received(cast)

    assert at(focal_person).post("request-safety", request.uuid, version=request.version, **SAFETY).status_code == 302
    with acting_as(focal_person):
        assert SafetyCheck.objects.get(request=request).checked_by_id == focal_person.pk


def test_the_coordinator_does_not_check_it(cast, coordinator, at):
    request = journey.received(cast)

    assert at(coordinator).get("request-safety", request.uuid).status_code == 403
    assert at(coordinator).post("request-safety", request.uuid, version=request.version, **SAFETY).status_code == 403


@pytest.mark.promise("P29")
def test_a_stale_form_keeps_its_words_and_can_be_sent_again(cast, at):
    request = journey.received(cast)
    check_safety(
        request,
        version=request.version,
        level=RiskLevel.LOW,
        channel_is_safe=True,
        notes="",
        by=cast.facilitator,
    )
    desk = at(cast.facilitator)
    response = desk.post("request-safety", request.uuid, version=request.version, **SAFETY)
    page = response.content.decode()

    assert response.status_code == 409
    assert "Only after dark." in page
    now = fresh(request, cast.facilitator).version
    assert f'name="version" value="{now}"' in page
    assert desk.post("request-safety", request.uuid, version=now, **SAFETY).status_code == 302


@pytest.mark.promise("P29")
@pytest.mark.parametrize("version", ["", "first", "-1", "99999999999999999999"])
def test_a_form_without_a_state_is_not_understood(cast, at, version):
    request = journey.received(cast)

    assert at(cast.facilitator).post("request-safety", request.uuid, version=version, **SAFETY).status_code == 422
    assert status_of(request) == RequestStatus.RECEIVED


ACTS = {
    "request-accept": (journey.clarifying, {}, RequestStatus.ACCEPTED),
    "request-decline": (journey.clarifying, DECLINE, RequestStatus.DECLINED),
    "request-park": (journey.clarifying, {"days": "14"}, RequestStatus.PARKED),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_done_once_however_often_it_is_clicked(cast, at, act):
    station, data, status = ACTS[act]
    request = station(cast)
    desk = at(cast.facilitator)
    assert desk.get(act, request.uuid).status_code == 200
    answers = [desk.post(act, request.uuid, version=request.version, **data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert status_of(request) == status
    assert "You have done this already." in desk.reads("request", request.uuid)


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_an_old_state_is_not_done(cast, at, act):
    station, data, _ = ACTS[act]
    request = station(cast)
    answer = at(cast.facilitator).post(act, request.uuid, version=request.version - 1, **data)

    assert answer.status_code == 409
    assert "Somebody changed this" in answer.content.decode()
    assert status_of(request) == RequestStatus.CLARIFYING


@pytest.mark.parametrize("act", [*ACTS, "request-resume"])
@pytest.mark.parametrize("who", ["coordinator", "focal_person"])
def test_only_the_regions_facilitator_decides(cast, at, act, who, request):
    asked = journey.clarifying(cast)
    data = ACTS.get(act, (None, {}, None))[1]

    assert at(request.getfixturevalue(who)).post(act, asked.uuid, version=asked.version, **data).status_code == 403
    assert status_of(asked) == RequestStatus.CLARIFYING


@pytest.mark.parametrize("act", ["request-accept", "request-resume"])
def test_an_act_that_the_state_does_not_allow_is_refused(cast, at, act):
    request = journey.received(cast)

    assert at(cast.facilitator).get(act, request.uuid).status_code == 403


def test_a_parked_request_goes_on(cast, at):
    request = journey.clarifying(cast)
    park_request(request, version=request.version, days=3, by=cast.facilitator)
    request = fresh(request, cast.facilitator)
    desk = at(cast.facilitator)
    assert "Go on with it" in desk.reads("request", request.uuid)

    assert desk.post("request-resume", request.uuid, version=request.version).status_code == 302
    assert status_of(request) == RequestStatus.CLARIFYING


@pytest.mark.parametrize("days", ["0", "181", "soon", ""])
def test_a_request_waits_for_a_number_of_days(cast, at, days):
    request = journey.clarifying(cast)

    assert (
        at(cast.facilitator).post("request-park", request.uuid, version=request.version, days=days).status_code == 422
    )


def test_a_decline_has_a_reason_a_message_and_another_door(cast, at):
    request = journey.clarifying(cast)
    at(cast.facilitator).post("request-decline", request.uuid, version=request.version, **DECLINE)

    with acting_as(cast.member):
        referral, message = Referral.objects.get(request=request), RequestMessage.objects.get(request=request)
        assert (referral.to_whom, referral.words, message.text) == (
            "The ombudsman",
            "Room 3.",
            DECLINE["message"],
        )
    assert "The ombudsman" in at(cast.facilitator).reads("request-history", request.uuid)


@pytest.mark.promise("P29")
@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "because"}, {"message": ""}, {"to_whom": ""}])
def test_a_decline_that_lacks_something_keeps_its_words(cast, at, wrong):
    request = journey.clarifying(cast)
    data = DECLINE | wrong
    response = at(cast.facilitator).post("request-decline", request.uuid, version=request.version, **data)

    assert response.status_code == 422
    assert data["words"] in response.content.decode()
    assert status_of(request) == RequestStatus.CLARIFYING


@pytest.fixture
def look(cast):
    """A declined request, and the community's wish that another person looks again."""
    request = journey.declined(cast)
    return ask_second_look(request, words="You did not read our second page.", by=cast.member)


def test_the_coordinator_looks_again_at_what_was_said(look, coordinator, at):
    page = at(coordinator).reads("second-look", look.uuid)

    for words in (
        "You did not read our second page.",
        "We are too few now.",
        str(DeclineReason.NO_CAPACITY.label),
    ):
        assert words in page
    assert "Look at" in at(coordinator).reads("home")


@pytest.mark.parametrize(
    ("answer", "status"), [("go_on", RequestStatus.CLARIFYING), ("stands", RequestStatus.DECLINED)]
)
def test_a_second_look_is_answered_once(cast, look, coordinator, at, answer, status):
    desk = at(coordinator)
    data = {"answer": answer, "message": "I read everything again."}

    assert [desk.post("second-look", look.uuid, **data).status_code for _ in range(2)] == [302, 302]
    assert status_of(look.request) == status
    with acting_as(cast.member):
        assert RequestMessage.objects.filter(request=look.request_id).count() == 2


def test_whoever_declined_does_not_look_again(cast, look, at):
    assert at(cast.facilitator).get("second-look", look.uuid).status_code == 403
    assert at(cast.facilitator).post("second-look", look.uuid, answer="stands", message="No.").status_code == 403


@pytest.mark.promise("P24")
def test_whoever_declined_does_not_look_again_as_a_coordinator_either(cast, look, coordinator, at):
    give_role(Platform.objects.get(), "coordinate", cast.facilitator, by=coordinator)

    answer = at(cast.facilitator).post("second-look", look.uuid, answer="go_on", message="I was wrong.")

    assert (answer.status_code, status_of(look.request)) == (403, RequestStatus.DECLINED)


def test_a_second_look_needs_an_answer_and_words(look, coordinator, at):
    response = at(coordinator).post("second-look", look.uuid, answer="", message="I read everything again.")

    assert response.status_code == 422
    assert "I read everything again." in response.content.decode()
