"""How much each component counts. Data: today these defaults, later a row that the secretariat edits."""

from dataclasses import astuple, dataclass

BEST_SCORE = 100


@dataclass(frozen=True)
class Weights:
    """The most points of each component; together they are 100. Raises ValueError otherwise."""

    areas: int = 20
    skills: int = 18
    place: int = 22
    language: int = 12
    sector: int = 8
    financier: int = 6
    capacity: int = 5
    level: int = 4
    outcomes: int = 5

    def __post_init__(self) -> None:
        if min(astuple(self)) < 0 or sum(astuple(self)) != BEST_SCORE:
            raise ValueError(f"Weights are not negative and sum to {BEST_SCORE}: {astuple(self)}")


USUAL_WEIGHTS = Weights()
