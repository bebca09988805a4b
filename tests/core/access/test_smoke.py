import pytest
from cre.core.access import acting_as, current_scope
from collaborators.models import Community, CommunityIdentity, Region, Collaborator
pytestmark = pytest.mark.django_db


def test_all(member, outsider, facilitator, other_facilitator, community, ally, collaborator, region):
    with acting_as(member):
        assert list(Community.objects.all()) == [community]
        assert list(Community.objects.visible_to(current_scope())) == [community]
        assert CommunityIdentity.objects.get().chosen_name == "People of Riverbend"
    with acting_as(outsider):
        assert not Community.objects.filter(pk=community.pk).exists()
    with acting_as(facilitator):
        assert current_scope().ids("facilitate", Region) == [region.pk]
        assert list(Community.objects.all()) == [community]
    with acting_as(ally):
        assert list(Collaborator.objects.all()) == [collaborator]
    assert list(Community.objects.all()) == []
