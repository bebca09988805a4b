"""The community stops everything: two taps, and out."""

import pytest

from collaborations.models import Introduction
from collaborators.models import Freeze
from cre.core.access import acting_as, join
from tests import journey
from tests.community.walking import hidden, signed_in, text_of
from tests.conftest import as_owner, community_of

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P11")]
FREEZE, FROZEN = "/community/freeze/", "/community/frozen/"


@pytest.mark.parametrize("path", ["/community/", "/community/consents/"])
def test_the_way_to_stop_everything_is_on_every_page(cast, browser, path):
    assert f'href="{FREEZE}"' in browser.get(path).content.decode()


def test_a_page_says_what_follows_before_anything_is_stopped(cast, browser):
    journey.received(cast)

    page = browser.get(FREEZE)

    assert "No ally sees anything of you any more." in text_of(page)
    with as_owner():
        assert Freeze.objects.count() == 0


@pytest.mark.promise("P03")
def test_one_tap_stops_everything_and_leads_out(cast, browser):
    journey.introduced(cast)
    community = hidden(browser.get(FREEZE), "community")

    answer = browser.post(FREEZE, {"community": community, "reason": "They took Asha's phone."})

    assert (answer.status_code, answer.url) == (302, FROZEN)
    assert "cookies" in answer.headers["Clear-Site-Data"]
    assert browser.get("/community/consents/").status_code == 302
    with acting_as(cast.facilitator):
        made = Freeze.objects.get()
        assert (made.side, made.reason, made.frozen_by_id) == ("community", "They took Asha's phone.", cast.member.pk)
    with acting_as(cast.ally):
        assert Introduction.objects.count() == 0


def test_no_word_is_needed(cast, browser):
    answer = browser.post(FREEZE, {"community": str(cast.community.uuid)})

    assert answer.status_code == 302
    with as_owner():
        assert Freeze.objects.get().is_open


def test_the_page_behind_the_door_says_what_to_do_and_knows_nobody(client):
    page = client.get(FROZEN)

    assert "Everything has stopped" in text_of(page)
    assert page.status_code == 200


def test_somebody_with_a_mandate_can_stop_everything(cast, helper_browser):
    assert helper_browser.post(FREEZE, {"community": str(cast.community.uuid)}).status_code == 302
    with as_owner():
        assert Freeze.objects.get().is_open


def test_who_speaks_for_several_says_which_one(cast, helper_browser, supporter, region):
    other, near = community_of("Lakeside", region)
    with acting_as(other):
        join(near, "support", supporter)

    page = helper_browser.get(FREEZE)
    helper_browser.post(FREEZE, {"community": str(near.uuid)})

    assert ("People of Riverbend" in text_of(page), "People of Lakeside" in text_of(page)) == (True, True)
    with as_owner():
        assert Freeze.objects.get().community_id == near.pk


@pytest.mark.promise("P29")
@pytest.mark.parametrize("typed", [{}, {"community": "x"}, {"community": "0b0b4d5e-0000-4000-8000-000000000000"}])
def test_what_is_no_community_of_theirs_stops_nothing(cast, browser, typed):
    assert browser.post(FREEZE, typed | {"reason": "kept words"}).status_code == 422
    with as_owner():
        assert Freeze.objects.count() == 0


def test_nobody_stops_everything_about_another_community(cast, strange_browser):
    assert strange_browser.post(FREEZE, {"community": str(cast.community.uuid)}).status_code == 422


def test_who_has_sent_nothing_is_told_that_nobody_reads_it(intake):
    page = signed_in(intake.user).get(FREEZE)

    assert "nobody but you can read what you wrote" in text_of(page)
    assert "Stop everything now" not in text_of(page)


@pytest.mark.promise("P06")
def test_a_receipt_code_in_the_reason_is_refused(cast, browser):
    code = "0000 0000 0000 0000 0000 0000 0000"

    answer = browser.post(FREEZE, {"community": str(cast.community.uuid), "reason": code})

    assert answer.status_code == 422
    with as_owner():
        assert Freeze.objects.count() == 0
