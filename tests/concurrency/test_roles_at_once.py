"""Two people give, take or leave roles in the same moment: what has to stand afterwards, stands."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from collaborations.actions.handover import cancel_handover, sign_handover, start_handover
from collaborations.models import Handover
from collaborators.actions import (
    accept_invitation,
    call_off_absence,
    end_all_access,
    end_role,
    enter_absence,
    give_role,
    give_seat,
    invite_person,
    make_panel,
    withdraw_invitation,
)
from collaborators.models import Invitation, PanelGrant, Platform, PlatformGrant, User
from cre.core.access import Refused, Stale, acting_as
from tests.concurrency.at_once import at_once, errors_in
from tests.conftest import as_owner, holder, person
from tests.secretariat.test_invitations import secret_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.promise("P23")]
WORDS: dict[str, Any] = {"password": "a long sentence of hers", "language": "en"}


@pytest.fixture
def second_coordinator(coordinator):
    return holder("second-coordinator", Platform.objects.get(), "coordinate", coordinator)


@pytest.fixture
def grants(coordinator, second_coordinator):
    """The rows of both coordinators' roles: held, they keep both from having left before the other one looked."""
    with as_owner():
        return list(PlatformGrant.objects.filter(permission__codename="coordinate", user__is_system=False))


@pytest.fixture
def panel(coordinator):
    """A committee with one seat."""
    return make_panel(name="Advisory Committee", kind="committee", seats=1, by=coordinator)


@pytest.fixture
def handover(facilitator, coordinator, region):
    """Signed by the facilitator who leaves."""
    started = start_handover(region, facilitator, person("successor", coordinator), by=facilitator)
    sign_handover(started, by=facilitator)
    return started


def those_who_coordinate() -> int:
    now = timezone.now()
    with as_owner():
        grants = PlatformGrant.objects.filter(permission__codename="coordinate", user__is_active=True)
        return grants.filter(Q(ends_at=None) | Q(ends_at__gt=now), user__is_system=False).count()


def leave_role(user, *, by):
    return end_role(Platform.objects.get(), "coordinate", user, by=by)


def get_a_last_day(user, *, by):
    in_a_year = timezone.now() + timedelta(days=365)
    return give_role(Platform.objects.get(), "coordinate", user, ends_at=in_a_year, by=by)


def leave_all(user, *, by):
    return end_all_access(user, reason="left", by=by)


@pytest.mark.parametrize("way", [leave_role, leave_all], ids=["role", "all access"])
def test_the_last_two_coordinators_cannot_both_leave(way, grants, coordinator, second_coordinator):
    outcomes = at_once(grants, *(lambda user=user: way(user, by=user) for user in (coordinator, second_coordinator)))

    assert errors_in(outcomes) == [Refused]
    assert those_who_coordinate() == 1


@pytest.mark.parametrize("way", [leave_role, leave_all], ids=["role", "all access"])
def test_two_coordinators_cannot_end_each_other(way, grants, coordinator, second_coordinator):
    outcomes = at_once(
        grants,
        lambda: way(second_coordinator, by=coordinator),
        lambda: way(coordinator, by=second_coordinator),
    )

    assert errors_in(outcomes) == [Refused]
    assert those_who_coordinate() == 1


def test_two_coordinators_cannot_give_each_other_a_last_day(grants, coordinator, second_coordinator):
    outcomes = at_once(
        grants,
        lambda: get_a_last_day(second_coordinator, by=coordinator),
        lambda: get_a_last_day(coordinator, by=second_coordinator),
    )

    assert errors_in(outcomes) == [Refused]
    with as_owner():
        assert [PlatformGrant.objects.get(pk=grant.pk).ends_at for grant in grants].count(None) == 1


@pytest.mark.promise("P24")
def test_the_last_seat_of_a_panel_is_given_once(panel, coordinator, second_coordinator):
    first, second = person("first", coordinator), person("second", coordinator)

    outcomes = at_once(
        panel,
        lambda: give_seat(panel, first, ends_at=None, by=coordinator),
        lambda: give_seat(panel, second, ends_at=None, by=second_coordinator),
    )

    assert errors_in(outcomes) == [Refused]
    with as_owner():
        assert PanelGrant.objects.filter(content_object=panel).count() == 1


@pytest.mark.promise("P24")
def test_a_seat_that_was_offered_is_not_also_given_away(panel, coordinator):
    other = person("other", coordinator)
    invitation = invite_person(panel, "review", email="new@test.example", by=coordinator)

    outcomes = at_once(
        panel,
        lambda: accept_invitation(invitation.uuid, secret_of(invitation), **WORDS),
        lambda: give_seat(panel, other, ends_at=None, by=coordinator),
    )

    assert errors_in(outcomes) == [Refused]
    with as_owner():
        assert PanelGrant.objects.filter(content_object=panel).count() == 1


def test_an_invitation_is_accepted_or_taken_back_and_not_both(coordinator):
    invitation = invite_person(Platform.objects.get(), "evaluate", email="new@test.example", by=coordinator)

    outcomes = at_once(
        invitation,
        lambda: accept_invitation(invitation.uuid, secret_of(invitation), **WORDS),
        lambda: withdraw_invitation(invitation, version=invitation.version, by=coordinator),
    )

    with as_owner():
        status = Invitation.objects.get().status
        taken = PlatformGrant.objects.filter(permission__codename="evaluate").count()
    assert len(errors_in(outcomes)) == 1
    assert (status, taken) in [("accepted", 1), ("withdrawn", 0)]


def test_two_coordinators_who_invite_the_same_person_send_one_invitation(coordinator, second_coordinator):
    platform, both = Platform.objects.get(), (coordinator, second_coordinator)

    outcomes = at_once(
        both, *(lambda by=by: invite_person(platform, "evaluate", email="new@test.example", by=by) for by in both)
    )

    assert errors_in(outcomes) == [IntegrityError]
    with as_owner():
        assert Invitation.objects.filter(status="open").count() == 1


def test_somebody_with_an_account_accepts_an_invitation_once(coordinator, stranger):
    invitation = invite_person(Platform.objects.get(), "evaluate", email=stranger.email, by=coordinator)

    def accept() -> User:
        with transaction.atomic(), acting_as(stranger):
            return accept_invitation(invitation.uuid, secret_of(invitation))

    outcomes = at_once(invitation, accept, accept)

    assert errors_in(outcomes) == [Refused]


def test_the_last_two_signatures_of_a_handover_complete_it(handover, coordinator):
    outcomes = at_once(
        handover,
        lambda: sign_handover(handover, by=coordinator),
        lambda: sign_handover(handover, by=handover.arriving),
    )

    assert errors_in(outcomes) == []
    assert sorted(outcomes) == [False, True]
    with as_owner():
        assert Handover.objects.get().completed_at is not None


def test_a_signature_pressed_twice_is_one(handover, coordinator):
    outcomes = at_once(handover, *[lambda: sign_handover(handover, by=coordinator)] * 2)

    assert errors_in(outcomes) == [Refused]


def test_a_handover_is_completed_or_stopped_and_not_both(handover, coordinator, facilitator):
    sign_handover(handover, by=coordinator)

    outcomes = at_once(
        handover,
        lambda: sign_handover(handover, by=handover.arriving),
        lambda: cancel_handover(handover, by=facilitator),
    )

    with as_owner():
        (ended,) = Handover.objects.all()
    assert errors_in(outcomes) in ([Refused], [Http404])
    assert (ended.completed_at is None) != (ended.cancelled_at is None)


def test_an_absence_is_called_off_once(facilitator, other_facilitator, coordinator, region):
    now = timezone.now()
    absence = enter_absence(
        facilitator, other_facilitator, region=region, starts_at=now, ends_at=now + timedelta(days=9), by=facilitator
    )

    outcomes = at_once(
        absence,
        *(lambda by=by: call_off_absence(absence, version=absence.version, by=by) for by in (facilitator, coordinator)),
    )

    assert errors_in(outcomes) == [Stale]
