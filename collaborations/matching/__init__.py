"""Ranked collaborators for a brief, each with its reasons, and each exclusion with its causes."""

from collaborations.matching.hurdles import Cause, conditions
from collaborations.matching.ranking import excluded, explain, rank
from collaborations.matching.reasons import Component, Reason, Verdict
from collaborations.matching.results import Candidate, Exclusion, Suggestion
from collaborations.matching.weights import USUAL_WEIGHTS, Weights

__all__ = [
    "USUAL_WEIGHTS",
    "Candidate",
    "Cause",
    "Component",
    "Exclusion",
    "Reason",
    "Suggestion",
    "Verdict",
    "Weights",
    "conditions",
    "excluded",
    "explain",
    "rank",
]
