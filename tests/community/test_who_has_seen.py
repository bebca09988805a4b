"""Who has seen what: a community reads who opened its words and why, in plain words, and nothing of anybody else."""

import pytest
from django.db import transaction
from django.urls import reverse

from collaborations.actions import write_note
from collaborations.models import InternalNote, RequestStory
from collaborations.selectors.ledger import THINGS
from collaborators.actions import hide_name, show_name
from collaborators.models import CommunityIdentity
from cre.core.access import acting_as
from cre.core.ledger.models import LedgerEntry
from tests import canaries, journey
from tests.community.walking import text_of
from tests.conftest import as_owner
from tests.core.ledger.test_subjects import OF_NO_COMMUNITY

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P13")]
SEEN = "community:seen"
REASON = "The facilitator is away and a hearing is tomorrow."


def opened_by(person, *, reason="", model=RequestStory, field="need", **wanted) -> None:
    """Somebody reads one field, as a page does."""
    with transaction.atomic(), acting_as(person, reason=reason):
        assert getattr(model.objects.filter(**wanted).first(), field)


def page_of(browser) -> str:
    response = browser.get(reverse(SEEN))
    assert response.status_code == 200
    return text_of(response)


def test_the_desk_is_named_by_its_role_and_says_why(cast, browser):
    journey.received(cast)
    opened_by(cast.facilitator)

    page = page_of(browser)
    assert "Your region's desk opened: your story and what you need (what you need)" in page
    assert "They talk with you and look for allies." in page
    assert cast.facilitator.email not in page


def test_what_was_opened_is_not_on_the_page(cast, browser):
    journey.received(cast)
    opened_by(cast.facilitator)
    assert journey.ANSWERS["need"] not in page_of(browser)


def test_a_name_stands_there_only_while_its_person_agrees(cast, browser):
    journey.received(cast)
    opened_by(cast.facilitator)
    show_name("Wanjiru", by=cast.facilitator)
    assert "Wanjiru , Your region's desk" in page_of(browser)

    hide_name(by=cast.facilitator)
    assert "Wanjiru" not in page_of(browser)


def test_the_written_reason_of_somebody_without_a_relation_stands_there(cast, coordinator, browser):
    journey.received(cast)
    opened_by(coordinator, reason=REASON, model=CommunityIdentity, field="handle")

    page = page_of(browser)
    assert "The international coordinator opened: who you are and how to reach you" in page
    assert f"The reason they wrote: {REASON}" in page


def test_what_they_open_themselves_is_left_out(cast, browser):
    journey.received(cast)
    opened_by(cast.member)
    assert "Nobody else has opened anything of yours so far." in page_of(browser)


def test_of_notes_of_the_desk_they_learn_only_that_somebody_opened_them(cast, browser):
    request = journey.received(cast)
    write_note(request, text="CANARY OF A NOTE", once=request.uuid, by=cast.facilitator)
    opened_by(cast.facilitator, model=InternalNote, field="text")

    page = page_of(browser)
    assert "what the desk wrote down about your request" in page
    assert "CANARY" not in page


def test_another_community_reads_nothing_of_it(cast, strange_browser):
    journey.received(cast)
    opened_by(cast.facilitator)
    assert "Nobody else has opened anything of yours so far." in page_of(strange_browser)


def test_who_only_has_a_mandate_is_told_that_it_is_not_theirs(cast, helper_browser):
    journey.received(cast)
    opened_by(cast.facilitator)
    response = helper_browser.get(reverse(SEEN))
    assert (response.status_code, "Your region's desk opened" in response.content.decode()) == (403, False)


def test_the_same_role_on_the_same_day_is_one_line(cast, browser, coordinator):
    journey.received(cast)
    for field in ("need", "what_happens", "need"):
        opened_by(cast.facilitator, field=field)
    assert page_of(browser).count("Your region's desk") == 1


def test_pages_show_every_day_and_end(cast, browser, monkeypatch):
    monkeypatch.setattr("collaborations.selectors.ledger.MOST_ENTRIES", 2)
    journey.received(cast)
    for _ in range(5):
        opened_by(cast.facilitator)

    shown, url = 0, reverse(SEEN)
    while url:
        response = browser.get(url)
        shown += sum(len(day.sightings) for day in response.context["days"])
        url = response.context["next_url"]
    assert shown == 3


@pytest.mark.parametrize("before", ["x", "\0", "6d6f8d1e-8f4e-4b62-9d0c-0a3cf1e0b7aa"])
def test_a_page_that_does_not_exist_is_the_first_one(cast, browser, before):
    assert browser.get(reverse(SEEN), {"before": before}).status_code == 200


def test_every_record_has_plain_words():
    known = {model._meta.label for model in canaries.sealed_models()} - set(OF_NO_COMMUNITY)
    assert known <= set(THINGS)


def test_the_page_itself_opens_nothing_of_anybody(cast, browser):
    journey.received(cast)
    opened_by(cast.facilitator)
    with as_owner():
        before = LedgerEntry.objects.count()
    page_of(browser)
    with as_owner():
        assert LedgerEntry.objects.count() == before
