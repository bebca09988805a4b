"""Giving and ending roles, and the dates that every answer honours."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone
from guardian.backends import ObjectPermissionBackend

from collaborators.models import Community, CommunityGrant, Platform, Region, RegionGrant, User
from collaborators.reference import install_system_account
from cre.core.access import acting_as, acting_system, current_scope, holders, join, leave
from tests.conftest import as_owner
from tests.core.access.questions import column

pytestmark = pytest.mark.django_db
FACILITATE = "collaborators.facilitate"


def refused():
    return pytest.raises(ProgrammingError, match=r"may not|no permission")


def give(by, container, codename, user, **dates):
    with acting_as(by), transaction.atomic():
        join(container, codename, user, **dates)


def end(by, container, codename, user):
    with acting_as(by), transaction.atomic():
        leave(container, codename, user)


def answers(user, region, community):
    """What the three places say that must agree: has_perm, the scope, the rows of the database."""
    with acting_as(user):
        return (
            user.has_perm(FACILITATE, region),
            region.pk in current_scope().ids("facilitate", Region),
            community.pk in column("SELECT id FROM collaborators_community"),
        )


@pytest.fixture
def days():
    now = timezone.now()
    return {days: now + timedelta(days=days) for days in (-2, -1, 1, 2)}


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(None, None, True), (-1, None, True), (-1, 1, True), (None, 1, True),
     (1, None, False), (1, 2, False), (-2, -1, False), (None, -1, False)],
)  # fmt: skip
def test_a_role_begins_and_ends_by_its_dates(starts, ends, holds, days, coordinator, stranger, region, community):
    dates = {"starts_at": days.get(starts), "ends_at": days.get(ends)}
    give(coordinator, region, "facilitate", stranger, **dates)
    assert answers(stranger, region, community) == (holds, holds, holds)


def test_has_perm_honours_the_end_while_guardian_alone_does_not(coordinator, stranger, region, days):
    """Why our own backend answers in place of guardian's: it would still say yes after the end."""
    give(coordinator, region, "facilitate", stranger, starts_at=days[-2], ends_at=days[-1])
    with acting_as(stranger):
        assert not stranger.has_perm(FACILITATE, region)
        assert ObjectPermissionBackend().has_perm(stranger, FACILITATE, region)


def test_a_role_on_one_container_says_nothing_of_another(facilitator, region, other_region):
    with acting_as(facilitator):
        assert facilitator.has_perm(FACILITATE, region)
        assert not facilitator.has_perm(FACILITATE, other_region)
        assert not facilitator.has_perm("collaborators.guard", region)


def test_without_an_object_nobody_has_a_permission(coordinator):
    with acting_as(coordinator):
        assert not coordinator.has_perm("collaborators.coordinate")


def test_has_perm_answers_for_the_one_asked_about_not_for_the_one_who_acts(coordinator, facilitator, region):
    with acting_as(coordinator):
        assert facilitator.has_perm(FACILITATE, region)
        assert not coordinator.has_perm(FACILITATE, region)


def test_an_ended_role_is_gone_at_once(coordinator, facilitator, region, community):
    assert answers(facilitator, region, community) == (True, True, True)
    end(coordinator, region, "facilitate", facilitator)
    assert answers(facilitator, region, community) == (False, False, False)


def test_everybody_may_lay_down_their_own_role(facilitator, region, community):
    end(facilitator, region, "facilitate", facilitator)
    assert answers(facilitator, region, community) == (False, False, False)


def test_a_disabled_person_holds_nothing(facilitator, steward, region, community):
    with acting_as(steward):
        User.objects.filter(pk=facilitator.pk).update(is_active=False)
    facilitator.refresh_from_db()
    assert answers(facilitator, region, community) == (False, False, False)


def test_a_second_term_replaces_the_first_and_history_keeps_both(coordinator, facilitator, region, community, days):
    end(coordinator, region, "facilitate", facilitator)
    give(coordinator, region, "facilitate", facilitator, ends_at=days[2])

    assert answers(facilitator, region, community) == (True, True, True)
    with as_owner():
        grant = RegionGrant.objects.get(user=facilitator)
        assert [row.history_type for row in RegionGrant.history.order_by("history_id")] == ["+", "~", "+"]
        assert {row.history_user_id for row in RegionGrant.history.all()} == {coordinator.pk}
    assert (grant.ends_at, grant.given_by_id) == (days[2], coordinator.pk)


def test_history_of_every_kind_of_grant_says_who_got_what(
    coordinator, member, community, collaborator, region, stranger
):
    for container, codename, by in [
        (region, "guard", coordinator),
        (collaborator, "host", coordinator),
        (Platform.objects.get(), "evaluate", coordinator),
        (community, "support", member),
    ]:
        give(by, container, codename, stranger)
        with as_owner():
            grant = container.grants.get(user=stranger)
            row = type(grant).history.get(user_id=stranger.pk)
        assert (row.id, row.content_object_id, row.permission_id, row.starts_at, row.given_by_id) == (
            grant.pk, container.pk, grant.permission_id, grant.starts_at, by.pk,
        )  # fmt: skip


@pytest.mark.parametrize("person", ["facilitator", "steward", "member", "ally", "focal_person"])
def test_only_the_coordinator_gives_roles_on_regions_allies_and_the_platform(
    person, stranger, region, collaborator, request
):
    by = request.getfixturevalue(person)
    for container, codename in [
        (region, "facilitate"),
        (collaborator, "speak_for"),
        (Platform.objects.get(), "coordinate"),
    ]:
        with refused():
            give(by, container, codename, stranger)


def test_nobody_at_all_gives_no_role(stranger, region):
    with refused(), transaction.atomic():
        join(region, "facilitate", stranger)


@pytest.mark.parametrize("codename", ["facilitate", "guard"])
def test_the_coordinator_gives_no_role_to_themselves(coordinator, region, codename):
    with refused():
        give(coordinator, region, codename, coordinator)


def test_a_disabled_coordinator_gives_no_role(coordinator, stranger, region):
    with as_owner():
        User.objects.filter(pk=coordinator.pk).update(is_active=False)
    with refused():
        give(coordinator, region, "facilitate", stranger)


@pytest.mark.parametrize("codename", ["represent", "coordinate", "no_such_thing", ""])
def test_a_codename_of_another_container_is_refused(coordinator, stranger, region, codename):
    with refused():
        give(coordinator, region, codename, stranger)


def test_nobody_gives_or_ends_the_role_of_the_system(coordinator, stranger):
    system = User.objects.get(is_system=True)
    with refused():
        give(coordinator, Platform.objects.get(), "operate", stranger)
    with refused():
        end(coordinator, Platform.objects.get(), "operate", system)


def test_a_community_lets_in_its_own_people(member, community, stranger):
    give(member, community, "represent", stranger)
    with acting_as(stranger):
        assert list(Community.objects.all()) == [community]


def test_the_coordinator_lets_nobody_into_a_community(coordinator, community, stranger):
    for codename in ("represent", "support"):
        with refused():
            give(coordinator, community, codename, stranger)


def test_a_facilitator_records_a_mandate_in_the_own_region_only(facilitator, other_facilitator, community, stranger):
    with refused():
        give(other_facilitator, community, "support", stranger)
    give(facilitator, community, "support", stranger)
    with refused():
        give(facilitator, community, "represent", stranger)


def test_a_supporter_hands_the_mandate_to_nobody(member, community, stranger, outsider):
    give(member, community, "support", stranger)
    for codename in ("represent", "support"):
        with refused():
            give(stranger, community, codename, outsider)


def test_the_community_ends_a_mandate_at_once(member, community, stranger):
    give(member, community, "support", stranger)
    end(member, community, "support", stranger)
    with acting_as(stranger):
        assert list(Community.objects.all()) == []


@pytest.mark.parametrize("person", ["outsider", "facilitator", "coordinator"])
def test_others_end_no_role_in_a_community(person, member, community, request):
    by = request.getfixturevalue(person)
    with refused():
        end(by, community, "represent", member)


def test_a_stranger_ends_nobodys_role(stranger, facilitator, region):
    with refused():
        end(stranger, region, "facilitate", facilitator)


def test_a_change_of_role_is_seen_by_the_same_actor_at_once(coordinator, stranger, region, facilitator):
    with acting_as(facilitator):
        assert current_scope().ids("facilitate", Region) == [region.pk]
        leave(region, "facilitate", facilitator)
        assert current_scope().ids("facilitate", Region) == []


def test_people_read_their_own_grants_only(facilitator, focal_person, region):
    with acting_as(focal_person):
        assert list(RegionGrant.objects.values_list("user_id", flat=True)) == [focal_person.pk]


def test_the_steward_reads_all_grants(steward, facilitator, member):
    with acting_as(steward):
        assert set(RegionGrant.objects.values_list("user_id", flat=True)) == {facilitator.pk}
        assert set(CommunityGrant.objects.values_list("user_id", flat=True)) == {member.pk}


def test_only_deliveries_ask_who_holds_a_role(coordinator, facilitator, region):
    with acting_system():
        assert holders(region, "facilitate") == [facilitator.pk]
    with acting_as(coordinator), refused(), transaction.atomic():
        holders(region, "facilitate")


def test_holders_leave_out_the_ended_and_the_disabled(coordinator, facilitator, stranger, region, days):
    give(coordinator, region, "facilitate", stranger, starts_at=days[-2], ends_at=days[-1])
    with as_owner():
        User.objects.filter(pk=facilitator.pk).update(is_active=False)
    with acting_system():
        assert holders(region, "facilitate") == []


def test_the_system_account_is_made_once():
    with as_owner():
        install_system_account("default")
        assert User.objects.filter(is_system=True).count() == 1
