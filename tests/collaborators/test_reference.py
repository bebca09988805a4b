import pycountry
import pytest
from django.contrib.auth.models import Permission

from collaborators.models import Collaborator, Community, Country, Platform, PlatformGrant, Region, User
from collaborators.reference import REGIONS, install_first_coordinator, install_reference
from cre.core.access import acting_as, current_scope
from cre.core.access.scope import _holdings
from tests.conftest import as_owner

pytestmark = pytest.mark.django_db


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Region, Country, Platform, PlatformGrant, User)]


def test_installing_twice_changes_nothing():
    with as_owner():
        before = everything()
        install_reference("default")
        assert everything() == before


def test_what_the_secretariat_changed_stays():
    with as_owner():
        Region.objects.filter(code="africa").update(name="Africa and the islands", answer_days=3)
        Country.objects.filter(code="EG").update(region=Region.objects.get(code="asia"))
        install_reference("default")
        region = Region.objects.get(code="africa")
        assert (region.name, region.answer_days) == ("Africa and the islands", 3)
        assert Country.objects.get(code="EG").region.code == "asia"


def test_what_is_missing_comes_back():
    with as_owner():
        Country.objects.filter(code="KE").delete()
        install_reference("default")
        assert Country.objects.get(code="KE").region.code == "africa"


def test_every_country_has_a_region():
    assert set(Country.objects.values_list("code", flat=True)) == {country.alpha_2 for country in pycountry.countries}


@pytest.mark.parametrize(
    ("country", "region"), [("KE", "africa"), ("ID", "asia"), ("PE", "latin-america"), ("DE", "to-be-placed")]
)
def test_a_country_lies_where_it_is_expected(country, region):
    assert Country.objects.get(code=country).region.code == region


def test_there_is_one_waiting_room_among_the_regions():
    assert set(Region.objects.values_list("code", flat=True)) == set(REGIONS)
    assert [region.code for region in Region.objects.filter(is_waiting_room=True)] == ["to-be-placed"]


def test_the_first_coordinator_can_be_installed_again():
    with as_owner():
        first = install_first_coordinator("first@test.example", "demo-only-password", "default")
        second = install_first_coordinator("first@test.example", None, "default")
    assert first == second
    assert second.check_password("demo-only-password")
    with acting_as(second):
        assert current_scope().holds("coordinate")


@pytest.mark.parametrize("model", [Region, Platform, Community, Collaborator])
def test_a_scope_asks_for_exactly_the_permissions_of_each_container(model):
    name = model._meta.model_name
    asked = {codename for container, codename in _holdings if container == name}
    assert asked == {codename for codename, _ in model._meta.permissions}
    assert asked == set(Permission.objects.filter(content_type__model=name).values_list("codename", flat=True))
