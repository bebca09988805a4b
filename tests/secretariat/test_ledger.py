"""The access ledger on a page: who, when, what and why, as far as each may read it; never what it said."""

import pytest
from django.apps import apps
from django.urls import reverse

from collaborations.models import RequestStory
from collaborators.models import CommunityIdentity
from collaborators.selectors import RECORDS
from cre.core.access import acting_as
from cre.core.ledger.models import LedgerEntry
from cre.core.vault import Sealed
from tests import journey
from tests.conftest import as_owner
from tests.secretariat.test_rooms import queries_of

pytestmark = pytest.mark.django_db
LEDGER = "secretariat:ledger"


def read_story(user, request) -> None:
    with acting_as(user):
        assert RequestStory.objects.get(request_id=request.pk).need


def lines(client, **chosen):
    return client.get(reverse(LEDGER), chosen).context["lines"]


@pytest.mark.promise("P13")
def test_a_read_is_on_the_page_and_what_was_read_is_not(cast, as_coordinator):
    request = journey.received(cast)
    read_story(cast.facilitator, request)

    response = as_coordinator.get(reverse(LEDGER))

    newest = response.context["lines"][0]
    assert (newest.who, newest.what_kind, newest.record, newest.about) == (
        "facilitator@test.example", "read", "Story and needs of a request", request.uuid.hex[:6],
    )  # fmt: skip
    assert journey.ANSWERS["need"] not in response.content.decode()


@pytest.mark.promise("P14")
def test_the_written_reason_stands_beside_the_read(cast, as_coordinator, coordinator):
    journey.received(cast)
    with acting_as(coordinator, reason="The desk is ill and a hearing is tomorrow."):
        assert CommunityIdentity.objects.get(community=cast.community).handle

    (line,) = [line for line in lines(as_coordinator) if line.reason]

    assert (line.reason, line.record) == (
        "The desk is ill and a hearing is tomorrow.", "Who a community is, and how to reach it",
    )  # fmt: skip


def test_the_grants_officer_reads_only_their_own_entries(cast, browser, grants_officer):
    request = journey.received(cast)
    read_story(cast.facilitator, request)

    assert lines(browser(grants_officer)) == []


def test_the_steward_reads_all_and_can_ask_for_one_kind(cast, as_steward):
    read_story(cast.facilitator, journey.received(cast))

    assert lines(as_steward)
    assert lines(as_steward, kind="export") == []
    assert lines(as_steward, own="on") == []


@pytest.mark.promise("P10")
def test_a_community_and_its_region_read_their_part_and_nobody_elses(cast, other_facilitator, outsider):
    read_story(cast.facilitator, journey.received(cast))
    with as_owner():
        theirs = set(LedgerEntry.objects.filter(community_id=cast.community.pk).values_list("pk", flat=True))

    for person, sees in ((cast.member, True), (other_facilitator, False), (outsider, False)):
        with acting_as(person):
            assert (theirs <= set(LedgerEntry.objects.values_list("pk", flat=True))) is sees


@pytest.mark.promise("P29")
@pytest.mark.parametrize("wrong", [{"kind": "x"}, {"before": "x"}, {"before": "\0"}])
def test_a_filter_that_cannot_be_read_is_said(as_coordinator, wrong):
    assert as_coordinator.get(reverse(LEDGER), wrong).status_code == 422


def test_pages_show_every_entry_once(cast, as_coordinator, monkeypatch):
    monkeypatch.setattr("collaborators.selectors.PAGE", 2)
    request = journey.received(cast)
    for _ in range(3):
        read_story(cast.facilitator, request)
    with as_owner():
        expected = LedgerEntry.objects.count()

    seen, url = [], reverse(LEDGER)
    while url:
        response = as_coordinator.get(url)
        seen += response.context["lines"]
        url = response.context["next_url"]

    assert len(seen) == expected
    assert [line.at for line in seen] == sorted((line.at for line in seen), reverse=True)


def test_the_list_asks_the_same_for_one_entry_and_for_three(cast, as_coordinator):
    request = journey.received(cast)
    read_story(cast.facilitator, request)
    one = queries_of(as_coordinator, "ledger")
    read_story(cast.facilitator, request)
    read_story(cast.member, request)

    assert (queries_of(as_coordinator, "ledger"), one <= 15) == (one, True)


def test_every_record_with_sealed_words_has_a_name_on_the_page():
    sealed = {
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, Sealed) and not hasattr(model, "instance_type")
    }

    assert {label for label in sealed if not label.startswith("tests")} <= set(RECORDS)
