"""Several people of one community: each comes in with a code of their own, and the others can end it."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.http import Http404
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collaborations.actions import cancel_deletion, order_deletion
from collaborators.actions import end_person, freeze_community, let_person_in
from collaborators.actions.community_people import MOST_PEOPLE
from collaborators.models import CommunityPerson, FreezingSide
from cre.core.access import acting_as, current_scope
from cre.core.ledger.models import LedgerEntry
from cre.core.outbox import notices_for
from tests import journey
from tests.collaborators.proofs import asks_for_proof
from tests.community.several import (
    ENTER,
    NEW,
    PEOPLE,
    asked_of_database,
    come_in,
    directly,
    let_in,
    one_more,
    people_for,
)
from tests.community.walking import hidden, shown_code, signed_in, text_of
from tests.conftest import as_owner

pytestmark = pytest.mark.django_db


# --- One more person -----------------------------------------------------------------------------------
@pytest.mark.promise("P05")
def test_one_of_us_lets_somebody_in_who_gets_a_code_of_their_own(browser, cast):
    handed_over = shown_code(let_in(browser))
    theirs, own = come_in(handed_over)

    assert own != handed_over
    assert "My page" in text_of(theirs.get(reverse("community:home")))
    assert people_for(cast.member, cast.community) == [("", True, False), ("the teacher", True, False)]


@pytest.mark.promise("P05")
def test_the_code_that_was_handed_over_opens_nothing_after_its_first_use(browser):
    handed_over = shown_code(let_in(browser))
    come_in(handed_over)

    assert Client().post(ENTER, {"door-code": handed_over}).status_code == 422


def test_the_page_with_the_code_says_how_to_hand_it_over(browser):
    page = text_of(let_in(browser))

    assert "Do not send it by SMS or e-mail." in page
    assert "another code, which only they know" in page


def test_the_new_person_reads_and_decides_like_the_first_one(cast):
    request = journey.received(cast)
    new = one_more(cast)

    assert signed_in(new).get(reverse("community:request", args=[request.uuid])).status_code == 200


def test_a_second_click_lets_nobody_else_in(browser, cast):
    once = hidden(browser.get(NEW), "once")
    for _ in range(2):
        answer = browser.post(NEW, {"once": once, "called": ""}, follow=True)

    assert "This person was let in already." in text_of(answer)
    assert len(people_for(cast.member, cast.community)) == 2


def test_a_word_is_not_needed(browser, cast):
    assert let_in(browser, called="").status_code == 200
    assert people_for(cast.member, cast.community)[1] == ("", False, False)


@pytest.mark.promise("P29")
@pytest.mark.parametrize("called", ["x" * 41, "a\0b"], ids=["long", "null byte"])
def test_a_word_that_cannot_be_kept_is_asked_for_again(browser, cast, called):
    assert let_in(browser, called=called).status_code == 422
    assert len(people_for(cast.member, cast.community)) == 1


@pytest.mark.promise("P06")
def test_a_code_is_no_word_for_somebody(browser, cast, intake):
    answer = let_in(browser, called=str(intake.code))

    assert answer.status_code == 422
    assert "There is a receipt code in this text." in text_of(answer)
    assert len(people_for(cast.member, cast.community)) == 1


@override_settings(FRESH_PROOF_SECONDS=0)
def test_an_open_phone_lets_nobody_in_and_nobody_out(intake):
    client = signed_in(intake.user)
    new = let_person_in(intake.community, once=(once := uuid4()), by=intake.user)
    page = reverse("community:person-end", args=[once])

    assert new
    assert asks_for_proof(let_in(client))
    assert asks_for_proof(client.post(page))
    assert "has not come in yet" in text_of(client.get(PEOPLE))
    assert shown_code(let_in(client, **{"proof-word": intake.code.digits}))


@pytest.mark.promise("P04")
def test_only_the_people_themselves_read_what_they_call_each_other(cast, coordinator, supporter):
    one_more(cast)

    for reader, reads in ((cast.member, True), (supporter, False), (cast.facilitator, False), (coordinator, False)):
        with transaction.atomic(), acting_as(reader):
            assert CommunityPerson.objects.exists() == reads
            assert CommunityPerson.objects.visible_to(current_scope()).exists() == reads


@pytest.mark.promise("P13")
def test_that_somebody_was_let_in_and_ended_is_in_the_ledger(cast):
    new = one_more(cast)
    end_person(cast.community, new.uuid, by=cast.member)

    with as_owner():
        acts = LedgerEntry.objects.filter(kind="acted", object_label="collaborators.CommunityPerson")
        assert list(acts.values_list("person_id", "community_id")) == [(cast.member.pk, cast.community.pk)] * 2


def test_the_others_are_told(cast, deliver):
    second = one_more(cast)
    deliver()
    one_more(cast, "the nurse")
    deliver()

    with transaction.atomic(), acting_as(second):
        told = [str(notice.text) for notice in notices_for(current_scope())]
    assert told == ["One of you let one more person in. Look who can come in."]


# --- Who may, and how many -----------------------------------------------------------------------------
def test_somebody_with_only_a_mandate_has_no_such_page(helper_browser, supporter, cast):
    assert [helper_browser.get(page).status_code for page in (PEOPLE, NEW)] == [404, 404]
    assert "People who can come in" not in text_of(helper_browser.get(reverse("community:home")))
    for act in (
        lambda: let_person_in(cast.community, once=uuid4(), by=supporter),
        lambda: end_person(cast.community, cast.member.uuid, by=supporter),
    ):
        with pytest.raises(PermissionDenied, match="Only people of the community itself"):
            act()


@pytest.mark.promise("P10")
@pytest.mark.parametrize("person", ["outsider", "facilitator", "coordinator", "supporter"])
def test_the_database_answers_nobody_else(request, cast, person):
    other, new = request.getfixturevalue(person), one_more(cast)

    for sql, values, what in (
        ("SELECT cre_let_person_in(%s, %s, '12345678', '-', 1::smallint)", [uuid4(), cast.community.pk], "let people"),
        ("SELECT cre_end_person(%s, %s)", [cast.community.pk, new.pk], "end how"),
        ("SELECT * FROM cre_people_of_community(%s)", [cast.community.pk], "ask who"),
    ):
        with pytest.raises(ProgrammingError, match=f"this person may not {what}"):
            asked_of_database(other, sql, *values)


@pytest.mark.promise("P10")
@pytest.mark.parametrize("asked", ["cre_represents(%s, 1)", "cre_has_roles(%s)"], ids=["community", "roles"])
def test_nobody_asks_the_database_what_somebody_else_holds(cast, asked):
    with pytest.raises(ProgrammingError, match="permission denied"):
        asked_of_database(cast.member, f"SELECT {asked}", cast.member.pk)


def test_no_more_than_eight_can_come_in(cast, browser):
    for _ in range(MOST_PEOPLE - 1):
        one_more(cast)

    with pytest.raises(PermissionDenied, match="Eight of you"):
        one_more(cast)
    with pytest.raises(ProgrammingError, match="so many people"):
        directly(cast.member, cast.community)
    assert "Eight of you can come in." in text_of(browser.get(PEOPLE))


def test_who_was_ended_makes_room(cast):
    people = [one_more(cast) for _ in range(MOST_PEOPLE - 1)]
    end_person(cast.community, people[0].uuid, by=cast.member)

    assert one_more(cast).is_active


@pytest.mark.promise("P15")
def test_nobody_is_let_in_while_everything_waits_to_be_deleted(cast):
    order_deletion(cast.community, by=cast.member)

    with pytest.raises(PermissionDenied, match="waits to be deleted"):
        one_more(cast)
    with pytest.raises(ProgrammingError, match="waits to be deleted"):
        directly(cast.member, cast.community)


def test_one_request_that_waits_to_be_deleted_keeps_nobody_out(cast):
    order_deletion(cast.community, request=journey.received(cast), by=cast.member)

    assert one_more(cast).is_active


def test_what_another_community_orders_keeps_nobody_out(cast, outsider_and_community):
    outsider, theirs = outsider_and_community
    order_deletion(theirs, by=outsider)

    assert one_more(cast).is_active


def test_an_order_that_was_taken_back_keeps_nobody_out(cast):
    order = order_deletion(cast.community, by=cast.member)
    cancel_deletion(order, version=order.version, by=cast.member)

    assert one_more(cast).is_active


@pytest.mark.promise("P11")
def test_nobody_is_let_in_while_everything_stands_still(cast):
    freeze_community(cast.community.pk, side=FreezingSide.COMMUNITY, by=cast.member)

    with pytest.raises((PermissionDenied, Http404)):
        one_more(cast)
    with pytest.raises(ProgrammingError, match="let people into"):
        directly(cast.member, cast.community)


# --- Two of one community at once ----------------------------------------------------------------------
@pytest.mark.promise("P23")
def test_two_of_us_decide_on_the_same_offer_and_the_second_is_told(browser, cast):
    other = signed_in(one_more(cast))
    offer = journey.willing(cast)
    page = reverse("community:choose", args=[offer.uuid])
    seen = {"version": hidden(other.get(page), "version")}

    first = browser.post(page, seen | {"fields_shared": list(journey.SHARED)})
    late = other.post(reverse("community:refuse", args=[offer.uuid]), seen)
    assert (first.status_code, late.status_code) == (302, 409)
    assert "Somebody changed this while you were working on it." in text_of(late)


@pytest.mark.promise("P23")
def test_two_of_us_choose_the_same_ally_and_both_come_to_the_work_together(browser, cast):
    other = signed_in(one_more(cast))
    page = reverse("community:choose", args=[journey.willing(cast).uuid])
    typed = {"version": hidden(browser.get(page), "version"), "fields_shared": list(journey.SHARED)}

    first, second = (client.post(page, typed) for client in (browser, other))
    assert first.url == second.url
    assert "/collaborations/" in first.url


def test_the_page_asks_the_database_little(browser, cast):
    for _ in range(MOST_PEOPLE - 1):
        one_more(cast)

    with CaptureQueriesContext(connection) as caught:
        browser.get(PEOPLE)
    assert len([query for query in caught if "SAVEPOINT" not in query["sql"]]) <= 12
