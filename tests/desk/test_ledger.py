"""The ledger of a region, as its desk reads it: who opened what there and why, and nothing of other regions."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from collaborations.models import RequestStory
from cre.core.access import acting_as
from tests import journey
from tests.conftest import log_in

pytestmark = pytest.mark.django_db
LEDGER = "desk:ledger"


@pytest.fixture
def opened(cast, coordinator):
    """A request whose story the coordinator opened, with a written reason."""
    request = journey.received(cast)
    with acting_as(coordinator, reason="The desk is ill and a hearing is tomorrow."):
        assert RequestStory.objects.get(request_id=request.pk).need
    return request


def lines_of(client, user, **chosen):
    return log_in(client, user).get(reverse(LEDGER), chosen).context["lines"]


@pytest.mark.promise("P13")
@pytest.mark.parametrize("person", ["facilitator", "focal_person"])
def test_a_region_reads_who_opened_what_there_and_why(client, opened, coordinator, person, request):
    lines = lines_of(client, request.getfixturevalue(person), request=opened.uuid.hex[:6])

    (line,) = [line for line in lines if line.who == coordinator.email]
    assert (line.record, line.region) == ("Story and needs of a request", "Africa")
    assert line.reason == "The desk is ill and a hearing is tomorrow."


@pytest.mark.promise("P10")
def test_a_region_reads_nothing_of_another(client, opened, other_facilitator):
    assert lines_of(client, other_facilitator, request=opened.uuid.hex[:6], with_own="on") == []


@pytest.mark.promise("P29")
@pytest.mark.parametrize("wrong", [{"request": "xyz"}, {"kind": "x"}, {"since": "x"}, {"before": "x"}], ids=str)
def test_a_search_that_cannot_be_read_is_said(client, facilitator, wrong):
    assert log_in(client, facilitator).get(reverse(LEDGER), wrong).status_code == 422


def test_nobody_is_looked_for_by_name_at_a_desk(client, facilitator):
    """Otherwise the page would tell who has an account."""
    assert "person" not in log_in(client, facilitator).get(reverse(LEDGER)).context["form"].fields


def test_regions_are_named_in_the_language_of_the_reader(region):
    with override("ar"):
        assert str(region) == "أفريقيا"
