"""The queue: views with honest counts, pages without gaps, nothing sealed opened, and its price."""

import pytest

from collaborations.actions import park_request
from collaborations.models import SupportRequest
from collaborations.selectors.desk import Cursor, View, at_desk, queue_counts, queue_page, rows_of
from cre.core.access import acting_as, current_scope
from cre.core.ledger.models import LedgerEntry
from cre.core.vocabularies import Danger
from tests import journey
from tests.conftest import as_owner, community_of
from tests.desk.filling import fill

pytestmark = pytest.mark.django_db


def counts_for(person):
    with acting_as(person):
        return queue_counts(current_scope())


def ids_in(view, person):
    with acting_as(person):
        return {row.pk for row in queue_page(current_scope(), view).rows}


def test_each_view_counts_its_own(cast):
    urgent = journey.received(cast, danger=Danger.NOW)
    late = journey.received(cast)
    with as_owner():
        SupportRequest.objects.filter(pk=late.pk).update(due_at=late.created_at)
    parked = journey.clarifying(cast)
    park_request(parked, version=parked.version, days=9, by=cast.facilitator)
    declined, waiting = journey.declined(cast), journey.request_of(journey.briefed(cast), cast.facilitator)
    journey.draft(cast)

    views = {
        View.ANSWER: {urgent.pk, late.pk},
        View.LATE: {late.pk},
        View.URGENT: {urgent.pk},
        View.PLACE: set(),
        View.WORKING: {waiting.pk},
        View.COMMUNITY: {waiting.pk},
        View.CLOSED: {declined.pk},
        View.ALL: {urgent.pk, late.pk, parked.pk, declined.pk, waiting.pk},
    }
    assert {view: ids_in(view, cast.facilitator) for view in View} == views
    assert counts_for(cast.facilitator) == {view: len(ids) for view, ids in views.items()}


def test_an_ally_that_said_yes_waits_for_the_community(cast):
    introduction = journey.willing(cast)

    assert ids_in(View.COMMUNITY, cast.facilitator) == {introduction.request_id}
    assert counts_for(cast.facilitator)[View.COMMUNITY] == 1


def test_a_request_that_waits_to_be_placed_is_seen_by_those_who_place(
    cast, waiting_room, coordinator, duty_facilitator, at
):
    member, community = community_of("Nowhere", waiting_room)
    request = journey.received(
        journey.Cast(member, community, duty_facilitator, cast.collaborator, cast.ally), country=""
    )

    for person in (coordinator, duty_facilitator):
        assert ids_in(View.PLACE, person) == {request.pk}
        assert "To be placed" in at(person).reads("requests")
    assert ids_in(View.ALL, cast.facilitator) == set()
    assert "To be placed" not in at(cast.facilitator).reads("requests")


def test_counts_stop_at_a_thousand(facilitator, community, region, at):
    fill(1002, community, region)

    assert counts_for(facilitator)[View.ANSWER] == 1001
    assert "1000+" in at(facilitator).reads("requests")


@pytest.mark.parametrize("view", [View.ANSWER, View.ALL])
@pytest.mark.parametrize("moment", ["now()", "now() + (n / 7) * interval '1 minute'"])
def test_pages_hold_every_request_once_forwards_and_backwards(facilitator, community, region, view, moment):
    fill(120, community, region, due_at=moment)
    with acting_as(facilitator):
        scope = current_scope()
        everything = set(at_desk(scope).values_list("pk", flat=True))
        first = queue_page(scope, view)
        second = queue_page(scope, view, after=first.next)
        third = queue_page(scope, view, after=second.next)
        back = queue_page(scope, view, before=third.previous)
        home = queue_page(scope, view, before=back.previous)

    walked = [row.pk for page in (first, second, third) for row in page.rows]
    assert [len(page.rows) for page in (first, second, third)] == [50, 50, 20]
    assert len(walked) == len(set(walked)) == 120
    assert set(walked) == everything
    assert [row.pk for row in back.rows] == [row.pk for row in second.rows]
    assert [row.pk for row in home.rows] == [row.pk for row in first.rows]
    assert (first.previous, home.previous, third.next) == (None, None, None)


def test_what_is_due_first_stands_first(cast):
    first, second = journey.received(cast), journey.received(cast)
    with as_owner():
        SupportRequest.objects.filter(pk=second.pk).update(due_at=first.created_at)

    with acting_as(cast.facilitator):
        rows = queue_page(current_scope(), View.ANSWER).rows
    assert [row.pk for row in rows] == [second.pk, first.pk]


@pytest.mark.promise("P13")
def test_the_list_opens_nothing_that_is_sealed(cast, at):
    journey.talked(cast, text="CANARY-IN-MESSAGE")
    with as_owner():
        before = LedgerEntry.objects.count()
    page = at(cast.facilitator).reads("requests", view="all")

    with as_owner():
        assert LedgerEntry.objects.count() == before
    for word in ("Riverbend", "CANARY-IN-MESSAGE", *journey.ANSWERS.values()):
        if isinstance(word, str) and len(word) > 2:
            assert word not in page


def test_a_draft_is_nobodys_but_the_communitys(cast, at):
    draft = journey.draft(cast)
    desk = at(cast.facilitator)

    assert draft.uuid.hex[:6].upper() not in desk.reads("requests", view="all")
    for page in ("request", "request-allies", "request-history", "request-decline"):
        assert desk.get(page, draft.uuid).status_code == 404


def test_another_regions_requests_are_not_there(cast, other_facilitator, at):
    journey.received(cast, danger=Danger.NOW)

    assert counts_for(other_facilitator) == dict.fromkeys(View, 0)
    assert "Nothing waits here" in at(other_facilitator).reads("requests")


def test_the_list_can_be_filtered(cast, at):
    kenya, uganda = journey.received(cast), journey.received(cast, country="UG", danger=Danger.NOW)
    desk = at(cast.facilitator)

    def shown(**query):
        page = desk.reads("requests", view="all", **query)
        return {row for row in (kenya, uganda) if row.uuid.hex[:6].upper() in page}

    assert shown() == {kenya, uganda}
    assert shown(country="Uganda") == shown(country="ug") == shown(danger="now") == {uganda}
    assert shown(status="accepted") == set()


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "query",
    [
        {"view": "everything"},
        {"after": "yesterday"},
        {"after": "9" * 50 + "-1"},
        {"after": "1-" + "9" * 40},
        {"before": "1-2-3"},
        {"country": "Atlantis"},
        {"country": "K\0E"},
        {"status": "draft"},
        {"danger": "perhaps"},
    ],
)
def test_an_address_that_is_not_understood_says_so(cast, at, query):
    request = journey.received(cast)
    response = at(cast.facilitator).get("requests", **query)

    assert response.status_code == 422
    assert "Please look at this again" in response.content.decode()
    assert request.uuid.hex[:6].upper() in response.content.decode()


def test_a_cursor_survives_its_address():
    cursor = Cursor.read("1793763999123456-42")

    assert str(cursor) == "1793763999123456-42"
    assert cursor.key == 42


def test_the_price_is_the_same_for_one_and_for_many(facilitator, community, region, at):
    desk = at(facilitator)
    fill(1, community, region)
    one = desk.price("requests")
    fill(2, community, region)
    three = desk.price("requests")
    fill(997, community, region)

    assert one == three == desk.price("requests") <= 10


def test_ten_thousand_requests_are_read_by_their_index(
    facilitator, community, region, other_region, outsider_and_community
):
    fill(5000, community, region)
    fill(5000, outsider_and_community[1], other_region)
    with acting_as(facilitator):
        rows = rows_of(current_scope(), View.LATE).order_by("due_at", "id")[:51]
        plan = rows.explain()
        unanswered = rows_of(current_scope(), View.ANSWER).order_by("due_at", "id")[:51].explain()

    assert "using request_queue" in plan
    assert "using request_unanswered" in unanswered
    assert "Sort" not in plan + unanswered
