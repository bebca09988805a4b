"""The work with a community: exactly what it shares, as long as it shares it, with whom it named."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collaborations.actions import end_collaboration, withdraw_consent, write_in_collaboration, write_note
from collaborations.models import Collaboration, CollaborationMessage, Consent
from collaborations.states import CollaborationStatus
from collaborators.actions import end_role
from cre.core.access import acting_as
from cre.core.ledger.models import LedgerEntry
from tests import journey
from tests.conftest import as_owner
from tests.journey import fresh, request_of

pytestmark = pytest.mark.django_db
SHARED = {
    "chosen_name": "People of Riverbend", "contact": "+000 Riverbend", "country": "Kenya",
    "wider_area": "near the long lake", "what_happens": "Surveyors measured our grazing land.",
    "project": "Long Lake Power", "must_not_happen": "No names in newspapers.", "threats": "A phone call at night.",
}  # fmt: skip


def address(work, name="collaboration"):
    return reverse(f"ally:{name}", args=[work.uuid])


def page_of(client, work):
    return client.get(address(work)).content.decode()


@pytest.mark.promise("P12")
@pytest.mark.parametrize("fields", [("chosen_name",), ("contact", "project"), ("wider_area", "threats"), tuple(SHARED)])
def test_the_ally_reads_exactly_the_fields_that_were_chosen(cast, as_ally, fields, monkeypatch):
    # The country stands in the brief too; here it must come from the field or not at all.
    monkeypatch.setattr(journey, "BRIEF", journey.BRIEF | {"shown_country": ""})
    work = journey.introduced(cast, fields=fields)

    page = page_of(as_ally, work)

    assert {field for field, value in SHARED.items() if value in page} == set(fields)
    assert journey.ANSWERS["need"] not in page


@pytest.mark.promise("P11")
def test_what_the_community_takes_back_is_gone_at_the_next_request(cast, as_ally):
    work = journey.introduced(cast)
    before = page_of(as_ally, work)
    with acting_as(cast.member):
        consent = Consent.objects.get(about=Consent.About.DISCLOSE)
    withdraw_consent(consent, by=cast.member)

    after = page_of(as_ally, work)

    assert ("People of Riverbend" in before, "People of Riverbend" in after) == (True, False)
    assert "No longer shared" in after


@pytest.mark.promise("P11")
def test_only_named_participants_of_the_organisation_read_it(cast, colleague, browser):
    work = journey.introduced(cast)

    names = ["collaboration", "collaboration-message", "collaboration-spoken", "collaboration-end"]
    pages = [getattr(browser(colleague), how)(address(work, name)) for name in names for how in ("get", "post")]

    assert {page.status_code for page in pages} == {404}


@pytest.mark.promise("P11")
def test_who_no_longer_speaks_for_the_ally_reads_nothing(cast, as_ally, coordinator):
    work = journey.introduced(cast)
    end_role(cast.collaborator, "speak_for", cast.ally, by=coordinator)

    assert as_ally.get(address(work)).status_code == 404


@pytest.mark.promise("P13")
def test_reading_what_was_shared_is_in_the_ledger(cast, as_ally):
    work = journey.introduced(cast)
    page_of(as_ally, work)

    with as_owner():
        entries = LedgerEntry.objects.filter(person_id=cast.ally.pk, view="ally:collaboration")
        read = entries.filter(object_label="collaborations.Disclosure")
        assert [entry.fields for entry in read] == [["value"], ["value"]]
        assert {entry.community_id for entry in read} == {cast.community.pk}


@pytest.mark.promise("P07")
def test_a_note_of_the_desk_is_on_no_page_of_the_ally(cast, as_ally):
    work = journey.introduced(cast)
    request = request_of(work, cast.facilitator)
    write_note(request, text="canary-of-a-note", once=uuid4(), by=cast.facilitator)
    with acting_as(cast.member):
        offer = Collaboration.objects.select_related("introduction").get(pk=work.pk).introduction

    pages = [
        address(work), address(work, "collaboration-end"), reverse("ally:home"), reverse("ally:past"),
        reverse("ally:offer", args=[offer.uuid]), reverse("ally:capacity", args=[cast.collaborator.uuid]),
    ]  # fmt: skip

    assert [page for page in pages if b"canary-of-a-note" in as_ally.get(page).content] == []


def test_a_message_reaches_both_sides_once(cast, as_ally):
    work = journey.introduced(cast)
    once = str(uuid4())

    for _ in range(2):
        response = as_ally.post(address(work, "collaboration-message"), {"text": "Hello to you all", "once": once})
        assert response.status_code == 302

    with acting_as(cast.member):
        assert [row.text for row in CollaborationMessage.objects.all()] == ["Hello to you all"]
    assert "Hello to you all" in page_of(as_ally, work)


@pytest.mark.promise("P29")
def test_a_message_without_words_is_asked_for_again(cast, as_ally):
    work = journey.introduced(cast)

    response = as_ally.post(address(work, "collaboration-message"), {"text": "", "once": str(uuid4())})

    assert response.status_code == 422


def test_the_ally_says_that_they_have_spoken_and_a_second_click_is_calm(cast, as_ally):
    work = journey.introduced(cast)

    first = as_ally.post(address(work, "collaboration-spoken"), {"version": work.version})
    second = as_ally.post(address(work, "collaboration-spoken"), {"version": work.version})

    assert (first.status_code, second.status_code) == (302, 302)
    assert fresh(work, cast.member).status == CollaborationStatus.ACTIVE


def test_the_ally_ends_the_work_and_reads_nothing_any_more(cast, as_ally):
    work = journey.introduced(cast)
    form = {"version": work.version, "reason": "done", "words": "Thank you for your trust."}

    response = as_ally.post(address(work, "collaboration-end"), form)

    page = page_of(as_ally, work)
    ended = fresh(work, cast.member)
    with acting_as(cast.member):
        assert (ended.end_reason, ended.ended_by_side, ended.parting_words) == (
            "done", "ally", "Thank you for your trust.",
        )  # fmt: skip
    assert response.status_code == 302
    assert ("People of Riverbend" in page, "Thank you for your trust." in page) == (False, True)


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    ("change", "status"),
    [({"reason": ""}, 422), ({"reason": "community-wish"}, 422), ({"version": 999}, 409)],
)
def test_an_end_that_cannot_be_read_changes_nothing_and_keeps_the_words(cast, as_ally, change, status):
    work = journey.introduced(cast)
    form = {"version": work.version, "reason": "done", "words": "Thank you for your trust."} | change

    response = as_ally.post(address(work, "collaboration-end"), form)

    assert (response.status_code, b"Thank you for your trust." in response.content) == (status, True)
    assert fresh(work, cast.member).is_open


def test_an_ended_work_is_read_and_written_no_more(cast, as_ally):
    work = journey.introduced(cast)
    end_collaboration(work, version=work.version, by=cast.member)

    written = as_ally.post(address(work, "collaboration-message"), {"text": "Hello?", "once": str(uuid4())})
    again = as_ally.post(address(work, "collaboration-end"), {"version": work.version, "reason": "done"})

    assert (written.status_code, again.status_code) == (403, 302)
    assert "has ended" in page_of(as_ally, work)


def queries_of(client, work) -> int:
    page_of(client, work)
    with CaptureQueriesContext(connection) as asked:
        page_of(client, work)
    return len([one for one in asked.captured_queries if one["sql"].startswith(("SELECT", "INSERT", "UPDATE"))])


def test_a_page_of_the_work_asks_the_database_the_same_whatever_was_said(cast, as_ally):
    work = journey.introduced(cast, fields=tuple(SHARED))
    counts = []
    for number in (1, 2):
        for _ in range(number):
            write_in_collaboration(work, text="Hello", language="en", once=uuid4(), by=cast.member)
        counts.append(queries_of(as_ally, work))

    assert counts[0] == counts[1]
    assert counts[0] <= 12
