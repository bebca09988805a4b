"""How long something is kept stands where the community sees it: when we ask, what happens then, or why it stands."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from collaborations.actions import order_deletion, withdraw_request
from collaborations.clocks_kept import own_clocks
from collaborations.models import SupportRequest
from collaborations.selectors.retention import kept_lines
from collaborators.actions import place_hold
from cre.core.access import acting_as, current_scope
from cre.core.registries import retained
from tests import journey
from tests.community.walking import text_of
from tests.journey import fresh
from tests.retaining import ask_and_wait, over_since

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P15")]
HOME = reverse("community:home")


def withdrawn(cast) -> SupportRequest:
    request = journey.received(cast)
    return fresh(withdraw_request(request, version=request.version, by=cast.member), cast.member)


def lines(cast, reader=None) -> dict[UUID, str]:
    with acting_as(reader or cast.member):
        return kept_lines(current_scope())


def in_days(days: int) -> str:
    return date_format(timezone.localtime(timezone.now() + timedelta(days=days)), "DATE_FORMAT")


def test_an_ended_request_says_when_we_ask_and_what_happens_without_an_answer(cast, browser):
    request = withdrawn(cast)
    rule = retained["withdrawn"]
    ask, last = in_days(rule.days - rule.asks_before_days), in_days(rule.days)

    sentence = f"We will ask you on {ask} whether we should keep this. Without an answer we delete it on {last}."
    assert sentence in text_of(browser.get(reverse("community:request", args=[request.uuid])))
    assert sentence in text_of(browser.get(HOME))


def test_the_dates_follow_the_rules_of_the_secretariat(cast):
    request = withdrawn(cast)
    over_since(request, 50)
    rule = retained["withdrawn"]

    assert in_days(rule.days - 50) in lines(cast)[request.uuid]


def test_who_they_are_has_a_line_of_its_own_once_the_last_request_has_ended(cast, browser):
    request = journey.received(cast)
    open_still = text_of(browser.get(HOME))
    withdraw_request(request, version=request.version, by=cast.member)

    ended = text_of(browser.get(HOME))
    words = "Who you are and how to reach you: We will ask you on"
    assert (words in open_still, words in ended) == (False, True)


def test_a_draft_says_until_when_it_is_kept(cast, browser):
    draft = journey.draft(cast)

    sentence = f"We keep this until {in_days(retained['drafts'].days)}. Each time you come back, the time begins anew."
    assert lines(cast)[draft.uuid] == sentence
    assert sentence in text_of(browser.get(HOME))


def test_an_open_request_has_no_date(cast, browser):
    request = journey.received(cast)

    page = text_of(browser.get(reverse("community:request", args=[request.uuid])))
    assert lines(cast) == {}
    assert not re.search("whether we should keep|We keep this|We delete this", page)


def test_while_a_clock_stands_there_is_the_reason_and_no_date(cast, coordinator):
    request = withdrawn(cast)
    place_hold("collaborations.SupportRequest", request.uuid, reason="a court has asked for it", by=coordinator)

    assert lines(cast)[request.uuid] == "We keep this for now, because it has to be kept for a legal reason."


def test_once_asked_it_says_so_with_the_day(cast):
    request = withdrawn(cast)
    over_since(request, retained["withdrawn"].days - retained["withdrawn"].asks_before_days)
    ask_and_wait(0)

    assert lines(cast)[request.uuid].startswith("We asked you whether we should keep this. It is deleted on ")


def test_a_request_that_is_ordered_to_be_deleted_has_no_other_date(cast):
    request, other = withdrawn(cast), withdrawn(cast)
    order_deletion(cast.community, request=request, by=cast.member)

    assert lines(cast).keys() == {other.uuid, cast.community.uuid}


def test_a_community_that_is_ordered_to_be_deleted_has_no_other_date(cast):
    withdrawn(cast)
    order_deletion(cast.community, by=cast.member)

    assert lines(cast) == {}


@pytest.mark.parametrize("person", ["outsider", "facilitator", "coordinator", "steward", "ally"])
def test_nobody_else_reads_these_clocks_here(cast, request, person):
    withdrawn(cast)
    other = request.getfixturevalue(person)

    with acting_as(other):
        assert [clock for clock in own_clocks(9) if clock.community_id == cast.community.pk] == []


def test_somebody_with_its_mandate_reads_them_too(cast, supporter):
    request = withdrawn(cast)

    assert lines(cast, supporter).keys() >= {request.uuid}
