"""What a community sees of what somebody else wrote down for it."""

import gzip

import pytest
from django.urls import reverse

from collaborations.actions import confirm_words
from collaborations.models import Consent
from cre.core.access import Refused, acting_as
from tests import journey
from tests.community.test_weight import MOST_BYTES, MOST_QUERIES, statements
from tests.community.walking import shown_code, signed_in
from tests.conftest import as_owner
from tests.desk.writing_down import NEED, enter, made_by, paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(facilitator, at):
    at(facilitator).post("request-new", **paper())
    (request,) = made_by(facilitator)
    return request


@pytest.fixture
def browser(facilitator, about, at):
    """The browser of the community, which came with the code that the desk gave it."""
    return enter(shown_code(at(facilitator).post("request-first-code", about.uuid)))[0]


def opened(browser, name, about):
    return browser.get(reverse(f"community:{name}", args=[about.uuid])).content.decode()


def test_it_reads_by_whose_word_its_request_is_here(browser, about):
    page = opened(browser, "request", about)

    assert "as Mama Wanjiru, of the elders said it (by voice)" in page
    assert "Your decision, given by voice, was written down." in page
    assert NEED in opened(browser, "answers", about)


def test_it_says_itself_that_this_is_right_and_only_once(browser, about):
    address = reverse("community:words-confirm", args=[about.uuid])
    assert address in opened(browser, "request", about)
    first, second = browser.post(address), browser.post(address)

    assert (first.status_code, second.status_code) == (302, 403)
    assert address not in opened(browser, "request", about)
    with as_owner():
        forms = [row.form for row in Consent.objects.order_by("pk")]
    assert forms == ["voice", "portal"]


@pytest.mark.promise("P13")
def test_it_reads_who_wrote_it_down(browser, about):
    page = browser.get(reverse("community:seen")).content.decode()

    assert "worked on" in page
    assert "what you allowed" in page


def test_a_request_of_its_own_says_nothing_of_the_kind(cast):
    own = journey.received(cast)
    mine = signed_in(cast.member)

    assert "wrote this down for you" not in opened(mine, "request", own)
    assert mine.post(reverse("community:words-confirm", args=[own.uuid])).status_code == 403


@pytest.mark.promise("P10")
def test_the_one_who_wrote_it_down_does_not_confirm_it(facilitator, about, at):
    answer = at(facilitator).client.post(reverse("community:words-confirm", args=[about.uuid]))

    assert answer.status_code == 404
    with pytest.raises(Refused):
        confirm_words(about, by=facilitator)
    with acting_as(facilitator):
        assert Consent.objects.count() == 1


def test_its_pages_stay_as_light_as_every_other(browser, about):
    address = reverse("community:request", args=[about.uuid])

    assert len(statements(browser, address)) <= MOST_QUERIES
    assert len(gzip.compress(browser.get(address).content)) <= MOST_BYTES
