"""What a ranking answers: suggestions with reasons, exclusions with causes."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import formats

from collaborations.matching.hurdles import Cause
from collaborations.matching.reasons import Reason
from cre.core.vocabularies import AccessLevel


@dataclass(frozen=True)
class Candidate:
    """The entry of the roster that an answer is about."""

    id: int
    uuid: UUID
    display_name: str
    access_level: AccessLevel
    shows_name: bool

    @property
    def needs_second_person(self) -> bool:
        """Whether a second person has to raise its access level before it learns who the community is."""
        return self.access_level < AccessLevel.IDENTIFIED


@dataclass(frozen=True)
class Suggestion:
    """A collaborator that can be proposed; the points of its reasons sum to its score (0 to 100)."""

    collaborator: Candidate
    score: int
    reasons: tuple[Reason, ...]
    is_wished: bool = False

    @property
    def public_reasons(self) -> list[Reason]:
        """What the community reads; it never sees the score, which would give away the rest."""
        return [reason for reason in self.reasons if reason.is_public]

    def reasons_json(self) -> list[dict[str, Any]]:
        """What `Match.reasons` stores."""
        return [reason.to_json() for reason in self.reasons]


@dataclass(frozen=True)
class Exclusion:
    """A collaborator that cannot be proposed for this brief now, and every cause of it."""

    collaborator: Candidate
    causes: tuple[Cause, ...]
    away_until: date | None = None
    is_wished: bool = False

    @property
    def sentences(self) -> list[str]:
        until = formats.date_format(self.away_until) if self.away_until else ""
        return [str(cause.label).format(away_until=until) for cause in self.causes]
