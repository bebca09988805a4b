"""Why not: each cause, alone and several at once, and who is never listed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from collaborations.matching import Cause, Exclusion, excluded, explain, rank
from collaborations.models import BriefVersion, SupportRequest
from collaborations.states import IntroductionStatus
from collaborators.actions import change_vetting
from collaborators.models import Collaborator, Community, User
from collaborators.states import Vetting
from cre.core.access import acting_as
from cre.core.vocabularies import AccessLevel
from tests.collaborations.matching_world import ask_not_to_contact, brief_of, introduce, request_of
from tests.conftest import roster_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def support_request(community: Community) -> SupportRequest:
    return request_of(community)


@pytest.fixture
def brief(support_request: SupportRequest, facilitator: User) -> BriefVersion:
    return brief_of(support_request, facilitator)


def causes(brief: BriefVersion, ally: Collaborator, facilitator: User) -> tuple[Cause, ...]:
    """The causes that `explain` gives, after checking that the ranking agrees."""
    with acting_as(facilitator):
        found = explain(brief, ally)
        assert (ally.pk in [suggested.collaborator.id for suggested in rank(brief)]) != isinstance(found, Exclusion)
    return found.causes if isinstance(found, Exclusion) else ()


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({}, ()),
        ({"areas": ["media"]}, (Cause.AREAS,)),
        ({"areas": []}, (Cause.AREAS,)),
        ({"languages": ["fr"]}, (Cause.LANGUAGES,)),
        ({"refused_countries": ["UG", "KE"]}, (Cause.COUNTRY_REFUSED,)),
        ({"refused_countries": ["UG"]}, ()),
        ({"parallel_limit": 2, "parallel_now": 2}, (Cause.FULL,)),
        ({"parallel_limit": 2, "parallel_now": 1}, ()),
        ({"hours_a_month": 0}, (Cause.NO_HOURS,)),
        ({"hours_a_month": None}, ()),
        (
            {"areas": ["media"], "languages": ["fr"], "hours_a_month": 0},
            (Cause.AREAS, Cause.LANGUAGES, Cause.NO_HOURS),
        ),
    ],
)
def test_each_hurdle_excludes_with_its_cause(facets, expected, brief, facilitator, coordinator):
    assert causes(brief, roster_entry("Ally", coordinator, **facets), facilitator) == expected


@pytest.mark.parametrize(("days", "expected"), [(-1, ()), (0, ()), (1, (Cause.AWAY,))])
def test_who_is_away_comes_back_on_the_day(days, expected, brief, facilitator, coordinator):
    ally = roster_entry("Ally", coordinator, away_until=timezone.localdate() + timedelta(days=days))

    assert causes(brief, ally, facilitator) == expected


def test_level_one_is_never_offered_a_brief(brief, facilitator, coordinator):
    ally = roster_entry("Ally", coordinator, level=AccessLevel.PUBLIC)

    assert causes(brief, ally, facilitator) == (Cause.LEVEL,)


def test_a_suspended_entry_is_excluded_at_once(brief, facilitator, coordinator, collaborator):
    change_vetting(collaborator, Vetting.SUSPENDED, version=collaborator.version, by=coordinator)

    assert causes(brief, collaborator, facilitator) == (Cause.NOT_APPROVED,)


@pytest.mark.parametrize(
    ("status", "is_over", "expected"),
    [
        (IntroductionStatus.PROPOSED, False, (Cause.INTRODUCED,)),
        (IntroductionStatus.ACCEPTED, False, (Cause.INTRODUCED,)),
        (IntroductionStatus.CONFLICT, True, (Cause.CONFLICT,)),
        (IntroductionStatus.REFUSED, True, (Cause.REFUSED,)),
        (IntroductionStatus.NOT_NOW, True, ()),
        (IntroductionStatus.ENDED, True, ()),
    ],
)
def test_what_was_said_before_about_this_request_counts(status, is_over, expected, brief, facilitator, collaborator):
    introduce(brief, collaborator, status, ended_at=timezone.now() if is_over else None)

    assert causes(brief, collaborator, facilitator) == expected


def test_a_conflict_in_another_request_does_not_exclude(brief, community, facilitator, collaborator):
    other = brief_of(request_of(community), facilitator)
    introduce(other, collaborator, IntroductionStatus.CONFLICT, ended_at=timezone.now())

    assert causes(brief, collaborator, facilitator) == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("please not LAKE-LAW  group, they know the mayor", (Cause.NOT_TO_CONTACT,)),
        ("nobody from Lake Law", ()),
        ("", ()),
    ],
)
def test_whom_the_community_does_not_want_contacted_is_excluded(
    words, expected, brief, support_request, facilitator, coordinator, collaborator
):
    ask_not_to_contact(support_request, words, coordinator)

    assert causes(brief, collaborator, facilitator) == expected


def test_exclusions_list_who_works_in_the_areas_fewest_causes_first(brief, facilitator, coordinator):
    roster_entry("Fits", coordinator)
    roster_entry("Other areas", coordinator, areas=["media"], hours_a_month=0)
    roster_entry("Two causes", coordinator, hours_a_month=0, languages=["fr"])
    roster_entry("One cause", coordinator, hours_a_month=0)

    with acting_as(facilitator):
        found = excluded(brief)

    assert [(one.collaborator.display_name, one.causes) for one in found] == [
        ("One cause", (Cause.NO_HOURS,)),
        ("Two causes", (Cause.LANGUAGES, Cause.NO_HOURS)),
    ]
    assert found[0].sentences == ["It has no hours this month."]


def test_an_exclusion_says_until_when_somebody_is_away(brief, facilitator, coordinator):
    roster_entry("Away", coordinator, away_until=timezone.localdate().replace(year=2099, month=3, day=1))

    with acting_as(facilitator):
        assert excluded(brief)[0].sentences == ["It is away until 1 March 2099."]


def test_exclusions_are_cut_off_at_the_limit(brief, facilitator, coordinator):
    for number in range(3):
        roster_entry(f"Busy {number}", coordinator, hours_a_month=0)

    with acting_as(facilitator):
        assert len(excluded(brief, limit=2)) == 2


def test_nobody_explains_an_entry_that_they_may_not_see(brief, member, collaborator):
    with acting_as(member), pytest.raises(Collaborator.DoesNotExist):
        explain(brief, collaborator)
