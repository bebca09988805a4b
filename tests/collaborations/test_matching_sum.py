"""For any brief, roster entry and weights: the reasons are the score, and nobody falls between."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collaborations.matching import Suggestion, Weights, explain, rank
from collaborations.models import BriefVersion, SupportRequest
from collaborators.models import Community
from cre.core.access import acting_as
from cre.core.vocabularies import Sector, Skill, StrategyArea
from tests.collaborations.matching_world import request_of

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "sw", "es", "es-MX", "ar"]
COUNTRIES = ["KE", "UG", "IN", "CO"]
LEVELS = ["local", "national", "regional", "international"]


def some(codes: list[str], most: int = 4) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(codes), unique=True, max_size=most)


FACETS = st.fixed_dictionaries({
    "areas": some(StrategyArea.values, 7),
    "skills": some(Skill.values[:6]),
    "languages": some(LANGUAGES),
    "countries": some(COUNTRIES),
    "refused_countries": some(COUNTRIES, 1),
    "sectors": some(Sector.values[15:25]),
    "financiers": some(["World Bank", "IFC", "EIB"]),
    "levels": some(LEVELS),
    "remote_only": st.booleans(),
    "hours_a_month": st.none() | st.integers(0, 60),
    "parallel_limit": st.integers(0, 5),
    "parallel_now": st.integers(0, 5),
    "good_outcomes": st.integers(0, 32767),
    "bad_outcomes": st.integers(0, 32767),
})  # fmt: skip
FACETS_WANTED = st.fixed_dictionaries({
    "areas": some(StrategyArea.values, 3),
    "skills": some(Skill.values[:6], 3),
    "languages": some(LANGUAGES, 2),
    "sector": st.sampled_from(["", *Sector.values[15:25], "99999"]),
    "financier": st.sampled_from(["", "World Bank", "IFC; EIB", " ;,"]),
})  # fmt: skip


@st.composite
def all_weights(draw: Any) -> Weights:
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=8, max_size=8)))
    return Weights(*(high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)))


@pytest.fixture
def support_request(community: Community) -> SupportRequest:
    return request_of(community)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facets=FACETS, wanted=FACETS_WANTED, weights=all_weights(), foreign=st.booleans())
def test_the_reasons_sum_to_the_score_and_an_entry_is_suggested_or_excluded(
    facets, wanted, weights, foreign, support_request, collaborator, facilitator
):
    with acting_as(facilitator):
        collaborator.facets.__dict__.update(facets)
        collaborator.facets.save()
        brief = BriefVersion(request=support_request, key_object=support_request.uuid, **wanted)
        ranked = rank(brief, weights=weights, foreign_link_helps=foreign)
        found = explain(brief, collaborator, weights=weights, foreign_link_helps=foreign)

    assert ranked == ([found] if isinstance(found, Suggestion) else [])
    if isinstance(found, Suggestion):
        assert sum(reason.points for reason in found.reasons) == found.score
        assert all(0 <= reason.points <= reason.of and reason.text for reason in found.reasons)
        assert sum(reason.of for reason in found.reasons) == 100
    else:
        assert found.causes
        assert all(found.sentences)
