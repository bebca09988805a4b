"""Who may decide about a brief, an ally and the work together, at each station from the first version to the end."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from django.utils import timezone

from collaborations import actions
from collaborations.models import BriefVersion, Collaboration, Introduction, SupportRequest
from collaborators.models import Collaborator, User
from cre.core.vocabularies import AccessLevel
from tests import journey
from tests.collaborations.who import ALLY, DESK, OURS, TOGETHER, WALLS, people, simply, those_who_may
from tests.conftest import as_owner
from tests.journey import Cast, cast, fresh

pytestmark = pytest.mark.django_db
__all__ = ["cast", "people"]
Act = Callable[[Any, Cast, User], object]


def chosen(cast: Cast) -> None:
    """An ally that may only read briefs so far was chosen, and waits."""
    introduction = journey.willing(cast)
    with as_owner():
        Collaborator.objects.filter(pk=cast.collaborator.pk).update(access_level=AccessLevel.BRIEFS)
    actions.choose_ally(introduction, version=introduction.version, fields=["chosen_name"], by=cast.member)


def working(cast: Cast) -> Collaboration:
    work = journey.introduced(cast)
    return fresh(actions.confirm_contact(work, version=work.version, by=cast.member), cast.member)


def resting(cast: Cast) -> None:
    work = working(cast)
    actions.pause_collaboration(work, version=work.version, by=cast.member)


def ended(cast: Cast) -> None:
    work = working(cast)
    actions.end_collaboration(work, version=work.version, by=cast.member)


STATIONS: dict[str, Callable[[Cast], object]] = {
    "written": journey.written,
    "briefed": journey.briefed,
    "approved": journey.approved,
    "proposed": journey.proposed,
    "offered": journey.offered,
    "willing": journey.willing,
    "chosen": chosen,
    "introduced": journey.introduced,
    "working": working,
    "resting": resting,
    "ended": ended,
}
# What is done, to the newest row of which kind.
ACTS: dict[str, tuple[type[models.Model], Act]] = {
    "propose the brief": (BriefVersion, simply(actions.propose_brief)),
    "approve the brief": (BriefVersion, simply(actions.approve_brief)),
    "send the brief back": (
        BriefVersion, lambda row, _, by: actions.send_back_brief(row, version=row.version, wishes="x", by=by)
    ),
    "allow none": (SupportRequest, simply(actions.refuse_offers)),
    "be willing": (
        Introduction,
        lambda row, _, by: actions.answer_willing(row, version=row.version, name="Amina", no_conflict=True, by=by),
    ),
    "decline the offer": (Introduction, simply(actions.decline_offer)),
    "choose the ally": (
        Introduction,
        lambda row, _, by: actions.choose_ally(row, version=row.version, fields=["chosen_name"], by=by),
    ),
    "leave the ally out": (Introduction, simply(actions.refuse_ally)),
    "give the choice up": (Introduction, simply(actions.give_up_choice)),
    "say that they spoke": (Collaboration, simply(actions.confirm_contact)),
    "write to each other": (
        Collaboration,
        lambda row, _, by: actions.write_in_collaboration(row, text="x", language="en", once=uuid4(), by=by),
    ),
    "pause": (Collaboration, simply(actions.pause_collaboration)),
    "go on": (Collaboration, simply(actions.resume_collaboration)),
    "end": (Collaboration, simply(actions.end_collaboration)),
    "put a text forward": (
        Collaboration,
        lambda row, _, by: actions.put_forward(
            row, text="x", where="y", appears_on=timezone.localdate() + timedelta(days=30), language="en",
            once=uuid4(), by=by,
        ),
    ),
}  # fmt: skip
SUGGESTED = ("proposed", "offered", "willing", "chosen", "introduced", "working", "resting", "ended")
MAY: dict[str, dict[str, set[str]]] = {
    "propose the brief": {"written": DESK},
    "approve the brief": {"briefed": OURS},
    "send the brief back": {"briefed": OURS},
    # While allies are looked for the community can always say that it wants none of those suggested so far.
    "allow none": dict.fromkeys(SUGGESTED, OURS),
    "be willing": {"offered": ALLY},
    "decline the offer": dict.fromkeys(("offered", "willing"), ALLY),
    "choose the ally": {"willing": OURS},
    "leave the ally out": dict.fromkeys(("offered", "willing", "chosen"), OURS),
    "give the choice up": {"chosen": TOGETHER},
    "say that they spoke": {"introduced": TOGETHER | ALLY},
    # In a pause the ally waits; the others can talk about it.
    "write to each other": dict.fromkeys(("introduced", "working"), TOGETHER | ALLY) | {"resting": TOGETHER},
    "pause": dict.fromkeys(("introduced", "working"), OURS),
    "go on": {"resting": OURS},
    "end": dict.fromkeys(("introduced", "working", "resting"), OURS | ALLY),
    "put a text forward": dict.fromkeys(("introduced", "working"), ALLY),
}


@WALLS
@pytest.mark.parametrize("station", STATIONS)
def test_at_each_station_exactly_those_decide_who_are_told_to(
    station: str, wall: str, cast: Cast, people: dict[str, User]
) -> None:
    STATIONS[station](cast)
    with as_owner():
        rows = {model: model._default_manager.order_by("pk").last() for model, _ in ACTS.values()}

    found = {
        name: those_who_may(partial(act, rows[model], cast), people, wall)
        for name, (model, act) in ACTS.items()
        if rows[model] is not None
    }
    assert found == {name: MAY[name].get(station, set()) for name in found}
