"""Ranking: who comes first, why, and that the reasons are the score."""

from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from collaborations.matching import Component, Exclusion, Reason, Suggestion, Verdict, Weights, explain, rank
from collaborations.models import BriefVersion, SupportRequest
from collaborators.models import Community, User
from cre.core.access import acting_as, current_actor, current_scope
from cre.core.vault import cache
from cre.core.vocabularies import AccessLevel
from tests.collaborations.matching_world import DAM, based_in, brief_of, request_of
from tests.conftest import roster_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def support_request(community: Community) -> SupportRequest:
    return request_of(community)


@pytest.fixture
def brief(support_request: SupportRequest, facilitator: User) -> BriefVersion:
    return brief_of(support_request, facilitator, skills=["litigation", "land-law"], **DAM)


def names(suggestions: list[Suggestion]) -> list[str]:
    return [suggestion.collaborator.display_name for suggestion in suggestions]


def reason_of(suggestion: Suggestion | Exclusion, component: Component) -> Reason:
    assert isinstance(suggestion, Suggestion)
    return next(reason for reason in suggestion.reasons if reason.component == component)


def test_a_nearer_ally_comes_first(brief, facilitator, coordinator):
    based_in("FR", roster_entry("Elsewhere", coordinator, levels=["national"], countries=["FR"]))
    based_in("FR", roster_entry("International", coordinator, levels=["international"], countries=[]))
    based_in("UG", roster_entry("Neighbour", coordinator, levels=["national"], countries=["UG"]))
    roster_entry("Regional", coordinator, levels=["regional"], countries=["KE", "UG"])
    roster_entry("National", coordinator, levels=["national"])

    with acting_as(facilitator):
        ranked = names(rank(brief))

    assert ranked == ["National", "Regional", "Neighbour", "International", "Elsewhere"]


def test_the_order_by_distance_turns_when_a_foreign_link_helps(brief, facilitator, coordinator):
    roster_entry("National", coordinator, levels=["national"])
    roster_entry("Regional", coordinator, levels=["regional"])

    with acting_as(facilitator):
        assert names(rank(brief, foreign_link_helps=True)) == ["Regional", "National"]


def test_a_reason_says_what_fits_and_what_does_not(brief, facilitator, coordinator):
    known: dict[str, Any] = {
        "skills": ["litigation"],
        "sectors": ["23240"],
        "financiers": ["IFC"],
        "levels": ["local"],
    }
    ally = roster_entry("Lake Law Group", coordinator, areas=["courts"], remote_only=True, **known)

    with acting_as(facilitator):
        found = explain(brief, ally)

    assert isinstance(found, Suggestion)
    assert [(reason.component.value, reason.finding, reason.points, reason.of) for reason in found.reasons] == [
        ("areas", "some", 10, 20),
        ("skills", "some", 9, 18),
        ("place", "here", 22, 22),
        ("language", "all", 12, 12),
        ("sector", "near", 5, 8),
        ("financier", "other", 0, 6),
        ("capacity", "free", 5, 5),
        ("level", "identified", 4, 4),
        ("outcomes", "new", 2, 5),
    ]
    assert found.score == 69
    assert reason_of(found, Component.AREAS).text == (
        "Works in Courts and complaints to seek remedy, but not in Advocacy with decision-makers."
    )
    assert reason_of(found, Component.PLACE).text == (
        "A local or national group that works in Kenya. It helps from a distance only."
    )


def test_who_has_said_nothing_of_itself_is_unknown_and_not_a_mismatch(brief, facilitator, coordinator):
    ally = roster_entry("Quiet Group", coordinator, hours_a_month=None)

    with acting_as(facilitator):
        found = explain(brief, ally)

    verdicts = {
        component.value: reason_of(found, component).verdict
        for component in (
            Component.SKILLS,
            Component.SECTOR,
            Component.FINANCIER,
            Component.CAPACITY,
            Component.OUTCOMES,
        )
    }
    assert set(verdicts.values()) == {Verdict.UNKNOWN}


def test_one_success_does_not_beat_ten(brief, facilitator, coordinator):
    roster_entry("Ten", coordinator, good_outcomes=10)
    roster_entry("One", coordinator, good_outcomes=1)
    roster_entry("New", coordinator)

    with acting_as(facilitator):
        assert names(rank(brief)) == ["Ten", "One", "New"]


def test_level_two_is_offered_with_the_mark_that_a_second_person_is_needed(brief, facilitator, coordinator):
    roster_entry("Two", coordinator, level=AccessLevel.BRIEFS)

    with acting_as(facilitator):
        found = rank(brief)[0]

    assert found.collaborator.needs_second_person
    assert reason_of(found, Component.LEVEL).text == (
        "May read the brief. A second person has to agree before it learns who the community is."
    )


def test_a_community_reads_public_reasons_only(brief, facilitator, coordinator, collaborator):
    with acting_as(facilitator):
        shown = {reason.component.value for reason in rank(brief)[0].public_reasons}

    assert shown == {"areas", "skills", "place", "language", "sector", "financier"}


def test_a_stored_reason_comes_back_and_speaks_the_readers_language(brief, facilitator, collaborator):
    with acting_as(facilitator):
        suggestion = rank(brief)[0]

    restored = tuple(map(Reason.from_json, suggestion.reasons_json()))

    assert restored == suggestion.reasons
    with translation.override("ar"):
        assert "كينيا" in next(reason.text for reason in restored if reason.component == Component.PLACE)


def test_stored_reasons_do_not_hold_what_the_brief_seals(brief, facilitator, coordinator):
    roster_entry("Knows both", coordinator, sectors=["23220"], financiers=["World Bank"])

    with acting_as(facilitator):
        stored = str(rank(brief)[0].reasons_json())

    assert "23220" not in stored
    assert "World Bank" not in stored


def test_spanish_serves_where_mexican_spanish_is_asked_for(support_request, facilitator, coordinator):
    brief = brief_of(support_request, facilitator, languages=["es-MX"])
    roster_entry("Spanish", coordinator, languages=["es"])

    with acting_as(facilitator):
        found = rank(brief)

    assert reason_of(found[0], Component.LANGUAGE).data == {"has": ["es-MX"]}


def test_a_brief_that_asks_for_nothing_yet_still_finds_the_nearest(community, facilitator, coordinator):
    brief = brief_of(request_of(community, country=""), facilitator, areas=[], languages=[])
    roster_entry("Anybody", coordinator)

    with acting_as(facilitator):
        found = rank(brief)

    assert [(reason.component.value, reason.finding) for reason in found[0].reasons[:4]] == [
        ("areas", "unasked"),
        ("skills", "unsaid"),
        ("place", "region"),
        ("language", "unasked"),
    ]


def test_reading_is_recorded_once_for_the_brief(brief, facilitator, collaborator):
    with acting_as(facilitator):
        rank(BriefVersion.objects.get(pk=brief.pk))
        opened = [(seen.label, seen.uuid, fields) for seen, fields in current_actor().reads.items()]

    assert opened == [("collaborations.BriefVersion", brief.uuid, {"sector", "financier"})]


@pytest.mark.parametrize("size", [1, 3, 40])
def test_a_ranking_takes_at_most_three_queries_whatever_the_roster(size, brief, facilitator, coordinator):
    for number in range(size):
        roster_entry(f"Ally {number}", coordinator)
    cache.keys.clear()

    with acting_as(facilitator):
        brief = BriefVersion.objects.get(pk=brief.pk)
        current_scope()  # Read once for each request, whatever the page.
        with CaptureQueriesContext(connection) as plain, CaptureQueriesContext(connections["keys"]) as keys:
            assert len(rank(brief)) == min(size, 20)

    assert len(plain) + len(keys) == 3


def test_the_one_index_on_areas_and_languages_serves_the_ranking(brief, facilitator, collaborator):
    with acting_as(facilitator), CaptureQueriesContext(connection) as queries:
        rank(brief)
    ranking = next(query["sql"] for query in queries if "&&" in query["sql"])

    with acting_as(facilitator), connection.cursor() as cursor:
        # A table of one row is quicker to read whole; without that way the plan shows what can be used.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {ranking}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Bitmap Index Scan on facets_areas_languages" in plan


@pytest.mark.parametrize("person", ["stranger", "other_facilitator"])
def test_who_may_not_see_the_request_ranks_nothing(person, brief, collaborator, request):
    with acting_as(request.getfixturevalue(person)), pytest.raises(SupportRequest.DoesNotExist):
        rank(brief)


def test_a_person_who_sees_no_roster_is_suggested_nobody(brief, member, collaborator):
    with acting_as(member):
        assert rank(brief) == []


def test_weights_that_do_not_sum_to_a_hundred_are_refused():
    with pytest.raises(ValueError, match="sum to 100"):
        Weights(areas=21)
