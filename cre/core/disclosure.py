"""Small numbers: which counts of people can be shown without telling about one of them."""

from collections.abc import Mapping
from typing import TypeVar

Name = TypeVar("Name")


def shown_counts(counts: Mapping[Name, int], total: int, *, least: int = 3) -> dict[Name, int]:
    """The counts that may stand beside a known total of people, each of whom is counted at most once.

    A count below `least` is hidden. What is hidden, with those who gave no answer, is together known by
    subtraction; so it must be nobody or at least `least` people, or the smallest shown count is hidden too.
    """
    shown = {name: count for name, count in counts.items() if count >= least}
    while shown and 0 < total - sum(shown.values()) < least:
        shown.pop(min(shown, key=lambda name: shown[name]))
    return shown
