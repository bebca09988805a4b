"""What is kept of requests and communities: for how long, who is asked before, and how it goes."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.clocks_kept import COMMUNITY, ORDERED, REQUEST, Clock, clocks_to_ask, due_clocks
from collaborations.models import KeepQuestion
from cre.core.outbox import Event, Work, emit
from cre.core.registries import Retained, retained
from cre.core.retention import remove as remove_for_good
from cre.core.retention import removed_by

MOST_AT_ONCE = 1_000
REMOVES: Mapping[str, str] = {REQUEST: "cre_forget_request", COMMUNITY: "cre_forget_community"}


def remove(clock: Clock) -> dict[str, int]:
    """Take a request or a community out for good; the database checks once more that its time is over."""
    return removed_by(REMOVES[clock.label], clock.object_id)


def ask(clock: Clock) -> None:
    """Ask a community before something of it goes, and its desk to ask by the safe channel."""
    question = KeepQuestion.objects.create(
        community_id=clock.community_id,
        request_id=clock.object_id if clock.label == REQUEST else None,
        rule=clock.rule,
        due_at=clock.ends_at or timezone.now(),
    )
    emit(notices.KEEP_ASKED, question, community=clock.community_id)
    emit(notices.KEEP_TO_ASK, question, region=clock.region_id)


def carry_out(event: Event) -> None:
    """Delete what a community ordered, once its waiting time is over; the daily run would do it too."""
    deletion = event.object
    if deletion is None:
        return
    for clock in due_clocks(ORDERED, MOST_AT_ONCE):
        if clock.community_id == deletion.community_id:
            remove_for_good(retained[ORDERED], clock)


DELETION_DUE = Work("deletion-due", "collaborators.Deletion", carry_out=carry_out)


def kept(name: str, **facts: Any) -> None:
    """Register one class whose clock `cre_clocks()` tells."""
    if facts.get("asks_before_days"):
        facts |= {"to_ask": partial(clocks_to_ask, name), "ask": ask}
    retained.add(Retained(name=name, due=partial(due_clocks, name), remove=remove, **facts))


# The community's own order goes first: nothing else has to be looked at any more when everything is gone.
kept(
    ORDERED,
    words=_("What its community has ordered to delete"),
    begins=_("when it was ordered, and confirmed where two have to agree"),
    days=14,
    longest=30,
)
kept("drafts", words=_("Requests that were never sent"), begins=_("when somebody last came to write on it"), days=90)
kept(
    "unsent",
    words=_("Communities that began and never sent anything"),
    begins=_("when somebody last came"),
    days=90,
)
kept(
    "talks",
    words=_("Requests that only asked to talk, without a yes that we keep them"),
    begins=_("when we had talked, or when it ended"),
    days=14,
    longest=90,
)
kept("declined", words=_("Requests that were not taken on"), begins=_("when we said so"), days=365, asks_before_days=30)
kept(
    "withdrawn",
    words=_("Requests that were taken back"),
    begins=_("when the community took it back"),
    days=180,
    asks_before_days=30,
)
kept(
    "closed",
    words=_("Requests whose work is done"),
    begins=_("when the last work together ended"),
    days=730,
    asks_before_days=60,
)
kept(
    "communities",
    words=_("Who a community is and how to reach it, with all that is left of it"),
    begins=_("when its last request ended"),
    days=730,
    asks_before_days=60,
)
