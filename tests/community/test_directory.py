"""The directory of allies: who is in it, asking for one, and what comes of it at the desk."""

import gzip

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from collaborations.actions import decline_offer, say_wish, take_back_wish
from collaborations.forms.directory import WishForm
from collaborations.matching import excluded, explain, rank
from collaborations.models import Wish
from collaborators.actions import change_directory, change_vetting
from collaborators.models import Collaborator, CollaboratorFacets
from collaborators.states import Vetting
from cre.core.access import acting_as, current_scope
from cre.core.outbox import notices_for
from cre.core.vocabularies import AccessLevel
from tests import journey
from tests.community.test_weight import MOST_BYTES, MOST_QUERIES, statements
from tests.community.walking import text_of
from tests.conftest import as_owner, log_in, roster_entry
from tests.journey import fresh, request_of

pytestmark = pytest.mark.django_db


def listed(entry, by, *, is_shown=True):
    entry = fresh(entry, by)
    return change_directory(entry, version=entry.version, is_shown=is_shown, by=by)


@pytest.fixture
def found(cast, coordinator):
    """An entry that agreed to be found, beside the ally of the path, which did not."""
    return listed(roster_entry("River Watch", coordinator, areas=["science"], countries=["TZ"]), coordinator)


def address(request):
    return f"/community/requests/{request.uuid}/allies/"


def names_on(page):
    return [name for name in ("Lake Law Group", "River Watch", "Hill Research House") if name in text_of(page)]


def wished(cast, request, entry, kind=Wish.Kind.WANTED, reason=""):
    return say_wish(request, entry, kind=kind, reason=reason, by=cast.member)


# --- Who is in it --------------------------------------------------------------------------------------
def test_only_who_agreed_is_in_the_directory(cast, browser, found):
    assert names_on(browser.get(address(journey.accepted(cast)))) == ["River Watch"]


@pytest.mark.promise("P09")
def test_before_the_desk_takes_a_request_on_nobody_is_found(cast, browser, found):
    request = journey.talked(cast)

    assert names_on(browser.get(address(request))) == []
    with acting_as(cast.member):
        assert not Collaborator.objects.visible_to(current_scope()).exists()


def test_of_a_request_that_is_over_the_directory_is_closed(cast, browser, found):
    assert names_on(browser.get(address(journey.declined(cast)))) == []


@pytest.mark.parametrize("status", [Vetting.SUSPENDED, Vetting.RETIRED])
def test_who_is_suspended_or_retired_is_not_found(cast, browser, coordinator, found, status):
    change_vetting(fresh(found, coordinator), status, version=fresh(found, coordinator).version, by=coordinator)

    assert names_on(browser.get(address(journey.accepted(cast)))) == []


def test_who_may_read_public_information_only_is_not_found(cast, browser, coordinator):
    listed(roster_entry("River Watch", coordinator, level=AccessLevel.PUBLIC), coordinator)

    assert names_on(browser.get(address(journey.accepted(cast)))) == []


def test_who_does_not_work_in_the_country_is_not_found(cast, browser, coordinator):
    listed(roster_entry("River Watch", coordinator, refused_countries=["KE"]), coordinator)

    assert names_on(browser.get(address(journey.accepted(cast)))) == []


def test_who_has_a_conflict_of_interest_is_not_found_and_nothing_says_why(cast, browser, coordinator, found):
    listed(cast.collaborator, cast.ally)
    introduction = journey.offered(cast)
    decline_offer(introduction, version=introduction.version, has_conflict=True, by=cast.ally)

    page = browser.get(address(request_of(introduction, cast.member)))

    assert names_on(page) == ["River Watch"]
    assert "conflict" not in text_of(page)


def test_who_is_away_or_full_is_found_all_the_same(cast, browser, coordinator, found):
    with as_owner():
        CollaboratorFacets.objects.filter(collaborator=found).update(parallel_limit=0, hours_a_month=0)

    assert names_on(browser.get(address(journey.accepted(cast)))) == ["River Watch"]


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("area=science", ["River Watch"]),
        ("area=media", []),
        ("country=TZ", ["River Watch"]),
        ("country=KE&language=sw", ["Lake Law Group", "River Watch"]),
        ("country=nowhere", ["Lake Law Group", "River Watch"]),
    ],
    ids=["area", "other-area", "country", "country-and-language", "no-country"],
)
def test_the_directory_is_searched(cast, browser, found, search, names):
    listed(cast.collaborator, cast.ally)

    assert names_on(browser.get(f"{address(journey.accepted(cast))}?{search}")) == names


def test_the_page_of_an_entry_shows_what_it_does_and_neither_time_nor_level(cast, browser, coordinator, found):
    page = text_of(browser.get(f"{address(journey.accepted(cast))}?ally={found.uuid}"))

    assert "Scientific and technical analysis of impacts" in page
    assert "Tanzania" in page
    assert [word for word in ("hours", "level", "legal@test.example", "River Watch Ltd") if word in page] == []


@pytest.mark.promise("P09")
def test_the_page_of_who_is_not_in_the_directory_is_not_there(cast, browser, found, other_collaborator):
    page = browser.get(f"{address(journey.accepted(cast))}?ally={other_collaborator.uuid}")

    assert "Hill Research House" not in text_of(page)


def test_a_directory_of_many_is_turned_page_by_page(cast, browser, coordinator):
    for number in range(10):
        listed(roster_entry(f"Entry {number}", coordinator), coordinator)
    request = journey.accepted(cast)

    first = browser.get(address(request))
    second = browser.get(first.context["next_url"])

    assert [entry["name"] for entry in first.context["entries"]] == [f"Entry {number}" for number in range(8)]
    assert [entry["name"] for entry in second.context["entries"]] == ["Entry 8", "Entry 9"]


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_the_directory_is_light(cast, browser, coordinator, language):
    for number in range(9):
        listed(roster_entry(f"Entry {number}", coordinator, countries=["KE", "UG", "TZ", "MZ"]), coordinator)
    request = journey.accepted(cast)

    pages = [browser.get(f"/{language}{address(request)}")]
    pages.append(browser.get(pages[0].context["entries"][0]["url"]))

    assert [len(gzip.compress(page.content)) <= MOST_BYTES for page in pages] == [True, True]


def test_the_directory_asks_the_same_for_one_and_for_many(cast, browser, coordinator, found):
    request = journey.accepted(cast)
    one = len(statements(browser, address(request)))
    for number in range(3):
        wished(cast, request, listed(roster_entry(f"Entry {number}", coordinator), coordinator))

    assert len(statements(browser, address(request))) <= one + 1 <= MOST_QUERIES


# --- Asking for one ------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", Wish.Kind.values)
def test_what_a_community_says_of_an_ally_stands_on_the_page_and_can_be_changed(cast, browser, found, kind):
    request = journey.accepted(cast)
    wished(cast, request, found, kind=Wish.Kind.WANTED)

    answer = browser.post(address(request), {"ally": found.uuid, "decision": kind, "reason": "They know our river."})

    assert (answer.status_code, answer.url) == (302, address(request))
    with acting_as(cast.member):
        assert [(wish.kind, wish.reason) for wish in Wish.objects.all()] == [(kind, "They know our river.")]
    assert str(WishForm.SAID[Wish.Kind(kind)]) in text_of(browser.get(address(request)))


def test_a_wish_is_taken_back_with_one_button(cast, browser, found):
    request = journey.accepted(cast)
    wished(cast, request, found)

    browser.post(address(request), {"ally": found.uuid, "decision": "none"})

    with acting_as(cast.member):
        assert not Wish.objects.exists()


@pytest.mark.promise("P29")
def test_words_that_are_too_long_are_kept_on_the_page(cast, browser, found):
    request = journey.accepted(cast)

    page = browser.post(address(request), {"ally": found.uuid, "decision": "wanted", "reason": "x" * 1001})

    assert page.status_code == 422
    assert "x" * 1001 in page.content.decode()


def test_the_desk_is_told_once_and_without_a_word(cast, deliver, found, coordinator):
    request = journey.accepted(cast)
    wished(cast, request, found, reason="They know our river.")
    wished(cast, request, listed(cast.collaborator, cast.ally))
    deliver()

    with acting_as(cast.facilitator):
        told = [str(notice.text) for notice in notices_for(current_scope(), limit=9) if "allies" in str(notice.text)]
    assert told == ["A community said something about allies."]


@pytest.mark.promise("P12")
def test_no_ally_learns_of_a_wish(cast, found):
    request = journey.accepted(cast)
    wished(cast, request, listed(cast.collaborator, cast.ally))

    with acting_as(cast.ally):
        assert not Wish.objects.exists()


def test_who_is_not_in_the_directory_cannot_be_asked_for(cast, found, other_collaborator):
    with pytest.raises(PermissionDenied):
        wished(cast, journey.accepted(cast), other_collaborator)


def test_before_the_desk_takes_it_on_nobody_can_be_asked_for(cast, found):
    with pytest.raises(PermissionDenied):
        wished(cast, journey.talked(cast), found)


def test_only_the_community_takes_its_wish_back(cast, found):
    wish = wished(cast, journey.accepted(cast), found)

    with pytest.raises(PermissionDenied):
        take_back_wish(wish, by=cast.facilitator)


# --- At the desk ---------------------------------------------------------------------------------------
def test_whom_the_community_asked_for_comes_first_with_that_reason(cast, coordinator):
    weak = listed(roster_entry("Zebra Centre", coordinator, hours_a_month=None), coordinator)
    request = journey.approved(cast)
    wished(cast, request, weak)

    with acting_as(cast.facilitator):
        first, second = rank(request.briefs.get())[:2]
    assert [first.collaborator.display_name, first.is_wished, first.reasons[0].text] == [
        "Zebra Centre", True, "The community asked for this ally.",
    ]  # fmt: skip
    assert first.score < second.score


def test_whom_the_community_works_with_is_not_suggested_as_a_stranger(cast, coordinator):
    known = listed(cast.collaborator, cast.ally)
    request = journey.approved(cast)
    wished(cast, request, known, kind=Wish.Kind.KNOWN)

    with acting_as(cast.facilitator):
        brief = request.briefs.get()
        assert explain(brief, known).sentences == ["The community works with it already."]
        assert known.display_name not in [found.collaborator.display_name for found in rank(brief)]


def test_a_wish_that_cannot_be_met_is_said_to_the_desk_with_its_cause(cast, coordinator, found):
    request = journey.approved(cast)
    wished(cast, request, found)

    with acting_as(cast.facilitator):
        first = excluded(request.briefs.get())[0]
    assert [first.collaborator.display_name, first.is_wished] == ["River Watch", True]
    assert first.sentences == ["It works in none of the strategy areas of the brief."]


@pytest.mark.parametrize("page", ["match", "allies"])
def test_the_desk_reads_what_the_community_said(client, cast, coordinator, found, page):
    request = journey.approved(cast)
    wished(cast, request, found, reason="They know our river.")

    shown = text_of(log_in(client, cast.facilitator).get(f"/desk/requests/{request.uuid}/{page}/"))

    assert "River Watch" in shown
    assert "They know our river." in shown


def test_the_way_to_the_directory_is_on_the_page_of_the_request(cast, browser, found):
    request = journey.accepted(cast)

    offers = browser.get(f"/community/requests/{request.uuid}/")
    assert f"/community/requests/{request.uuid}/offers/" in offers.content.decode()
    assert address(request) in browser.get(f"/community/requests/{request.uuid}/offers/").content.decode()
