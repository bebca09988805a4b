"""The whole path by its actions, as the people on it: what each step leaves, and what it must not."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from collaborations.actions import (
    answer_second_look,
    ask_second_look,
    confirm_contact,
    decide_access,
    decline_offer,
    end_collaboration,
    give_up_choice,
    park_request,
    place_request,
    refuse_offers,
    resume_request,
    send_back_brief,
    withdraw_consent,
    withdraw_request,
    write_in_collaboration,
)
from collaborations.models import (
    BriefVersion,
    Collaboration,
    Consent,
    Disclosure,
    Introduction,
    RequestStory,
    SupportRequest,
    TimelineEntry,
)
from collaborations.states import BriefStatus, CollaborationStatus, IntroductionStatus, RequestStatus
from collaborators.actions import ask_level_raise, give_role
from collaborators.models import Community
from cre.core.access import acting_as
from cre.core.vocabularies import AccessLevel
from tests import journey
from tests.conftest import community_of, roster_entry
from tests.journey import Cast, fresh, request_of

pytestmark = pytest.mark.django_db


def events(request: SupportRequest, reader) -> list[str]:
    """The timeline as this person reads it."""
    with acting_as(reader):
        return list(TimelineEntry.objects.filter(request_id=request.pk).values_list("event", flat=True))


def test_the_whole_path_is_told_to_the_community_step_by_step(cast):
    work = journey.introduced(cast)
    confirm_contact(work, version=work.version, by=cast.member)

    request = request_of(work, cast.member)
    assert request.status == RequestStatus.SUPPORTED
    assert events(request, cast.member) == [
        "sent", "safety_checked", "accepted", "brief_proposed", "brief_approved", "allies_proposed",
        "offers_allowed",
        "ally_willing", "ally_chosen", "introduced", "collaboration_begun",
    ]  # fmt: skip
    assert events(request, cast.ally) == ["introduced", "collaboration_begun"]


def test_the_ally_reads_exactly_the_fields_that_the_community_chose(cast):
    work = journey.introduced(cast, fields=("chosen_name", "country"))

    with acting_as(cast.ally):
        shared = {row.field: row.value for row in Disclosure.objects.filter(introduction_id=work.introduction_id)}
        assert shared == {"chosen_name": "People of Riverbend", "country": "KE"}
        assert not SupportRequest.objects.exists()
        assert not RequestStory.objects.exists()


def test_the_ally_may_be_the_one_who_says_that_they_have_spoken(cast):
    work = journey.introduced(cast)

    confirm_contact(fresh(work, cast.ally), version=work.version, by=cast.ally)

    assert fresh(work, cast.member).status == CollaborationStatus.ACTIVE
    assert request_of(work, cast.member).status == RequestStatus.SUPPORTED


@pytest.mark.parametrize("side", ["member", "ally"])
def test_either_side_ends_the_work_and_nothing_stays_shared(cast, side):
    work = journey.introduced(cast)
    who = getattr(cast, side)

    end_collaboration(fresh(work, who), version=work.version, words="Thank you.", by=who)

    ended = fresh(work, cast.member)
    request = request_of(work, cast.member)
    with acting_as(cast.member):
        assert ended.parting_words == "Thank you."
        assert not Disclosure.objects.filter(introduction_id=work.introduction_id).exists()
    assert ended.status == CollaborationStatus.CLOSED
    assert request.closed_at is not None


@pytest.mark.promise("P11")
def test_a_withdrawn_disclosure_is_gone_for_the_ally_at_once(cast):
    work = journey.introduced(cast)
    with acting_as(cast.member):
        consent = Consent.objects.get(about=Consent.About.DISCLOSE)

    withdraw_consent(consent, by=cast.member)

    with acting_as(cast.ally):
        assert not Disclosure.objects.exists()
        assert Collaboration.objects.filter(pk=work.pk).exists()


@pytest.mark.promise("P11")
def test_a_withdrawn_brief_takes_the_offer_back(cast):
    introduction = journey.offered(cast)
    with acting_as(cast.member):
        consent = Consent.objects.get(about=Consent.About.BRIEF)

    withdraw_consent(consent, by=cast.member)

    with acting_as(cast.ally):
        assert not BriefVersion.objects.exists()
    assert fresh(introduction, cast.member).status == IntroductionStatus.REFUSED
    assert request_of(introduction, cast.member).status == RequestStatus.ACCEPTED


def test_a_withdrawn_permission_to_ask_ends_the_offer(cast):
    introduction = journey.willing(cast)
    with acting_as(cast.member):
        consent = Consent.objects.get(about=Consent.About.OFFERS)

    withdraw_consent(consent, by=cast.member)

    assert fresh(introduction, cast.member).status == IntroductionStatus.REFUSED


def test_a_withdrawn_request_ends_everything_shared(cast):
    work = journey.introduced(cast)
    request = request_of(work, cast.member)

    withdraw_request(request, version=request.version, by=cast.member)

    assert fresh(request, cast.member).status == RequestStatus.WITHDRAWN
    assert fresh(work, cast.member).status == CollaborationStatus.CLOSED
    with acting_as(cast.ally):
        assert not Disclosure.objects.exists()


def test_a_request_without_a_country_waits_to_be_placed_and_then_belongs_to_its_region(
    cast, coordinator, waiting_room, region
):
    member, community = community_of("Nowhere", waiting_room)
    request = journey.received(Cast(member, community, cast.facilitator, cast.collaborator, cast.ally), country="")
    with acting_as(cast.facilitator):
        assert not SupportRequest.objects.filter(pk=request.pk).exists()

    place_request(request, region, version=request.version, by=coordinator)

    with acting_as(cast.facilitator):
        assert SupportRequest.objects.get(pk=request.pk).region == region
        assert Community.objects.get(pk=community.pk).region == region
    assert events(request, member) == ["sent", "placed"]


def test_a_facilitator_on_duty_places_a_request_out_of_their_own_sight(cast, duty_facilitator, waiting_room, region):
    member, community = community_of("Nowhere", waiting_room)
    request = journey.received(Cast(member, community, cast.facilitator, cast.collaborator, cast.ally), country="")

    place_request(request, region, version=request.version, by=duty_facilitator)

    with acting_as(cast.facilitator):
        assert SupportRequest.objects.filter(pk=request.pk).exists()
    with acting_as(duty_facilitator):
        assert not SupportRequest.objects.filter(pk=request.pk).exists()


def test_a_draft_moves_to_the_region_of_its_country(cast, other_region):
    request = journey.draft(cast, country="IN")

    assert request.region == other_region
    with acting_as(cast.member):
        assert Community.objects.get(pk=cast.community.pk).region == other_region


def test_a_decline_can_be_looked_at_again_by_somebody_else_only(cast, coordinator):
    request = journey.declined(cast, to_whom="Legal clinic", words="Ask for the land desk.")
    look = ask_second_look(fresh(request, cast.member), words="Please look again.", by=cast.member)
    with pytest.raises((PermissionDenied, Http404)):
        answer_second_look(look, reopen=True, message="No", by=cast.facilitator)

    answer_second_look(look, reopen=True, message="We go on.", by=coordinator)

    assert fresh(request, cast.member).status == RequestStatus.CLARIFYING


def test_a_request_waits_and_goes_on(cast):
    request = journey.clarifying(cast)
    parked = park_request(request, version=request.version, days=21, by=cast.facilitator)
    resume_request(parked, version=parked.version, by=cast.facilitator)

    assert fresh(request, cast.member).status == RequestStatus.CLARIFYING


def test_a_brief_sent_back_comes_again_as_a_new_version(cast):
    brief = journey.briefed(cast)
    send_back_brief(brief, version=brief.version, wishes="Leave the lake out.", by=cast.member)

    with acting_as(cast.facilitator):
        assert BriefVersion.objects.get(pk=brief.pk).wishes == "Leave the lake out."
        assert BriefVersion.objects.get(pk=brief.pk).status == BriefStatus.SENT_BACK


def test_nobody_is_asked_when_the_community_says_no(cast):
    introduction = journey.proposed(cast)
    request = request_of(introduction, cast.member)

    refuse_offers(request, version=request.version, by=cast.member)

    with acting_as(cast.ally):
        assert not Introduction.objects.exists()
    assert fresh(introduction, cast.member).status == IntroductionStatus.REFUSED


def test_an_ally_that_cannot_now_says_so(cast):
    introduction = journey.offered(cast)

    decline_offer(introduction, version=introduction.version, answer="Next year.", by=cast.ally)

    assert fresh(introduction, cast.member).status == IntroductionStatus.NOT_NOW
    assert "ally_not_now" in events(request_of(introduction, cast.member), cast.member)


@pytest.fixture
def second_level(cast, coordinator):
    """The cast with an ally that may read briefs only."""
    entry = roster_entry("River Radio", coordinator, level=AccessLevel.BRIEFS)
    give_role(entry, "speak_for", cast.ally, by=coordinator)
    return Cast(cast.member, cast.community, cast.facilitator, entry, cast.ally)


def test_an_ally_at_level_2_learns_nothing_before_a_second_person_has_agreed(second_level, coordinator):
    introduction = journey.chosen(second_level)
    with acting_as(second_level.ally):
        assert introduction.status == IntroductionStatus.CHOSEN
        assert not Disclosure.objects.exists()

    raised = ask_level_raise(second_level.collaborator, by=second_level.facilitator)
    decide_access(raised, approved=True, by=coordinator)

    with acting_as(second_level.ally):
        assert {row.field for row in Disclosure.objects.all()} == set(journey.SHARED)


def test_a_choice_whose_ally_was_not_let_in_can_be_given_up(second_level):
    introduction = journey.chosen(second_level)

    give_up_choice(introduction, version=introduction.version, by=second_level.member)

    assert fresh(introduction, second_level.member).status == IntroductionStatus.REFUSED
    with acting_as(second_level.member):
        assert not Disclosure.objects.exists()


def test_a_second_click_writes_one_message(cast):
    work = journey.introduced(cast)
    once = uuid4()
    first = write_in_collaboration(work, text="Hello", language="en", once=once, by=cast.ally)
    second = write_in_collaboration(work, text="Hello", language="en", once=once, by=cast.ally)

    assert first == second
