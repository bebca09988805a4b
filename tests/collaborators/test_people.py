import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from collaborators.actions import end_role, give_role, register_person
from collaborators.models import Platform, Region, User
from cre.core.access import Refused, acting_as, current_scope
from tests.conftest import as_owner

pytestmark = pytest.mark.django_db


def test_the_coordinator_registers_a_person(coordinator):
    user = register_person(email="Amina@Test.Example", password="demo-only-password", language="sw", by=coordinator)
    assert (user.email, user.language, user.check_password("demo-only-password")) == (
        "amina@test.example",
        "sw",
        True,
    )
    assert (user.is_staff, user.is_superuser, user.is_system) == (False, False, False)


def test_a_person_without_a_password_cannot_log_in_yet(coordinator):
    assert not register_person(email="amina@test.example", by=coordinator).has_usable_password()


@pytest.mark.parametrize("person", ["member", "facilitator", "ally", "steward"])
def test_nobody_else_registers_people(person, request):
    by = request.getfixturevalue(person)
    before = User.objects.count()
    with pytest.raises(Refused):
        register_person(email="amina@test.example", by=by)
    assert User.objects.count() == before


def test_an_address_has_one_account(coordinator):
    register_person(email="amina@test.example", by=coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        register_person(email="AMINA@test.example", by=coordinator)


def test_a_role_is_given_until_a_moment(coordinator, stranger, region):
    give_role(region, "facilitate", stranger, ends_at=timezone.now(), by=coordinator)
    with acting_as(stranger):
        assert current_scope().ids("facilitate", Region) == []


def test_nobody_gives_a_role_to_themselves(coordinator, region):
    with pytest.raises(Refused):
        give_role(region, "facilitate", coordinator, by=coordinator)


@pytest.mark.parametrize("person", ["member", "facilitator", "ally", "steward"])
def test_nobody_else_gives_roles(person, stranger, region, request):
    by = request.getfixturevalue(person)
    with pytest.raises(Refused):
        give_role(region, "facilitate", stranger, by=by)


def test_roles_in_a_community_are_not_given_here(coordinator, community, stranger):
    with pytest.raises(Refused):
        give_role(community, "represent", stranger, by=coordinator)


def test_a_role_ends_at_once(coordinator, facilitator, region):
    end_role(region, "facilitate", facilitator, by=coordinator)
    with acting_as(facilitator):
        assert current_scope().ids("facilitate", Region) == []


def test_people_lay_down_their_own_role_and_nobody_elses(facilitator, focal_person, region):
    with pytest.raises(Refused):
        end_role(region, "facilitate", facilitator, by=focal_person)
    end_role(region, "facilitate", facilitator, by=facilitator)
    with acting_as(facilitator):
        assert not current_scope().ids("facilitate", Region)


def test_the_last_coordinator_can_be_followed_by_another(coordinator, stranger):
    give_role(Platform.objects.get(), "coordinate", stranger, by=coordinator)
    end_role(Platform.objects.get(), "coordinate", coordinator, by=stranger)
    with acting_as(coordinator):
        assert not current_scope().holds("coordinate")


def test_there_is_one_system_account():
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        User(is_system=True).save()
