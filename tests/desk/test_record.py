"""One request: who may read which part of it, what is written down, and what never leaves the desk."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from collaborations.actions import write_message, write_note
from collaborations.models import InternalNote, RequestMessage
from cre.core.access import acting_as
from cre.core.ledger import Kind
from cre.core.ledger.models import LedgerEntry
from cre.core.outbox import Notice
from cre.core.vocabularies import Danger
from tests import journey
from tests.conftest import as_owner
from tests.delivering import deliver_all
from tests.journey import request_of

pytestmark = pytest.mark.django_db

REASON = "The facilitator is away and a hearing is tomorrow."
NAME, HANDLE = "People of Riverbend", "+000 Riverbend"
NOTE = "CANARY-OF-A-NOTE"


def entries(**values):
    with as_owner():
        return list(LedgerEntry.objects.filter(**values))


def test_the_facilitator_reads_who_asks_and_what_for(cast, at):
    request = journey.talked(cast)
    page = at(cast.facilitator).reads("request", request.uuid)

    for words in (
        NAME,
        HANDLE,
        "Surveyors measured our grazing land.",
        "A phone call at night.",
        "Call after dark.",
    ):
        assert words in page


@pytest.mark.promise("P13")
def test_what_the_page_shows_stands_in_the_ledger(cast, at):
    request = journey.talked(cast)
    at(cast.facilitator).reads("request", request.uuid)
    read = entries(person_id=cast.facilitator.pk, kind=Kind.READ, view="desk:request")

    assert {entry.object_label for entry in read} == {
        "collaborators.CommunityIdentity",
        "collaborations.RequestStory",
        "collaborations.RequestRisk",
        "collaborations.SafetyCheck",
        "collaborations.RequestMessage",
    }
    assert {entry.community_id for entry in read} == {request.community_id}


@pytest.mark.promise("P13")
@pytest.mark.parametrize("page", ["request-allies", "request-history"])
def test_other_pages_open_neither_who_asks_nor_the_story(cast, at, page):
    request = journey.talked(cast)
    at(cast.facilitator).reads(page, request.uuid)

    labels = {entry.object_label for entry in entries(person_id=cast.facilitator.pk, view=f"desk:{page}")}
    assert not labels & {"collaborators.CommunityIdentity", "collaborations.RequestStory"}


@pytest.mark.promise("P14")
def test_without_a_reason_the_coordinator_does_not_see_who_asks(cast, coordinator, at):
    request = journey.talked(cast)
    desk = at(coordinator)

    for page in (desk.reads("request", request.uuid), desk.reads("request-identity", request.uuid)):
        assert NAME not in page
        assert HANDLE not in page
    assert "Surveyors measured our grazing land." in desk.reads("request", request.uuid)
    assert entries(person_id=coordinator.pk, object_label="collaborators.CommunityIdentity") == []


@pytest.mark.promise("P14")
@pytest.mark.parametrize("reason", ["", "short", "because because because because", "x" * 1001])
def test_a_reason_that_says_nothing_opens_nothing(cast, coordinator, at, reason):
    request = journey.received(cast)
    response = at(coordinator).post("request-identity", request.uuid, reason=reason)

    assert response.status_code == 422
    assert NAME not in response.content.decode()


@pytest.mark.promise("P13")
@pytest.mark.promise("P14")
def test_with_a_reason_the_coordinator_sees_who_asks_and_the_ledger_says_why(cast, coordinator, at):
    request = journey.received(cast)
    desk = at(coordinator)
    page = desk.post("request-identity", request.uuid, reason=REASON).content.decode()

    assert NAME in page
    assert HANDLE in page
    (entry,) = entries(person_id=coordinator.pk, object_label="collaborators.CommunityIdentity")
    assert (entry.reason, entry.community_id, entry.view) == (
        REASON,
        request.community_id,
        "desk:request-identity",
    )
    assert NAME not in desk.reads("request", request.uuid)


@pytest.mark.promise("P14")
def test_the_desk_is_told_when_somebody_opened_who_a_community_is(cast, coordinator, at):
    request = journey.received(cast)
    at(coordinator).post("request-identity", request.uuid, reason=REASON)
    deliver_all()

    with as_owner():
        told = Notice.objects.filter(topic="identity-opened").values_list("recipient_id", "object_uuid")
        assert list(told) == [(cast.facilitator.pk, request.uuid)]


def test_only_the_coordinator_is_asked_for_a_reason(cast, at):
    request = journey.received(cast)

    assert at(cast.facilitator).get("request-identity", request.uuid).status_code == 403


def test_a_focal_person_reads_the_dangers_and_not_the_story(cast, focal_person, at):
    request = journey.talked(cast)
    page = at(focal_person).reads("request", request.uuid)

    assert "A phone call at night." in page
    for words in (NAME, "Surveyors measured", "Thank you for writing", "Store the note"):
        assert words not in page


def test_with_danger_now_a_focal_person_sees_how_to_reach_them(cast, focal_person, at):
    request = journey.received(cast, danger=Danger.NOW)

    assert HANDLE in at(focal_person).reads("request", request.uuid)


DESK_PAGES = [
    pattern.name for pattern in get_resolver("collaborations.urls.desk").url_patterns if "uuid" in str(pattern.pattern)
]


@pytest.mark.promise("P09")
@pytest.mark.parametrize("page", DESK_PAGES)
def test_another_region_finds_nothing_at_any_address(cast, other_facilitator, at, page):
    work = journey.introduced(cast)
    request = request_of(work, cast.facilitator)
    with acting_as(cast.facilitator):
        ids = {request.uuid, work.uuid, work.introduction.uuid, work.introduction.brief.uuid}

    for uuid in ids:
        assert at(other_facilitator).get(page, uuid).status_code in (404, 405)
        assert at(other_facilitator).post(page, uuid, version=1).status_code in (404, 405)


@pytest.mark.parametrize("page", ["home", "requests"])
@pytest.mark.parametrize("who", ["member", "ally", "stranger", "steward"])
def test_who_does_not_work_here_learns_nothing(request, at, page, who):
    assert at(request.getfixturevalue(who)).get(page).status_code == 404


def test_a_message_reaches_the_community(cast, at):
    request = journey.clarifying(cast)
    data = {"text": "We can talk on Friday.", "language": "en", "once": uuid4()}
    desk = at(cast.facilitator)
    first, second = (desk.post("request-message", request.uuid, **data) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    with acting_as(cast.member):
        assert [message.text for message in RequestMessage.objects.filter(request=request)] == [
            "We can talk on Friday."
        ]
    assert "We can talk on Friday." in desk.reads("request", request.uuid)


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * 10_001},
        {"language": "klingon"},
        {"once": "twice"},
        {"text": "nul \0 byte"},
    ],
)
def test_a_message_that_cannot_be_sent_keeps_its_words(cast, at, wrong):
    request = journey.clarifying(cast)
    data = {"text": "Words that took an hour.", "language": "en", "once": uuid4()} | wrong
    response = at(cast.facilitator).post("request-message", request.uuid, **data)

    assert response.status_code == 422
    assert data["text"].replace("\0", "")[:50] in response.content.decode().replace("\0", "")
    with acting_as(cast.facilitator):
        assert not RequestMessage.objects.exists()


@pytest.mark.promise("P06")
def test_a_receipt_code_is_not_stored_in_a_message(cast, at):
    request = journey.clarifying(cast)
    code = "0000 0000 0000 0000 0000 0000 0000"
    response = at(cast.facilitator).post(
        "request-message", request.uuid, text=f"Your code is {code}", language="en", once=uuid4()
    )

    assert response.status_code == 422
    assert "There is a receipt code in this text" in response.content.decode()


def test_the_coordinator_reads_the_thread_and_writes_only_notes(cast, coordinator, at):
    request = journey.talked(cast)
    desk = at(coordinator)

    assert "Thank you for writing to us." in desk.reads("request", request.uuid)
    assert desk.post("request-message", request.uuid, text="Hello", language="en", once=uuid4()).status_code == 403
    assert desk.post("request-note", request.uuid, **{"note-text": "Call me.", "note-once": uuid4()}).status_code == 302
    assert "Call me." in at(cast.facilitator).reads("request", request.uuid)


def test_a_note_is_stored_once(cast, at):
    request = journey.clarifying(cast)
    data = {"note-text": "Ask the nurse first.", "note-once": uuid4()}
    desk = at(cast.facilitator)

    assert [desk.post("request-note", request.uuid, **data).status_code for _ in range(2)] == [302, 302]
    assert desk.post("request-note", request.uuid, **{"note-text": ""}).status_code == 422
    with acting_as(cast.facilitator):
        assert InternalNote.objects.count() == 1


def pages_of(namespace, uuids):
    """Every address of a portal that can be asked for with one of these uuids or with none."""
    for pattern in get_resolver(f"collaborations.urls.{namespace}").url_patterns:
        for known in ([], *([uuid] for uuid in uuids)):
            try:
                yield reverse(f"{namespace}:{pattern.name}", args=known)
            except NoReverseMatch:
                continue


@pytest.mark.promise("P07")
@pytest.mark.parametrize(("namespace", "who"), [("community", "member"), ("ally", "ally")])
def test_an_internal_note_is_on_no_page_of_the_community_or_the_ally(cast, at, namespace, who):
    work = journey.introduced(cast)
    request = request_of(work, cast.facilitator)
    write_note(request, text=NOTE, once=uuid4(), by=cast.facilitator)
    with acting_as(cast.facilitator):
        uuids = {request.uuid, work.uuid, work.introduction.uuid, work.introduction.brief.uuid}
    client: Client = at(getattr(cast, who)).client
    answers = [client.get(address) for address in pages_of(namespace, uuids)]

    assert sum(answer.status_code == 200 for answer in answers) >= 2
    assert not any(NOTE in answer.content.decode() for answer in answers)
    assert NOTE in at(cast.facilitator).reads("request", request.uuid)


def test_a_long_thread_is_read_page_by_page(cast, at):
    request = journey.clarifying(cast)
    for number in range(32):
        write_message(request, text=f"Word {number} of many", language="en", once=uuid4(), by=cast.member)
    desk = at(cast.facilitator)
    newest = desk.reads("request", request.uuid)
    with acting_as(cast.facilitator):
        third = RequestMessage.objects.filter(request=request)[2].pk
    oldest = desk.reads("request", request.uuid, before=third)

    assert "Word 31 of many" in newest
    assert "Word 1 of many" not in newest
    assert f"?before={third}#talk" in newest
    assert "Word 1 of many" in oldest
    assert "Word 2 of many" not in oldest


@pytest.mark.parametrize("page", ["request", "request-allies", "request-history"])
def test_the_price_of_a_page_does_not_grow_with_what_is_on_it(cast, at, page):
    request = request_of(journey.introduced(cast), cast.facilitator)
    desk = at(cast.facilitator)
    before = desk.price(page, request.uuid)
    for number in range(3):
        write_message(request, text=f"Word {number}", language="en", once=uuid4(), by=cast.member)
        write_note(request, text=f"Note {number}", once=uuid4(), by=cast.facilitator)

    assert desk.price(page, request.uuid) == before <= 15
