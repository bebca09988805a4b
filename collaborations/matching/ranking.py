"""The ranking itself: one query over the roster and its facets, hard conditions first, then the score."""

from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from collaborations.matching.components import findings, points
from collaborations.matching.findings import read_reasons
from collaborations.matching.hurdles import Cause, conditions
from collaborations.matching.results import Candidate, Exclusion, Suggestion
from collaborations.matching.wanted import Wanted, read_wanted
from collaborations.matching.weights import USUAL_WEIGHTS, Weights
from collaborations.models import BriefVersion
from collaborators.models import Collaborator
from cre.core.access import current_scope
from cre.core.vocabularies import AccessLevel

MOST_SHOWN = 20
OF_THE_ENTRY = ("id", "uuid", "display_name", "access_level", "shows_name")
OF_THE_FACETS = (
    "areas", "skills", "languages", "remote_only", "hours_a_month", "parallel_limit", "parallel_now",
    "away_until", "good_outcomes", "bad_outcomes",
)  # fmt: skip
Rows = QuerySet[Collaborator, dict[str, Any]]


def rank(
    brief: BriefVersion,
    *,
    limit: int = MOST_SHOWN,
    weights: Weights = USUAL_WEIGHTS,
    foreign_link_helps: bool = False,
) -> list[Suggestion]:
    """The collaborators that fit a brief, best first, for the acting person (at most three queries).

    Whom the community asked for comes before the others, whatever the score. Among equals the nearer, then the less
    busy comes first; what is left is drawn by lot, not by age.
    """
    wanted = read_wanted(brief, foreign_link_helps=foreign_link_helps)
    fitting = _scored(wanted, weights).filter(*conditions(wanted).values())
    rows = fitting.order_by("-is_wished", "-score", "-s_place", "facets__parallel_now", "uuid")[:limit]
    return [_suggestion(row, wanted, weights) for row in rows]


def excluded(brief: BriefVersion, *, limit: int = MOST_SHOWN) -> list[Exclusion]:
    """Who works in the areas of the brief and still cannot be proposed; fewest causes first.

    Whom the community asked for comes first. Another entry that shares no area is not listed: `explain` answers for it.
    """
    wanted = read_wanted(brief, foreign_link_helps=False)
    must = conditions(wanted)
    related = _entries().annotate(is_wished=_is_wished(wanted))
    if Cause.AREAS in must:
        related = related.filter(must[Cause.AREAS] | Q(pk__in=wanted.wished))
    missed = _missed(wanted)
    rows = related.annotate(**missed, missing=reduce(add, map(F, missed))).filter(missing__gt=0)
    return [_exclusion(row, wanted) for row in _as_rows(rows).order_by("-is_wished", "missing", "display_name")[:limit]]


def explain(
    brief: BriefVersion,
    collaborator: Collaborator,
    *,
    weights: Weights = USUAL_WEIGHTS,
    foreign_link_helps: bool = False,
) -> Suggestion | Exclusion:
    """Why this one, or why not. Raises Collaborator.DoesNotExist when the acting person may not see it."""
    wanted = read_wanted(brief, foreign_link_helps=foreign_link_helps)
    row = _scored(wanted, weights).annotate(**_missed(wanted)).get(pk=collaborator.pk)
    return _exclusion(row, wanted) if _causes(row) else _suggestion(row, wanted, weights)


def _entries() -> Any:
    """The roster that the acting person sees, joined to the facets, which have no row security."""
    return Collaborator.objects.visible_to(current_scope()).filter(facets__isnull=False)


def _as_rows(entries: Any) -> Any:
    return entries.values(
        *entries.query.annotations, *OF_THE_ENTRY, **{name: F(f"facets__{name}") for name in OF_THE_FACETS}
    )


def _scored(wanted: Wanted, weights: Weights) -> Any:
    worth = points(wanted, weights)
    scored = _entries().annotate(**worth, is_wished=_is_wished(wanted))
    scored = scored.annotate(score=reduce(add, map(F, worth)), **findings(wanted))
    return _as_rows(scored)


def _is_wished(wanted: Wanted) -> Case:
    """1 for whom the community asked by name."""
    return Case(When(Q(pk__in=wanted.wished), then=Value(1)), default=Value(0))


def _missed(wanted: Wanted) -> dict[str, Any]:
    """For each cause 1 where its condition does not hold; an unknown value holds nothing up by accident."""
    return {
        f"missed_{cause}": Case(When(holds, then=Value(0)), default=Value(1))
        for cause, holds in conditions(wanted).items()
    }


def _causes(row: dict[str, Any]) -> tuple[Cause, ...]:
    return tuple(cause for cause in Cause if row.get(f"missed_{cause}"))


def _candidate(row: dict[str, Any]) -> Candidate:
    return Candidate(row["id"], row["uuid"], row["display_name"], AccessLevel(row["access_level"]), row["shows_name"])


def _suggestion(row: dict[str, Any], wanted: Wanted, weights: Weights) -> Suggestion:
    return Suggestion(_candidate(row), row["score"], read_reasons(row, wanted, weights), row["id"] in wanted.wished)


def _exclusion(row: dict[str, Any], wanted: Wanted) -> Exclusion:
    return Exclusion(_candidate(row), _causes(row), row["away_until"], row["id"] in wanted.wished)
