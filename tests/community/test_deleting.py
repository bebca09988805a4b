"""A community deletes a request, or everything, for good; it can take that back while it waits."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from collaborations.actions import cancel_deletion, confirm_deletion, order_deletion
from collaborations.models import Collaboration, Disclosure, SupportRequest
from collaborations.states import RequestStatus
from collaborators.actions import place_hold
from collaborators.models import Deletion, User
from cre.core.access import acting_as, current_scope, join
from cre.core.outbox import notices_for
from cre.core.retention import run_retention
from cre.core.vault.models import DataKey
from tests import journey
from tests.community.several import settle
from tests.community.walking import text_of
from tests.conftest import as_owner, person
from tests.retaining import KEEPS_IDS, age, is_there, places_of, proofs

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P15")]


def post(client, name, *args, **form):
    return client.post(reverse(f"community:{name}", args=args), form)


def let_the_waiting_end(deletion) -> None:
    age(Deletion, 15, "ordered_at", "due_at", id=deletion.pk)


@pytest.fixture
def second_member(cast, coordinator) -> User:
    """Another person who decides for the community."""
    other = person("second-member", coordinator)
    with transaction.atomic(), acting_as(cast.member):
        join(cast.community, "represent", other)
    settle(cast.community)
    return other


def test_the_page_says_what_goes_what_stays_and_how_long_it_can_be_taken_back(browser):
    page = text_of(browser.get(reverse("community:delete")))

    for sentence in (
        "For 14 days you can take it back",
        "What allies have already read",
        "Numbers that were published",
    ):
        assert sentence in page


def test_the_page_names_the_allies_who_have_read_something_already(browser, cast):
    journey.proposed(cast)
    nobody_asked = text_of(browser.get(reverse("community:delete")))
    work = journey.introduced(cast)
    met, other = journey.request_of(work, cast.member), journey.received(cast)

    def names(name, *args) -> bool:
        return "know you: Lake Law Group" in text_of(browser.get(reverse(f"community:{name}", args=args)))

    assert "know you:" not in nobody_asked
    assert (names("delete"), names("request-delete", met.uuid), names("request-delete", other.uuid)) == (
        True,
        True,
        False,
    )


def test_nothing_is_ordered_before_it_was_understood(browser, cast):
    response = post(browser, "delete")

    with as_owner():
        assert (response.status_code, Deletion.objects.count()) == (422, 0)


@pytest.mark.promise("P11")
def test_the_ally_sees_nothing_more_from_the_moment_of_the_order(browser, cast):
    work = journey.introduced(cast)
    with transaction.atomic(), acting_as(cast.ally):
        before = Disclosure.objects.count()

    post(browser, "delete", is_understood="on")

    with transaction.atomic(), acting_as(cast.ally):
        assert (before, Disclosure.objects.count()) == (2, 0)
        assert not Collaboration.objects.filter(pk=work.pk).exists()
    assert journey.request_of(work, cast.member).status == RequestStatus.WITHDRAWN


def test_an_ally_that_has_met_the_community_is_asked_to_erase(browser, cast, deliver):
    journey.introduced(cast)
    post(browser, "delete", is_understood="on")
    deliver()

    with transaction.atomic(), acting_as(cast.ally):
        assert any("erase" in str(notice.text) for notice in notices_for(current_scope()))


def test_every_page_leads_back_while_it_waits(browser, cast):
    request = journey.received(cast)
    before = text_of(browser.get(reverse("community:home")))
    post(browser, "delete", is_understood="on")

    pages = [
        reverse("community:home"),
        reverse("community:consents"),
        reverse("community:request", args=[request.uuid]),
    ]
    assert "take it back" not in before
    assert all("Waits to be deleted: take it back" in text_of(browser.get(page)) for page in pages)


def test_what_waits_can_be_taken_back_and_is_kept(browser, cast):
    request = journey.received(cast)
    post(browser, "delete", is_understood="on")
    with as_owner():
        order = Deletion.objects.get()
    post(browser, "delete-cancel", order.uuid, version=order.version)
    let_the_waiting_end(order)
    run_retention()

    assert (is_there(request), is_there(cast.community), proofs()) == (True, True, [])


def test_after_the_waiting_nothing_of_the_community_is_left_anywhere(cast, deliver):
    work = journey.introduced(cast)
    with as_owner():
        uuids = [cast.community.uuid, work.uuid, work.request.uuid, cast.member.uuid]
        uuids += [row.uuid for row in SupportRequest.objects.all()]
    deletion = order_deletion(cast.community, by=cast.member)
    deliver()
    assert {"collaborators_community", "collaborators_user", "core_outboxmessage"} <= places_of(*uuids)
    let_the_waiting_end(deletion)

    run_retention()
    deliver()

    assert places_of(*uuids) - KEEPS_IDS == set()
    assert not DataKey.objects.filter(object_uuid__in=uuids, destroyed_at=None).exists()
    assert proofs() == ["ordered"]


def test_a_person_who_is_somebody_else_here_too_stays(cast, coordinator, second_member):
    deletion = order_deletion(cast.community, by=cast.member)
    confirm_deletion(deletion, version=deletion.version, by=second_member)
    let_the_waiting_end(deletion)
    run_retention()

    assert (is_there(cast.member), is_there(cast.facilitator), is_there(cast.ally)) == (False, True, True)


def test_nothing_goes_before_the_waiting_is_over(cast):
    order_deletion(cast.community, by=cast.member)

    run_retention()

    assert is_there(cast.community)


def test_a_community_in_danger_is_deleted_at_once(browser, cast, deliver):
    journey.received(cast)
    post(browser, "delete", is_understood="on", is_urgent="on")

    deliver()

    assert (is_there(cast.community), proofs()) == (False, ["ordered"])


def test_who_comes_back_after_the_deletion_is_nobody(browser, cast, deliver):
    post(browser, "delete", is_understood="on", is_urgent="on")
    deliver()

    response = browser.get(reverse("community:consents"))

    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("community:enter"))


def test_with_several_people_a_second_one_has_to_agree(cast, second_member):
    deletion = order_deletion(cast.community, by=cast.member)
    age(Deletion, 400, "ordered_at", id=deletion.pk)
    run_retention()
    still_there = is_there(cast.community)

    deletion = confirm_deletion(deletion, version=deletion.version, by=second_member)
    let_the_waiting_end(deletion)
    run_retention()

    assert (still_there, is_there(cast.community)) == (True, False)


def test_nobody_agrees_to_their_own_order(cast, second_member):
    deletion = order_deletion(cast.community, by=cast.member)

    with pytest.raises(PermissionDenied):
        confirm_deletion(deletion, version=deletion.version, by=cast.member)


@pytest.mark.promise("P10")
def test_the_database_too_wants_the_second_person(cast, second_member):
    with transaction.atomic(), acting_as(cast.member), pytest.raises(ProgrammingError, match="order this alone"):
        Deletion.objects.create(
            community=cast.community, ordered_by=cast.member, needs_second=False, due_at=timezone.now()
        )


@pytest.mark.parametrize("name", ["supporter", "facilitator", "outsider"])
def test_only_the_community_itself_orders(cast, request, name):
    other = request.getfixturevalue(name)

    with pytest.raises((PermissionDenied, Http404)):
        order_deletion(cast.community, by=other)

    with as_owner():
        assert not Deletion.objects.exists()


def test_one_request_goes_alone(browser, cast):
    gone, kept = journey.received(cast), journey.received(cast)
    post(browser, "request-delete", gone.uuid, is_understood="on")
    with as_owner():
        deletion = Deletion.objects.get()
    let_the_waiting_end(deletion)

    run_retention()

    assert (is_there(gone), is_there(kept), is_there(cast.community)) == (False, True, True)
    with transaction.atomic(), acting_as(cast.member):
        assert cast.community.identity.chosen_name == "People of Riverbend"


def test_a_legal_hold_stops_even_the_communitys_own_order(cast, coordinator, browser):
    request = journey.received(cast)
    place_hold("collaborations.SupportRequest", request.uuid, reason="a court has asked", by=coordinator)
    deletion = order_deletion(cast.community, by=cast.member)
    let_the_waiting_end(deletion)

    run_retention()

    page = text_of(browser.get(reverse("community:request-delete", args=[request.uuid])))
    assert is_there(cast.community)
    assert "For a legal reason we have to keep this for now" in page
    assert "court" not in page


def test_a_second_click_orders_nothing_more(browser, cast):
    for _ in range(2):
        post(browser, "delete", is_understood="on")

    with as_owner():
        assert Deletion.objects.count() == 1


def test_an_order_taken_back_twice_says_so(cast):
    deletion = order_deletion(cast.community, by=cast.member)
    cancelled = cancel_deletion(deletion, version=deletion.version, by=cast.member)

    with pytest.raises(PermissionDenied):
        cancel_deletion(cancelled, version=cancelled.version, by=cast.member)


def test_the_waiting_ends_on_the_promised_day(cast):
    deletion = order_deletion(cast.community, by=cast.member)

    assert deletion.due_at is not None
    assert timedelta(days=13, hours=23) < deletion.due_at - timezone.now() < timedelta(days=14, minutes=1)
