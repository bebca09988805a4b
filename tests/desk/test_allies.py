"""Allies by the desk's pages: suggested with reasons, allowed by voice, let in by a second person."""

import pytest

from collaborations.actions import decide_access, refuse_offers
from collaborations.models import Introduction
from collaborations.states import IntroductionStatus
from collaborators.models import LevelRaise
from cre.core.access import acting_as
from cre.core.vocabularies import AccessLevel
from tests import journey
from tests.conftest import holder, roster_entry
from tests.journey import Cast, fresh, request_of

pytestmark = pytest.mark.django_db

VOICE = {"how": "voice", "said_by": "the elder", "language": "sw", "read_back": "Their names and what they do."}


def introductions(request, person):
    with acting_as(person):
        found = Introduction.objects.filter(request=request).select_related("collaborator")
        return {row.collaborator.display_name: row.status for row in found}


@pytest.fixture
def level_two(cast, coordinator):
    """The cast of the path, with an ally that may only read briefs."""
    entry = roster_entry("River Watch", coordinator, level=AccessLevel.BRIEFS)
    ally = holder("river-watch", entry, "speak_for", coordinator)
    return Cast(cast.member, cast.community, cast.facilitator, entry, ally)


def test_suggestions_have_reasons_that_can_be_defended(cast, other_collaborator, at):
    request = journey.approved(cast)
    page = at(cast.facilitator).reads("match", request.uuid)

    assert "Lake Law Group" in page
    for words in ("Strategy areas:", "fits. ", "not known", " of 100"):
        assert words in page


def test_who_is_left_out_is_named_with_its_cause(cast, coordinator, at):
    request = journey.approved(cast)
    roster_entry("Tired Friends", coordinator, hours_a_month=0)
    roster_entry("Far Away Choir", coordinator, languages=["is"], areas=["media"])
    desk = at(cast.facilitator)

    assert "It has no hours this month." in desk.reads("match", request.uuid)
    asked = desk.reads("match", request.uuid, name="choir")
    assert "Far Away Choir" in asked
    assert "It works in none of the strategy areas of the brief." in asked
    assert "Nobody in the roster has this in the name." in desk.reads("match", request.uuid, name="zzzz")


def test_allies_are_suggested_once(cast, other_collaborator, at):
    request = journey.approved(cast)
    data = {"version": request.version, "collaborators": [cast.collaborator.uuid, other_collaborator.uuid]}
    desk = at(cast.facilitator)

    assert [desk.post("match", request.uuid, **data).status_code for _ in range(2)] == [302, 302]
    assert introductions(request, cast.facilitator) == dict.fromkeys(
        ("Lake Law Group", "Hill Research House"), IntroductionStatus.PROPOSED
    )
    page = desk.reads("request-allies", request.uuid)
    assert "suggested to the community" in page
    assert "Strategy areas:" in page


@pytest.mark.promise("P29")
@pytest.mark.parametrize("chosen", [[], ["nobody"], ["00000000-0000-4000-8000-000000000000"]])
def test_only_entries_of_the_roster_are_suggested(cast, at, chosen):
    request = journey.approved(cast)

    assert (
        at(cast.facilitator).post("match", request.uuid, version=request.version, collaborators=chosen).status_code
        == 422
    )
    assert introductions(request, cast.facilitator) == {}


def test_at_most_five_are_suggested_and_the_ticks_are_kept(cast, coordinator, at):
    request = journey.approved(cast)
    entries = [roster_entry(f"Friends {number}", coordinator) for number in range(6)]
    data = {"version": request.version, "collaborators": [entry.uuid for entry in entries]}
    response = at(cast.facilitator).post("match", request.uuid, **data)

    assert response.status_code == 422
    assert response.content.decode().count(" checked") == 6


def test_who_can_no_longer_be_suggested_is_refused(cast, coordinator, at):
    request = journey.approved(cast)
    entry = roster_entry("Tired Friends", coordinator, hours_a_month=0)
    response = at(cast.facilitator).post("match", request.uuid, version=request.version, collaborators=[entry.uuid])

    assert response.status_code == 403
    assert introductions(request, cast.facilitator) == {}


def test_suggestions_made_from_an_old_page_are_not_stored(cast, at):
    request = journey.approved(cast)
    data = {"version": request.version - 1, "collaborators": [cast.collaborator.uuid]}

    assert at(cast.facilitator).post("match", request.uuid, **data).status_code == 409


@pytest.mark.parametrize("who", ["coordinator", "focal_person"])
def test_only_the_regions_facilitator_looks_for_allies(cast, at, who, request):
    about = journey.approved(cast)

    assert at(request.getfixturevalue(who)).get("match", about.uuid).status_code == 403


def test_no_ally_is_looked_for_without_an_approved_brief(cast, at):
    assert at(cast.facilitator).get("match", journey.accepted(cast).uuid).status_code == 403


def test_the_price_of_the_suggestions_does_not_grow(cast, coordinator, at):
    request = journey.approved(cast)
    desk = at(cast.facilitator)
    before = desk.price("match", request.uuid)
    for number in range(3):
        roster_entry(f"Friends {number}", coordinator)

    assert desk.price("match", request.uuid) == before <= 15


def test_the_community_allows_offers_by_voice(cast, other_collaborator, at):
    request = journey.approved(cast)
    desk = at(cast.facilitator)
    both = [cast.collaborator.uuid, other_collaborator.uuid]
    desk.post("match", request.uuid, version=request.version, collaborators=both)
    request = fresh(request, cast.facilitator)
    with acting_as(cast.facilitator):
        wanted = Introduction.objects.get(request=request, collaborator=cast.collaborator)
    data = {"version": request.version, "decision": "allowed", "introductions": [wanted.uuid], **VOICE}

    assert [desk.post("offers-voice", request.uuid, **data).status_code for _ in range(2)] == [302, 302]
    assert introductions(request, cast.facilitator) == {
        "Lake Law Group": IntroductionStatus.OFFERED,
        "Hill Research House": IntroductionStatus.REFUSED,
    }


def test_the_community_refuses_all_by_voice(cast, at):
    request = journey.matching(cast)
    data = {"version": request.version, "decision": "refused", **VOICE}

    assert at(cast.facilitator).post("offers-voice", request.uuid, **data).status_code == 302
    assert introductions(request, cast.facilitator) == {"Lake Law Group": IntroductionStatus.REFUSED}


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "wrong", [{"decision": ""}, {"said_by": ""}, {"introductions": []}, {"introductions": ["somebody"]}]
)
def test_a_decision_about_offers_is_whole(cast, at, wrong):
    introduction = journey.proposed(cast)
    request = request_of(introduction, cast.facilitator)
    data = {"version": request.version, "decision": "allowed", "introductions": [introduction.uuid], **VOICE} | wrong

    assert at(cast.facilitator).post("offers-voice", request.uuid, **data).status_code == 422
    assert introductions(request, cast.facilitator) == {"Lake Law Group": IntroductionStatus.PROPOSED}


def test_an_offer_that_the_community_has_decided_itself_is_not_decided_again(cast, at):
    request = journey.matching(cast)
    refuse_offers(request, version=request.version, by=cast.member)
    response = at(cast.facilitator).get("offers-voice", request.uuid)

    assert response.status_code == 302


def test_a_chosen_ally_is_let_in_by_a_second_person(level_two, coordinator, at):
    introduction = journey.chosen(level_two)
    request = request_of(introduction, level_two.facilitator)
    desk = at(level_two.facilitator)
    assert "Ask for it" in desk.reads("request", request.uuid)
    version = fresh(introduction, level_two.facilitator).version

    assert [desk.post("level-ask", introduction.uuid, version=version).status_code for _ in range(2)] == [302, 302]
    with acting_as(coordinator):
        (raised,) = LevelRaise.objects.all()
    assert raised.asked_by_id == level_two.facilitator.pk
    assert "The coordinator was asked." in desk.reads("request", request.uuid)
    decide_access(raised, approved=True, by=coordinator)
    assert "Ask both sides whether they have spoken." in desk.reads("request", request.uuid)


def test_a_choice_is_given_up_once(level_two, at):
    introduction = journey.chosen(level_two)
    desk = at(level_two.facilitator)
    version = fresh(introduction, level_two.facilitator).version
    assert desk.get("choice-give-up", introduction.uuid).status_code == 200

    assert [desk.post("choice-give-up", introduction.uuid, version=version).status_code for _ in range(2)] == [302, 302]
    assert fresh(introduction, level_two.facilitator).status == IntroductionStatus.REFUSED


@pytest.mark.parametrize("page", ["level-ask", "choice-give-up"])
def test_only_a_choice_that_waits_can_be_raised_or_given_up(cast, at, page):
    introduction = journey.willing(cast)

    assert at(cast.facilitator).get(page, introduction.uuid).status_code == 403


@pytest.mark.parametrize("page", ["level-ask", "choice-give-up"])
@pytest.mark.parametrize("who", ["coordinator"])
def test_the_coordinator_does_neither(level_two, at, page, who, request):
    introduction = journey.chosen(level_two)

    assert at(request.getfixturevalue(who)).get(page, introduction.uuid).status_code == 403


def test_the_answers_of_allies_are_shown_to_the_desk(cast, at):
    introduction = journey.willing(cast)
    page = at(cast.facilitator).reads("request-allies", request_of(introduction, cast.facilitator).uuid)

    for words in ("the ally is willing", "We know this bank.", "Amina of Lake Law, lawyer"):
        assert words in page


def test_a_focal_person_does_not_learn_which_allies_are_asked(cast, focal_person, at):
    introduction = journey.willing(cast)
    page = at(focal_person).reads("request-allies", request_of(introduction, cast.facilitator).uuid)

    assert "Lake Law Group" not in page
