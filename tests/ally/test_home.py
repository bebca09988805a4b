"""Where an ally begins: what waits, whether it has room, and what is over."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from collaborations.actions import decline_offer
from collaborators.actions import give_role
from collaborators.models import CollaboratorFacets
from tests import journey
from tests.conftest import community_of, roster_entry
from tests.journey import BRIEF, Cast, fresh

pytestmark = pytest.mark.django_db


def facets(cast) -> CollaboratorFacets:
    return CollaboratorFacets.objects.get(pk=cast.collaborator.pk)


def capacity(cast, name="capacity"):
    return reverse(f"ally:{name}", args=[cast.collaborator.uuid])


def test_an_empty_page_says_what_happens_next(cast, as_ally):
    page = as_ally.get(reverse("ally:home")).content.decode()

    assert "Nobody waits for you." in page
    assert "Lake Law Group" in page


def test_not_now_is_one_click_and_so_is_coming_back(cast, as_ally):
    version = fresh(cast.collaborator, cast.ally).version
    as_ally.post(capacity(cast, "pause"), {"version": version, "is_pause": "on"})
    paused = facets(cast).away_until

    as_ally.post(capacity(cast, "pause"), {"version": fresh(cast.collaborator, cast.ally).version})

    assert (paused, facets(cast).away_until) == (timezone.localdate() + timedelta(days=30), None)


def test_a_pause_keeps_what_was_said_before(cast, as_ally):
    before = facets(cast)
    version = fresh(cast.collaborator, cast.ally).version

    as_ally.post(capacity(cast, "pause"), {"version": version, "is_pause": "on"})

    after = facets(cast)
    assert (after.hours_a_month, after.parallel_limit) == (before.hours_a_month, before.parallel_limit)


def test_a_second_click_on_not_now_is_calm(cast, as_ally):
    form = {"version": fresh(cast.collaborator, cast.ally).version, "is_pause": "on"}

    answers = [as_ally.post(capacity(cast, "pause"), form).status_code for _ in range(2)]

    assert answers == [302, 302]


def test_an_ally_says_how_much_it_can_do(cast, as_ally):
    day = timezone.localdate() + timedelta(days=60)
    form = {"version": fresh(cast.collaborator, cast.ally).version, "hours_a_month": 8, "parallel_limit": 1}

    response = as_ally.post(capacity(cast), form | {"away_until": day.isoformat()})

    kept = facets(cast)
    assert response.status_code == 302
    assert (kept.hours_a_month, kept.parallel_limit, kept.away_until) == (8, 1, day)
    assert fresh(cast.collaborator, cast.ally).last_confirmed_on == timezone.localdate()


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "wrong",
    [
        {"hours_a_month": "many"}, {"hours_a_month": -1}, {"hours_a_month": 10**9}, {"parallel_limit": ""},
        {"parallel_limit": 10**6}, {"away_until": "soon"}, {"away_until": "9999-12-31"}, {"version": ""},
    ],
)  # fmt: skip
def test_wrong_numbers_are_asked_for_again(cast, as_ally, wrong):
    before = facets(cast)
    form = {"version": fresh(cast.collaborator, cast.ally).version, "hours_a_month": 8, "parallel_limit": 1}

    response = as_ally.post(capacity(cast), form | wrong)

    assert response.status_code == 422
    assert facets(cast).hours_a_month == before.hours_a_month


def test_nobody_else_says_what_an_ally_can_do(cast, browser, other_ally, facilitator):
    answers = [browser(user).post(capacity(cast), {}).status_code for user in (other_ally, facilitator)]

    assert answers == [404, 404]


def test_what_is_over_stays_readable_without_its_brief(cast, as_ally):
    introduction = journey.offered(cast)
    decline_offer(introduction, version=introduction.version, by=cast.ally)

    page = as_ally.get(reverse("ally:past")).content.decode()

    assert BRIEF["title"] not in page
    assert reverse("ally:offer", args=[introduction.uuid]) in page


def queries_of_home(client) -> int:
    client.get(reverse("ally:home"))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("ally:home")).status_code == 200
    return len([one for one in asked.captured_queries if one["sql"].startswith(("SELECT", "INSERT", "UPDATE"))])


def test_the_first_page_asks_the_database_the_same_for_one_offer_and_for_three(cast, as_ally, coordinator, region):
    journey.offered(cast)
    one = queries_of_home(as_ally)
    for number in range(2):
        member, community = community_of(f"Place {number}", region)
        entry = roster_entry(f"Second house {number}", coordinator)
        give_role(entry, "speak_for", cast.ally, by=coordinator)
        journey.offered(Cast(member, community, cast.facilitator, entry, cast.ally))

    three = queries_of_home(as_ally)

    assert (three, three <= 12) == (one, True)
