"""The weighted components: for each, its points as an expression and what was found.

Points are whole numbers, so that the components sum to the score exactly. What is not known counts
half: neither for nor against.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, Q, Value, When
from django.db.models.functions import Cast

from collaborations.matching.reasons import Component
from collaborations.matching.wanted import Wanted
from collaborations.matching.weights import Weights
from cre.core.vocabularies import AccessLevel, Level

HALF = 50
# One field for all numbers: Django would otherwise make one for each constant, some hundred for each ranking.
NUMBER = IntegerField()


@dataclass(frozen=True)
class Step:
    """One finding of a ladder: the first step whose condition holds is what was found; the last has none."""

    finding: str
    percent: int
    holds: Q | None = None


Ladder = Sequence[Step]


def points(wanted: Wanted, weights: Weights) -> dict[str, Any]:
    """The points of each component, as annotations s_areas, s_skills …"""
    return {
        "s_areas": share("areas", wanted.areas, weights.areas),
        "s_skills": skill_points(wanted, weights.skills),
        "s_language": share("languages", wanted.languages, weights.language),
        "s_capacity": capacity_points(weights.capacity),
        "s_outcomes": outcome_points(weights.outcomes),
    } | {
        f"s_{component}": _climb(ladder, [step.percent * getattr(weights, component) // 100 for step in ladder])
        for component, ladder in ladders(wanted).items()
    }


def findings(wanted: Wanted) -> dict[str, Any]:
    """What was found on each ladder, as annotations f_place, f_sector …"""
    return {
        f"f_{component}": _climb(ladder, [step.finding for step in ladder], CharField())
        for component, ladder in ladders(wanted).items()
    }


def ladders(wanted: Wanted) -> dict[Component, Ladder]:
    """The components that take the first of a few findings."""
    return {
        Component.PLACE: place(wanted),
        Component.SECTOR: sector(wanted),
        Component.FINANCIER: financier(wanted),
        Component.LEVEL: (
            Step("identified", 100, Q(access_level__gte=AccessLevel.IDENTIFIED)),
            Step("briefs", HALF),
        ),
    }


def place(wanted: Wanted) -> Ladder:
    """Nearest first; where a foreign link helps, those who come from outside first."""
    if not wanted.countries_near and not wanted.country:
        return [Step("unasked", HALF)]
    near = list(wanted.countries_near)
    in_country = Q(country=wanted.country) | Q(facets__countries__contains=[wanted.country])
    is_local = Q(facets__levels__overlap=[Level.LOCAL, Level.NATIONAL]) | Q(facets__levels=[], country=wanted.country)
    percent = PERCENT_FOREIGN if wanted.foreign_link_helps else PERCENT_NEAR
    steps = [
        ("here", in_country & is_local),
        ("serves", in_country),
        ("unsaid", Q(country="", facets__countries=[], facets__levels=[])),
        ("region", Q(country__in=near) | Q(facets__countries__overlap=near)),
        ("international", Q(facets__levels__contains=[Level.INTERNATIONAL])),
    ]
    if not wanted.country:
        steps = steps[2:]
    if not near:
        steps = [step for step in steps if step[0] != "region"]
    return [
        *(Step(finding, percent[finding], holds) for finding, holds in steps),
        Step("elsewhere", percent["elsewhere"]),
    ]


PERCENT_NEAR = {"here": 100, "serves": 80, "region": 60, "unsaid": HALF, "international": 40, "elsewhere": 0}
PERCENT_FOREIGN = {
    "serves": 100,
    "international": 90,
    "region": 80,
    "here": 60,
    "unsaid": HALF,
    "elsewhere": 40,
}


def sector(wanted: Wanted) -> Ladder:
    """The kind of project, or one with the same first three digits."""
    if not wanted.sector:
        return [Step("unasked", HALF)]
    return [
        Step("same", 100, Q(facets__sectors__contains=[wanted.sector])),
        Step("near", 70, Q(facets__sectors__overlap=wanted.similar_sectors or [wanted.sector])),
        Step("unsaid", HALF, Q(facets__sectors=[])),
        Step("other", 0),
    ]


def financier(wanted: Wanted) -> Ladder:
    """Any of the banks and funds that the brief names."""
    if not wanted.financiers:
        return [Step("unasked", HALF)]
    return [
        Step("same", 100, Q(facets__financiers__overlap=list(wanted.financiers))),
        Step("unsaid", HALF, Q(facets__financiers=[])),
        Step("other", 0),
    ]


def share(facet: str, asked: Sequence[str], weight: int) -> Any:
    """Points for as much of what is asked as the facet has."""
    if not asked:
        return Value(weight * HALF // 100, NUMBER)
    covered = [Case(When(_has(facet, code), then=Value(1, NUMBER)), default=Value(0, NUMBER)) for code in asked]
    return Cast(Value(weight, NUMBER) * reduce(add, covered) / Value(len(asked), NUMBER), NUMBER)


def skill_points(wanted: Wanted, weight: int) -> Any:
    """As `share`, but who lists no skill at all is not known, and counts half."""
    unsaid = When(facets__skills=[], then=Value(weight * HALF // 100, NUMBER))
    return Case(unsaid, default=share("skills", wanted.skills, weight), output_field=NUMBER)


def capacity_points(weight: int) -> Any:
    """Half for having room at all, the other half for how much; hours not said count half."""
    half = weight * HALF // 100
    most, now = Cast("facets__parallel_limit", NUMBER), Cast("facets__parallel_now", NUMBER)
    return Case(
        When(facets__hours_a_month=None, then=Value(half, NUMBER)),
        When(
            facets__parallel_limit__gt=F("facets__parallel_now"),
            then=half + (weight - half) * (most - now) / most,
        ),
        default=Value(0, NUMBER),
        output_field=NUMBER,
    )


def outcome_points(weight: int) -> Any:
    """Good among all, as if everybody had one good and one bad before: one success does not beat ten."""
    good, bad = Cast("facets__good_outcomes", NUMBER), Cast("facets__bad_outcomes", NUMBER)
    return Cast(weight * (good + 1) / (good + bad + 2), NUMBER)


def _has(facet: str, code: str) -> Q:
    """Whether the facet lists this code; a language also without its country."""
    if facet == "languages":
        return Q(facets__languages__overlap=[*dict.fromkeys((code, code.partition("-")[0]))])
    return Q(**{f"facets__{facet}__contains": [code]})


def _climb(ladder: Ladder, values: Sequence[int | str], output: Any = NUMBER) -> Any:
    """The value that belongs to the first step that holds."""
    whens = [
        When(step.holds, then=Value(value, output))
        for step, value in zip(ladder, values, strict=True)
        if step.holds is not None
    ]
    last = Value(values[-1], output)
    return Case(*whens, default=last, output_field=output) if whens else last
