"""Why somebody is suggested: codes and points when stored, sentences only when somebody reads them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from cre.core.vocabularies import Skill, StrategyArea, country_name, language_name


class Component(models.TextChoices):
    """What the score is made of; each name is one of `Weights`, but for the wish, which goes before any score."""

    WISH = "wish", _("Asked for")
    AREAS = "areas", _("Strategy areas")
    SKILLS = "skills", _("Skills")
    PLACE = "place", _("Place")
    LANGUAGE = "language", _("Languages")
    SECTOR = "sector", _("Kind of project")
    FINANCIER = "financier", _("Financier")
    CAPACITY = "capacity", _("Time now")
    LEVEL = "level", _("Access level")
    OUTCOMES = "outcomes", _("Past outcomes")

    @property
    def is_public(self) -> bool:
        """Whether communities read it: what an ally says of itself, not what the exchange knows of it."""
        return self not in (Component.CAPACITY, Component.LEVEL, Component.OUTCOMES)


class Verdict(models.TextChoices):
    MATCH = "match", _("fits")
    MISMATCH = "mismatch", _("does not fit")
    UNKNOWN = "unknown", _("not known")


_YES, _NO, _OPEN = Verdict.MATCH, Verdict.MISMATCH, Verdict.UNKNOWN
# What can be found of each component: its verdict and its sentence.
_FINDINGS: dict[tuple[Component, str], tuple[Verdict, Promise]] = {
    (Component.WISH, "asked"): (_YES, _("The community asked for this ally.")),
    (Component.AREAS, "all"): (_YES, _("Works in what the brief asks for: {has}.")),
    (Component.AREAS, "some"): (_YES, _("Works in {has}, but not in {lacks}.")),
    (Component.AREAS, "unasked"): (_OPEN, _("The brief names no strategy area.")),
    (Component.SKILLS, "all"): (_YES, _("Has the skills that the brief asks for: {has}.")),
    (Component.SKILLS, "some"): (_YES, _("Can do {has}; does not say that it can do {lacks}.")),
    (Component.SKILLS, "none"): (_NO, _("Has other skills than {lacks}.")),
    (Component.SKILLS, "unsaid"): (_OPEN, _("Has not said which skills it has.")),
    (Component.SKILLS, "unasked"): (_OPEN, _("The brief names no skill.")),
    (Component.PLACE, "here"): (_YES, _("A local or national group that works in {country}.")),
    (Component.PLACE, "serves"): (_YES, _("Works in {country}, and beyond it.")),
    (Component.PLACE, "region"): (_YES, _("Works in the same region.")),
    (Component.PLACE, "international"): (_YES, _("Works internationally.")),
    (Component.PLACE, "elsewhere"): (_NO, _("Works in other places.")),
    (Component.PLACE, "unsaid"): (_OPEN, _("Has not said where it works.")),
    (Component.PLACE, "unasked"): (_OPEN, _("The country of the request is not known.")),
    (Component.LANGUAGE, "all"): (_YES, _("Works in {has}.")),
    (Component.LANGUAGE, "some"): (_YES, _("Works in {has}, but not in {lacks}.")),
    (Component.LANGUAGE, "unasked"): (_OPEN, _("The brief names no language.")),
    (Component.SECTOR, "same"): (_YES, _("Knows this kind of project.")),
    (Component.SECTOR, "near"): (_YES, _("Knows similar kinds of project.")),
    (Component.SECTOR, "other"): (_NO, _("Knows other kinds of project.")),
    (Component.SECTOR, "unsaid"): (_OPEN, _("Has not said which kinds of project it knows.")),
    (Component.SECTOR, "unasked"): (_OPEN, _("The brief names no kind of project.")),
    (Component.FINANCIER, "same"): (_YES, _("Knows who pays for the project.")),
    (Component.FINANCIER, "other"): (_NO, _("Knows other banks and funds.")),
    (Component.FINANCIER, "unsaid"): (_OPEN, _("Has not said which banks and funds it knows.")),
    (Component.FINANCIER, "unasked"): (_OPEN, _("The brief does not say who pays for the project.")),
    (Component.CAPACITY, "free"): (
        _YES,
        _("Has room now: busy with {now}, can do {most} at the same time, {hours} hours a month."),
    ),
    (Component.CAPACITY, "unsaid"): (_OPEN, _("Has not said how many hours it has.")),
    (Component.LEVEL, "identified"): (_YES, _("May receive what the community agrees to share.")),
    (Component.LEVEL, "briefs"): (
        _NO,
        _("May read the brief. A second person has to agree before it learns who the community is."),
    ),
    (Component.OUTCOMES, "good"): (_YES, _("Earlier work went well {good} times, and not well {bad} times.")),
    (Component.OUTCOMES, "mixed"): (_NO, _("Earlier work went well {good} times, and not well {bad} times.")),
    (Component.OUTCOMES, "new"): (_OPEN, _("No outcomes yet; this counts neither for it nor against it.")),
}  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """One component of a suggestion.

    `data` holds codes and small numbers only, nothing that is sealed elsewhere: the sector and the
    financier of a brief are compared, and then only the finding is kept.
    """

    component: Component
    finding: str
    verdict: Verdict
    points: int
    of: int
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_public(self) -> bool:
        return self.component.is_public

    @property
    def text(self) -> str:
        """The sentence, in the language of whoever reads it now."""
        sentence = str(_FINDINGS[self.component, self.finding][1]).format(**_words(self.data))
        if self.data.get("remote"):
            from_afar = _("It helps from a distance only.")
            return f"{sentence} {from_afar}"
        return sentence

    def to_json(self) -> dict[str, Any]:
        """What `Match.reasons` stores."""
        return {
            "component": self.component.value,
            "finding": self.finding,
            "verdict": self.verdict.value,
            "points": self.points,
            "of": self.of,
            "data": dict(self.data),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The reason that `to_json` stored. Raises KeyError or ValueError for anything else."""
        return cls(
            component=Component(stored["component"]),
            finding=stored["finding"],
            verdict=Verdict(stored["verdict"]),
            points=stored["points"],
            of=stored["of"],
            data=stored["data"],
        )


def reason(component: Component, finding: str, points: int, of: int, **data: Any) -> Reason:
    """A reason with the verdict that belongs to the finding."""
    return Reason(component, finding, _FINDINGS[component, finding][0], points, of, data)


def _words(data: Mapping[str, Any]) -> dict[str, Any]:
    """The codes of a reason as words of the reader's language."""
    return {name: _named(value) if name in ("has", "lacks", "country") else value for name, value in data.items()}


def _named(codes: str | Iterable[str]) -> str:
    if isinstance(codes, str):
        return country_name(codes, get_language() or "en")
    return pgettext("between the items of a list", ", ").join(_label(code) for code in codes)


def _label(code: str) -> str:
    for vocabulary in (StrategyArea, Skill):
        if code in vocabulary.values:
            return str(vocabulary(code).label)
    return language_name(code, get_language() or "en")
