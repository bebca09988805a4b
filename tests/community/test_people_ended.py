"""Somebody of a community who should not come in any more: shut out at once, by another one of them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse

from collaborations.actions import confirm_deletion, order_deletion
from collaborators.actions import end_person
from collaborators.models import CommunityPerson, Deletion, ReceiptCredential, Session, User
from cre.core.access import acting_as, join
from cre.core.retention import run_retention
from tests.community.several import (
    ENTER,
    PEOPLE,
    asked_of_database,
    come_in,
    end_page,
    let_in,
    one_more,
    people_for,
)
from tests.community.walking import shown_code, signed_in, text_of
from tests.conftest import as_owner
from tests.retaining import KEEPS_IDS, age, places_of

pytestmark = pytest.mark.django_db


@pytest.mark.promise("P17")
def test_whoever_is_shut_out_has_nothing_from_that_moment(browser, cast):
    handed_over = shown_code(let_in(browser))
    theirs, own = come_in(handed_over)
    shut_out = browser.post(end_page(cast.member, cast.community), follow=True)

    page = text_of(shut_out)
    assert "This person cannot come in any more." in page
    assert "ended on" in page
    assert theirs.get(PEOPLE).status_code == 302
    assert Client().post(ENTER, {"door-code": own}).status_code == 422


def test_their_codes_sessions_and_account_end(cast):
    new = one_more(cast)
    signed_in(new)
    end_person(cast.community, new.uuid, by=cast.member)

    with as_owner():
        assert not ReceiptCredential.objects.filter(user=new, replaced_at=None).exists()
        assert not Session.objects.filter(user=new).exists()
        assert User.objects.get(pk=new.pk).is_active is False


def test_whoever_is_somebody_else_here_too_keeps_that(cast, ally):
    with transaction.atomic(), acting_as(cast.member):
        join(cast.community, "represent", ally)
    browser = signed_in(ally)
    end_person(cast.community, ally.uuid, by=cast.member)

    with as_owner():
        assert not Session.objects.filter(user=ally).exists()
        assert User.objects.get(pk=ally.pk).is_active is True
    assert browser.get(PEOPLE).status_code == 302


def test_an_account_of_the_admin_is_not_closed_by_a_community(cast, stranger):
    with as_owner():
        User.objects.filter(pk=stranger.pk).update(is_staff=True)
    with transaction.atomic(), acting_as(cast.member):
        join(cast.community, "represent", stranger)
    end_person(cast.community, stranger.uuid, by=cast.member)

    with as_owner():
        assert User.objects.get(pk=stranger.pk).is_active is True


def test_the_page_says_what_follows_before_it_is_done(browser, cast):
    one_more(cast)
    page = text_of(browser.get(end_page(cast.member, cast.community)))

    assert "their code opens nothing any more" in page
    assert people_for(cast.member, cast.community)[1] == ("the teacher", False, False)


def test_nobody_ends_their_own_way_in(browser, cast):
    one_more(cast)

    own = reverse("community:person-end", args=[cast.member.uuid])
    page = browser.post(own)
    assert (browser.get(own).status_code, page.status_code) == (403, 403)
    assert "Ask another one of you" in text_of(page)
    with pytest.raises(PermissionDenied, match="Ask another one of you"):
        end_person(cast.community, cast.member.uuid, by=cast.member)
    with pytest.raises(ProgrammingError, match="this person may not"):
        asked_of_database(cast.member, "SELECT cre_end_person(%s, %s)", cast.community.pk, cast.member.pk)


def test_the_one_who_came_first_can_be_shut_out_by_another(cast):
    new = one_more(cast)
    end_person(cast.community, cast.member.uuid, by=new)

    assert people_for(new, cast.community) == [("", False, True), ("the teacher", False, False)]


def test_somebody_of_another_community_is_not_there(browser, cast, outsider):
    assert browser.get(reverse("community:person-end", args=[outsider.uuid])).status_code == 404
    with pytest.raises(Http404):
        end_person(cast.community, outsider.uuid, by=cast.member)
    with pytest.raises(ProgrammingError, match="this person may not"):
        asked_of_database(cast.member, "SELECT cre_end_person(%s, %s)", cast.community.pk, outsider.pk)


def test_ended_twice_is_ended_once(browser, cast):
    one_more(cast)
    page = end_page(cast.member, cast.community)
    first, second = (browser.post(page, follow=True) for _ in range(2))

    assert [text_of(answer).count("ended on") for answer in (first, second)] == [1, 1]


@pytest.mark.promise("P15")
def test_with_the_community_all_its_people_are_forgotten_and_what_it_called_them(cast, deliver):
    gone, stays = one_more(cast), one_more(cast, "the nurse")
    end_person(cast.community, gone.uuid, by=cast.member)
    order = order_deletion(cast.community, by=cast.member)
    confirm_deletion(order, version=order.version, by=stays)
    deliver()
    age(Deletion, 15, "ordered_at", "due_at", id=order.pk)
    with as_owner():
        words = [row.uuid for row in CommunityPerson.objects.all()]
    run_retention()

    assert places_of(*words, gone.uuid, stays.uuid, cast.member.uuid) - KEEPS_IDS == set()
