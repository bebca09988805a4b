"""Two people decide the same thing in the same moment: exactly one decision stands."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from collaborations.actions import accept_request, answer_willing, approve_brief, choose_ally
from collaborations.models import Collaboration
from collaborators.actions import (
    accept_invitation,
    ask_level_raise,
    decide_level_raise,
    freeze_community,
    give_role,
    invite_person,
)
from collaborators.actions.bulk import ask_ledger_copy, decide_bulk_access, take_ledger_copy
from collaborators.models import Freeze, Platform, PlatformGrant, User
from collaborators.models.freezing import FreezingSide
from collaborators.selectors.ledger import LedgerSearch
from cre.core.access import Refused, Stale, acting_as, join
from tests import journey
from tests.concurrency.at_once import at_once, errors_in
from tests.conftest import as_owner, holder, person
from tests.journey import cast
from tests.secretariat.test_invitations import secret_of

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.promise("P23")]


@pytest.fixture
def second_coordinator(coordinator):
    return holder("second-coordinator", Platform.objects.get(), "coordinate", coordinator)


def test_two_facilitators_accept_a_request_once(cast, coordinator, region):
    other = holder("second-desk", region, "facilitate", coordinator)
    request = journey.clarifying(cast)

    outcomes = at_once(
        request,
        *(lambda by=by: accept_request(request, version=request.version, by=by) for by in (cast.facilitator, other)),
    )

    assert errors_in(outcomes) == [Stale]
    assert journey.fresh(request, cast.facilitator).version == request.version + 1


def test_two_colleagues_answer_an_offer_once(cast, coordinator):
    colleague = person("colleague", coordinator)
    give_role(cast.collaborator, "speak_for", colleague, by=coordinator)
    offer = journey.offered(cast)
    yes: dict[str, Any] = {"name": "Amina", "role": "lawyer", "answer": "We know this bank.", "no_conflict": True}

    outcomes = at_once(
        offer,
        *(lambda by=by: answer_willing(offer, version=offer.version, by=by, **yes) for by in (cast.ally, colleague)),
    )

    assert errors_in(outcomes) == [Stale]


def test_a_brief_is_approved_once(cast):
    brief = journey.briefed(cast)

    outcomes = at_once(brief, *[lambda: approve_brief(brief, version=brief.version, by=cast.member)] * 2)

    assert errors_in(outcomes) == [Stale]


def test_a_choice_pressed_twice_makes_one_collaboration(cast):
    willing = journey.willing(cast)

    outcomes = at_once(
        willing,
        *[lambda: choose_ally(willing, version=willing.version, fields=journey.SHARED, by=cast.member)] * 2,
    )

    assert errors_in(outcomes) == [Stale]
    with transaction.atomic(), acting_as(cast.member):
        assert Collaboration.objects.filter(introduction=willing.pk).count() == 1


def test_a_member_and_a_supporter_choose_once(cast, coordinator):
    supporter = person("supporter", coordinator)
    with transaction.atomic(), acting_as(cast.member):
        join(cast.community, "represent", supporter)
    willing = journey.willing(cast)

    outcomes = at_once(
        willing,
        *(
            lambda by=by: choose_ally(willing, version=willing.version, fields=journey.SHARED, by=by)
            for by in (cast.member, supporter)
        ),
    )

    assert errors_in(outcomes) == [Stale]


@pytest.mark.promise("P24")
def test_an_access_level_is_decided_once(cast, coordinator, second_coordinator):
    raised = ask_level_raise(cast.collaborator, by=cast.facilitator)

    outcomes = at_once(
        raised,
        lambda: decide_level_raise(raised, approved=True, by=coordinator),
        lambda: decide_level_raise(raised, approved=False, by=second_coordinator),
    )

    assert errors_in(outcomes) == [Refused]


@pytest.mark.promise("P24")
def test_a_copy_of_much_is_decided_once(coordinator, second_coordinator, steward):
    access = ask_ledger_copy(
        LedgerSearch(), reason="The committee asked for the yearly look at who reads what.", by=steward
    )

    outcomes = at_once(
        access,
        lambda: decide_bulk_access(access, approved=True, by=coordinator),
        lambda: decide_bulk_access(access, approved=False, by=second_coordinator),
    )

    assert len(errors_in(outcomes)) == 1


def test_a_yes_to_a_copy_is_used_once(coordinator, steward):
    access = ask_ledger_copy(
        LedgerSearch(since=date(2026, 1, 1)),
        reason="The committee asked for the yearly look at who reads what.",
        by=steward,
    )
    decide_bulk_access(access, approved=True, by=coordinator)

    outcomes = at_once(access, *[lambda: take_ledger_copy(access, by=steward)] * 2)

    assert len(errors_in(outcomes)) == 1


@pytest.mark.promise("P11")
def test_a_community_that_two_people_freeze_is_frozen_once(cast):
    outcomes = at_once(
        cast.community,
        lambda: freeze_community(cast.community.pk, side=FreezingSide.COMMUNITY, by=cast.member),
        lambda: freeze_community(
            cast.community.pk, side=FreezingSide.DESK, region_id=cast.community.region_id, by=cast.facilitator
        ),
    )

    assert errors_in(outcomes) == []
    with as_owner():
        assert Freeze.objects.filter(community_id=cast.community.pk).count() == 1


def test_an_invitation_is_accepted_once(coordinator):
    invitation = invite_person(Platform.objects.get(), "evaluate", email="new@test.example", by=coordinator)
    words = {"password": "a long sentence of hers", "language": "en"}

    outcomes = at_once(invitation, *[lambda: accept_invitation(invitation.uuid, secret_of(invitation), **words)] * 2)

    assert errors_in(outcomes) == [Refused]
    assert User.objects.filter(email="new@test.example").count() == 1
    with as_owner():
        assert PlatformGrant.objects.filter(permission__codename="evaluate").count() == 1
