"""The access ledger on a page: who, when, what and why, as far as each may read it; never what it said."""

import csv
import io
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from collaborations.models import RequestStory
from collaborators.models import CommunityIdentity
from collaborators.selectors import RECORDS
from cre.core.access import acting_as
from cre.core.ledger.models import LedgerAlarm, LedgerEntry
from cre.core.vault import Sealed
from tests import journey
from tests.conftest import as_owner
from tests.secretariat.test_rooms import queries_of

pytestmark = pytest.mark.django_db
LEDGER = "secretariat:ledger"
REASON = "The auditors asked how often stories were opened."


def read_story(user, request) -> None:
    with acting_as(user):
        assert RequestStory.objects.get(request_id=request.pk).need


def csv_cells(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


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


def test_what_a_community_opened_of_its_own_shows_only_when_it_is_asked_for(cast, as_coordinator):
    read_story(cast.member, journey.received(cast))

    def relations(**chosen):
        return {line.relation for line in lines(as_coordinator, **chosen)}

    assert ("the community itself" in relations(), "the community itself" in relations(with_own="on")) == (False, True)


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "wrong",
    [{"kind": "x"}, {"before": "x"}, {"before": "\0"}, {"person": "x"}, {"person": "nobody@test.example"},
     {"record": "x"}, {"request": "xyzxyz"}, {"request": "abc"}, {"region": "x"}, {"since": "x"},
     {"since": "2026-02-02", "until": "2026-02-01"}],
    ids=str,
)  # fmt: skip
def test_a_filter_that_cannot_be_read_is_said(as_coordinator, wrong):
    assert as_coordinator.get(reverse(LEDGER), wrong).status_code == 422


def test_pages_show_every_entry_once(cast, as_coordinator, monkeypatch):
    monkeypatch.setattr("collaborators.selectors.ledger.PAGE", 2)
    request = journey.received(cast)
    for _ in range(3):
        read_story(cast.facilitator, request)
    with as_owner():
        expected = LedgerEntry.objects.count()

    seen, url = [], f"{reverse(LEDGER)}?with_own=on"
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


def test_entries_are_found_by_each_thing_that_is_asked_for(cast, as_coordinator, coordinator, other_region):
    request = journey.received(cast)
    read_story(cast.facilitator, request)
    today = timezone.localdate()
    right = {
        "person": cast.facilitator.email, "kind": "read", "record": "collaborations.RequestStory",
        "request": request.uuid.hex[:6], "region": "africa", "since": today, "until": today,
    }  # fmt: skip
    wrong = {
        "person": coordinator.email, "kind": "export", "record": "collaborations.InternalNote", "request": "0" * 32,
        "region": other_region.code, "since": today + timedelta(days=1), "until": today - timedelta(days=1),
    }  # fmt: skip

    (line,) = lines(as_coordinator, **right)
    assert (line.who, line.relation, line.region) == (cast.facilitator.email, "facilitator of the region", "Africa")
    for name, value in wrong.items():
        asked = right | {name: value} | ({"since": ""} if name == "until" else {"until": ""} if name == "since" else {})
        assert lines(as_coordinator, **asked) == [], name


def test_the_grants_officer_cannot_look_for_others(cast, browser, grants_officer):
    read_story(cast.facilitator, journey.received(cast))
    assert lines(browser(grants_officer), person=cast.facilitator.email) == []


@pytest.mark.promise("P14")
def test_a_copy_is_asked_by_one_allowed_by_another_and_taken_once(cast, as_coordinator, as_steward):
    request = journey.received(cast)
    read_story(cast.facilitator, request)
    asked = as_coordinator.post(f"{reverse('secretariat:ledger-copy-ask')}?kind=read", {"reason": REASON})
    taking = f"{asked.url}take/"

    assert as_coordinator.post(taking).status_code == 403
    assert as_coordinator.post(asked.url, {"decision": "yes"}).status_code == 403
    assert as_steward.post(asked.url, {"decision": "yes"}).status_code == 302
    assert as_steward.post(taking).status_code == 403
    assert "Take the copy" in as_coordinator.get(asked.url).content.decode()
    taken = as_coordinator.post(taking)
    assert as_coordinator.post(taking).status_code == 403

    assert taken.headers["Content-Disposition"] == 'attachment; filename="ledger.csv"'
    rows = csv_cells(taken)
    assert {row[3] for row in rows[1:]} == {"read"}
    assert cast.facilitator.email in {row[1] for row in rows if row[6] == request.uuid.hex[:6]}


@pytest.mark.promise("P21")
def test_a_reason_that_is_a_formula_is_none_in_the_copy(cast, as_coordinator, as_steward, coordinator):
    journey.received(cast)
    with transaction.atomic(), acting_as(coordinator, reason="=HYPERLINK(1) is what she said to me"):
        assert CommunityIdentity.objects.get(community=cast.community).handle
    asked = as_coordinator.post(reverse("secretariat:ledger-copy-ask"), {"reason": REASON})
    as_steward.post(asked.url, {"decision": "yes"})

    reasons = {row[8] for row in csv_cells(as_coordinator.post(f"{asked.url}take/"))}
    assert "'=HYPERLINK(1) is what she said to me" in reasons


@pytest.mark.promise("P29")
def test_a_wish_without_a_sentence_keeps_what_was_typed(as_coordinator):
    response = as_coordinator.post(reverse("secretariat:ledger-copy-ask"), {"reason": "audit"})
    assert (response.status_code, "audit</textarea>" in response.content.decode()) == (422, True)


@pytest.mark.parametrize("who", ["grants_officer", "facilitator", "stranger"])
def test_others_learn_nothing_of_copies(who, request, browser, as_coordinator):
    asked = as_coordinator.post(reverse("secretariat:ledger-copy-ask"), {"reason": REASON})
    client = browser(request.getfixturevalue(who))
    for address in (asked.url, f"{asked.url}take/", reverse("secretariat:ledger-copy-ask")):
        assert {client.get(address).status_code, client.post(address).status_code} == {404}


def test_an_alarm_stands_on_top(as_steward):
    with as_owner():
        LedgerAlarm.objects.create(damages=2, findings=["removed: link 4"])
    page = as_steward.get(reverse(LEDGER)).content.decode()
    assert ("The ledger is not whole" in page, "removed: link 4" in page) == (True, True)
