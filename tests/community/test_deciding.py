"""The community decides: brief, offers, ally, fields; and lives with an ally, and ends it."""

import dataclasses

import pytest

from collaborations.actions import (
    propose_allies,
    propose_brief,
    write_brief,
)
from collaborations.models import (
    BriefVersion,
    Collaboration,
    Consent,
    Disclosure,
    Introduction,
)
from collaborations.states import BriefStatus, IntroductionStatus
from collaborators.actions import give_role
from cre.core.access import acting_as
from cre.core.vocabularies import AccessLevel
from tests import journey
from tests.community.walking import text_of
from tests.conftest import roster_entry
from tests.journey import BRIEF, fresh, request_of

pytestmark = pytest.mark.django_db


def post(browser, address, version, **typed):
    return browser.post(address, {"version": version} | typed)


# --- The brief -----------------------------------------------------------------------------------------
def test_the_brief_is_read_word_for_word_in_its_language(cast, browser):
    brief = journey.briefed(cast, language="sw", title="Malisho", text="Jamii ya wafugaji inaomba msaada.")

    page = browser.get(f"/community/briefs/{brief.uuid}/")

    assert 'lang="sw" dir="auto"' in page.content.decode()
    assert "Jamii ya wafugaji inaomba msaada." in text_of(page)
    assert "your country: Kenya" in text_of(page)
    assert "Advocacy with decision-makers" in text_of(page)


def test_a_brief_without_a_country_shows_only_the_region(cast, browser):
    brief = journey.briefed(cast, shown_country="")

    assert "your region only: Africa" in text_of(browser.get(f"/community/briefs/{brief.uuid}/"))


def test_a_brief_that_is_still_written_is_not_shown(cast, browser):
    brief = journey.written(cast)

    assert browser.get(f"/community/briefs/{brief.uuid}/").status_code == 404
    assert BRIEF["title"] not in text_of(browser.get(f"/community/requests/{request_of(brief, cast.member).uuid}/"))


def test_a_yes_approves_this_version_once(cast, browser):
    brief = journey.briefed(cast)
    address = f"/community/briefs/{brief.uuid}/"

    first = post(browser, address, brief.version, decision="approve")
    second = post(browser, address, brief.version, decision="approve")

    assert (first.status_code, second.status_code) == (302, 302)
    assert fresh(brief, cast.member).status == BriefStatus.APPROVED
    with acting_as(cast.member):
        assert Consent.objects.filter(about=Consent.About.BRIEF).count() == 1


def test_wishes_send_the_version_back_and_the_next_one_takes_its_place(cast, browser):
    brief = journey.briefed(cast)
    post(
        browser,
        f"/community/briefs/{brief.uuid}/",
        brief.version,
        decision="back",
        wishes="Leave the lake out.",
    )
    request = request_of(brief, cast.facilitator)
    newer = write_brief(request, by=cast.facilitator, **BRIEF)
    propose_brief(newer, version=newer.version, by=cast.facilitator)

    page = browser.get(f"/community/briefs/{newer.uuid}/")

    assert f"/community/briefs/{brief.uuid}/" in page.content.decode()
    assert "Leave the lake out." in text_of(browser.get(f"/community/briefs/{brief.uuid}/"))


@pytest.mark.promise("P29")
@pytest.mark.parametrize("wishes", ["x" * 3001, "a\x00b"])
def test_wishes_that_cannot_be_taken_are_kept_on_the_page(cast, browser, wishes):
    brief = journey.briefed(cast)

    page = post(browser, f"/community/briefs/{brief.uuid}/", brief.version, decision="back", wishes=wishes)

    assert page.status_code == 422
    assert fresh(brief, cast.member).status == BriefStatus.PROPOSED


@pytest.mark.promise("P29")
def test_a_yes_to_an_old_state_is_refused(cast, browser):
    brief = journey.briefed(cast)

    assert post(browser, f"/community/briefs/{brief.uuid}/", brief.version - 1).status_code == 409
    assert fresh(brief, cast.member).status == BriefStatus.PROPOSED


# --- Offers --------------------------------------------------------------------------------------------
def offers_of(introduction, cast) -> str:
    return f"/community/requests/{request_of(introduction, cast.member).uuid}/offers/"


def test_an_ally_is_suggested_by_kind_and_place_with_public_reasons_only(cast, browser):
    introduction = journey.proposed(cast)

    words = text_of(browser.get(offers_of(introduction, cast)))

    assert "Organisation in Kenya" in words
    assert "Lake Law Group" not in words
    assert "Strategy areas:" in words
    for private in ("Time now", "Access level", "Past outcomes"):
        assert private not in words


def test_the_ticked_allies_are_asked_and_the_others_are_not(cast, browser, coordinator, other_collaborator):
    request = journey.approved(cast)
    introductions = propose_allies(
        request,
        version=request.version,
        collaborators=[cast.collaborator, other_collaborator],
        by=cast.facilitator,
    )
    request = fresh(request, cast.member)

    chosen = [str(introductions[0].uuid)]
    address = f"/community/requests/{request.uuid}/offers/"
    post(browser, address, request.version, allies=chosen, decision="allow")

    with acting_as(cast.member):
        assert list(Introduction.objects.order_by("pk").values_list("status", flat=True)) == [
            "offered",
            "refused",
        ]


def test_a_no_asks_nobody(cast, browser):
    introduction = journey.proposed(cast)
    request = request_of(introduction, cast.member)

    post(browser, offers_of(introduction, cast), request.version, decision="none")

    assert fresh(introduction, cast.member).status == IntroductionStatus.REFUSED


@pytest.mark.promise("P29")
@pytest.mark.parametrize("allies", [[], ["no-uuid"], ["00000000-0000-4000-8000-000000000000"], ["\x00"], [""]])
def test_allies_that_are_none_are_a_form_error(cast, browser, allies):
    introduction = journey.proposed(cast)
    request = request_of(introduction, cast.member)

    page = post(browser, offers_of(introduction, cast), request.version, allies=allies, decision="allow")

    assert page.status_code == 422
    assert fresh(introduction, cast.member).status == IntroductionStatus.PROPOSED


def test_an_introduction_of_another_request_cannot_be_allowed_here(cast, browser):
    first, request = journey.proposed(cast), journey.approved(cast)
    request = fresh(request, cast.member)

    page = post(
        browser,
        f"/community/requests/{request.uuid}/offers/",
        request.version,
        allies=[str(first.uuid)],
        decision="allow",
    )

    assert page.status_code == 422
    assert fresh(first, cast.member).status == IntroductionStatus.PROPOSED


# --- Choosing ------------------------------------------------------------------------------------------
@pytest.mark.promise("P11")
@pytest.mark.promise("P12")
def test_the_community_chooses_a_willing_ally_and_shares_exactly_what_it_ticked(cast, browser):
    introduction = journey.willing(cast)
    address = f"/community/introductions/{introduction.uuid}/choose/"
    words = text_of(browser.get(address))
    assert "Amina of Lake Law" in words
    assert "We know this bank." in words
    assert "Your country: \u2068Kenya\u2069" in words

    page = post(browser, address, introduction.version, fields_shared=["chosen_name", "country"])

    with acting_as(cast.ally):
        shared = {row.field: row.value for row in Disclosure.objects.all()}
        work = Collaboration.objects.get()
    assert shared == {"chosen_name": "People of Riverbend", "country": "KE"}
    assert page.url == f"/community/collaborations/{work.uuid}/"
    assert browser.get(address).url == page.url


@pytest.mark.promise("P29")
@pytest.mark.parametrize("fields", [[], ["password"], ["chosen_name", "\x00"]])
def test_fields_that_are_none_share_nothing(cast, browser, fields):
    introduction = journey.willing(cast)

    page = post(
        browser,
        f"/community/introductions/{introduction.uuid}/choose/",
        introduction.version,
        fields_shared=fields,
    )

    assert page.status_code == 422
    with acting_as(cast.member):
        assert not Disclosure.objects.exists()


def test_an_ally_is_left_out_without_a_reason_and_may_be_chosen_later(cast, browser):
    introduction = journey.willing(cast)
    refuse = f"/community/introductions/{introduction.uuid}/refuse/"

    post(browser, refuse, introduction.version)
    post(browser, refuse, introduction.version)

    left_out = fresh(introduction, cast.member)
    assert left_out.status == IntroductionStatus.NOT_CHOSEN
    with acting_as(cast.ally):
        assert not BriefVersion.objects.exists()
    post(
        browser,
        f"/community/introductions/{introduction.uuid}/choose/",
        left_out.version,
        fields_shared=["country"],
    )
    assert fresh(introduction, cast.member).status == IntroductionStatus.ACCEPTED


def test_an_ally_that_was_asked_can_be_taken_back_before_it_answers(cast, browser):
    introduction = journey.offered(cast)
    page = browser.get(f"/community/introductions/{introduction.uuid}/choose/")
    assert "Leave this ally out" in text_of(page)

    post(browser, f"/community/introductions/{introduction.uuid}/refuse/", introduction.version)

    with acting_as(cast.ally):
        assert not BriefVersion.objects.exists()


def test_an_ally_at_level_2_waits_for_a_second_person(cast, browser, coordinator):
    entry = roster_entry("River Radio", coordinator, level=AccessLevel.BRIEFS)
    give_role(entry, "speak_for", cast.ally, by=coordinator)
    introduction = journey.willing(dataclasses.replace(cast, collaborator=entry))

    page = post(
        browser,
        f"/community/introductions/{introduction.uuid}/choose/",
        introduction.version,
        fields_shared=["country"],
    )

    assert "A second person has to agree" in text_of(browser.get(page.url))
    with acting_as(cast.ally):
        assert not Disclosure.objects.exists()
    waiting = browser.get(f"/community/introductions/{introduction.uuid}/choose/")
    assert "chosen by you; a second person looks at it first" in text_of(waiting)
