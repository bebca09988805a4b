"""When the steps of a request happened, told from the day of the files and by how long people take."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from random import Random

from django.utils import timezone

from cre.demo.journey import Journey, Step

CLOSED = {"declined", "withdrawn"}
# States in which the desk promised the next step.
WAITING = {"accepted", "brief_ready", "matching"}


def moments_of(journey: Journey, chance: Random) -> list[datetime]:
    """When the steps happened: between those whose moment is known, spread by how long people took."""
    known = known_moments(journey, chance)
    moments = [known[0]]
    for left, right in pairwise(sorted(known)):
        weights = [step.weight * chance.uniform(0.6, 1.4) for step in journey.steps[left + 1 : right + 1]]
        whole = known[right] - known[left]
        moments += [known[left] + whole * (share / sum(weights)) for share in accumulate(weights)]
    return moments


def known_moments(journey: Journey, chance: Random) -> dict[int, datetime]:
    """The moments of some steps by number: asked on the day of the files, answered within days, then the
    last step, and before it the one that promised the next, so that some requests are late but not most."""
    now, told, last = timezone.now(), journey.told, len(journey.steps) - 1
    begins = now - timedelta(days=told["days_ago"], hours=chance.uniform(0, 6))
    whole = now - begins
    known = {0: begins}
    if last > 0:
        known[last] = begins + whole * (0.35 if told["state"] in CLOSED else chance.uniform(0.92, 0.98))
    answered = 2 if told["placed_in"] else 1
    if answered < last:
        known[answered] = begins + min(timedelta(days=chance.uniform(0.5, 4)), whole * 0.2)
    promised = last_promise(journey.steps)
    if told["state"] in WAITING and answered < promised < last:
        lately = now - timedelta(days=chance.uniform(2, 16))
        known[promised] = min(max(lately, known[answered] + whole * 0.3), known[last] - whole * 0.02)
    return known


def last_promise(steps: Sequence[Step]) -> int:
    """The number of the last step that set a new deadline."""
    return max(number for number, step in enumerate(steps) if not number or step.due_at != steps[number - 1].due_at)
