"""From a ranked row to its reasons: the points come from the row, and what was found beside them."""

from collections.abc import Iterable, Sequence
from typing import Any

from collaborations.matching.reasons import Component, Reason, reason
from collaborations.matching.wanted import Wanted
from collaborations.matching.weights import Weights

Finding = tuple[str, dict[str, Any]]


def read_reasons(row: dict[str, Any], wanted: Wanted, weights: Weights) -> tuple[Reason, ...]:
    """One reason for each component that counts, in the order of `Component`; the community's wish before them."""
    found = {
        Component.AREAS: _shared(wanted.areas, row["areas"]),
        Component.SKILLS: _shared_skills(wanted.skills, row["skills"]),
        Component.PLACE: _place(row, wanted),
        Component.LANGUAGE: _shared(wanted.languages, row["languages"], _base_tags(wanted.languages, row["languages"])),
        Component.SECTOR: (row["f_sector"], {}),
        Component.FINANCIER: (row["f_financier"], {}),
        Component.CAPACITY: _capacity(row),
        Component.LEVEL: (row["f_level"], {}),
        Component.OUTCOMES: _outcomes(row),
    }
    wish = (reason(Component.WISH, "asked", 0, 0),) if row["id"] in wanted.wished else ()
    return wish + tuple(
        reason(component, finding, row[f"s_{component}"], getattr(weights, component), **data)
        for component, (finding, data) in found.items()
    )


def _shared(asked: Sequence[str], has: Iterable[str], also: Iterable[str] = ()) -> Finding:
    if not asked:
        return "unasked", {}
    known = {*has, *also}
    shared, lacking = [code for code in asked if code in known], [code for code in asked if code not in known]
    return ("some", {"has": shared, "lacks": lacking}) if lacking else ("all", {"has": shared})


def _shared_skills(asked: Sequence[str], has: Sequence[str]) -> Finding:
    if not has:
        return "unsaid", {}
    finding, data = _shared(asked, has)
    return ("none", {"lacks": data["lacks"]}) if finding == "some" and not data["has"] else (finding, data)


def _base_tags(asked: Iterable[str], has: Sequence[str]) -> list[str]:
    """The languages asked for with a country that are known without one."""
    return [tag for tag in asked if tag.partition("-")[0] in has]


def _place(row: dict[str, Any], wanted: Wanted) -> Finding:
    finding = row["f_place"]
    country = {"country": wanted.country} if finding in ("here", "serves") else {}
    return finding, country | ({"remote": True} if row["remote_only"] else {})


def _capacity(row: dict[str, Any]) -> Finding:
    numbers = {"now": row["parallel_now"], "most": row["parallel_limit"]}
    if row["hours_a_month"] is None:
        return "unsaid", numbers
    return "free", numbers | {"hours": row["hours_a_month"]}


def _outcomes(row: dict[str, Any]) -> Finding:
    good, bad = row["good_outcomes"], row["bad_outcomes"]
    if not good and not bad:
        return "new", {}
    return ("good" if good >= bad else "mixed"), {"good": good, "bad": bad}
