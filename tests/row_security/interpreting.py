"""What interpreters of a random world were asked to translate, and who reads it."""

from datetime import timedelta
from typing import Any

from django.db import models

from collaborations.models import Consent, InterpreterTask, SupportRequest
from collaborations.states import InterpretingStatus
from collaborators.models import Collaborator
from tests.row_security.freezing import is_frozen
from tests.row_security.world import World

# Who speaks for an entry of the roster, did once, or never has.
READERS = ("ally", "former ally", "other ally", "member and ally", "disabled coordinator", "stranger")


def fill_with_tasks(world: World) -> None:
    """Some texts of some requests: in any state, in time or past it, and the yes taken back or not."""
    for request in world.all(SupportRequest):
        for name in world.chance.sample(READERS, k=world.up_to(3)):
            status = world.chance.choice([InterpretingStatus.ALLOWED, *InterpretingStatus])
            world.add(
                InterpreterTask,
                request=request,
                community=request.community,
                key_object=request.uuid,
                collaborator=world.chance.choice(world.all(Collaborator)),
                interpreter=world.people[name],
                status=status,
                asked_by=world.somebody(),
                due_at=world.now + world.chance.choice([1, 1, -1]) * timedelta(days=1),
                consent=None if status == InterpretingStatus.ASKED else yes_of(world, request),
            )


def yes_of(world: World, request: SupportRequest) -> Consent:
    """The community's yes, sometimes taken back."""
    about = {
        "community": request.community, "key_object": request.community.uuid, "about": "interpret",
        "recorded_by": world.somebody(),
    }  # fmt: skip
    given = world.add(Consent, **about, request=request, is_given=True)
    if world.chance.random() < 0.3:
        world.add(Consent, **about, request=request, is_given=False, withdraws=given)
    return given


def reads(eyes: Any, task: InterpreterTask) -> bool:
    """The one interpreter, who still speaks for that entry, from the yes to the day."""
    is_theirs = task.interpreter_id == eyes.pk and task.collaborator_id in eyes.allies
    is_open = task.status == InterpretingStatus.ALLOWED and task.due_at > eyes.world.now
    is_taken_back = any(row.withdraws_id == task.consent_id for row in eyes.world.all(Consent) if row.withdraws_id)
    return is_theirs and is_open and not is_taken_back and not is_frozen(eyes.world, task.community_id)


def was_sent(task: InterpreterTask) -> bool:
    return task.request.received_at is not None or task.request.is_assisted


def asks(eyes: Any, task: InterpreterTask) -> bool:
    """The desk of the region."""
    return task.request.region_id in eyes.regions and was_sent(task)


def works_on(eyes: Any, task: InterpreterTask) -> bool:
    """The community, which decides, and its desk."""
    return task.request.community_id in eyes.communities or asks(eyes, task)


def sees_past(eyes: Any, task: InterpreterTask) -> bool:
    """Its history is not the interpreter's."""
    return works_on(eyes, task) or (eyes.coordinates and was_sent(task))


EXPECTED_OF_INTERPRETING: dict[type[models.Model], Any] = {
    InterpreterTask: lambda eyes, task: sees_past(eyes, task) or reads(eyes, task),
}
