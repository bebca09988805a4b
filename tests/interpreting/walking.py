"""One text on its way to an interpreter and back."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from collaborations.actions import allow_interpreter, ask_interpreter
from collaborations.models import InterpreterTask, SupportRequest
from collaborations.states import InterpretingStatus
from collaborators.models import Collaborator, User
from cre.core.access import acting_as
from tests.conftest import as_owner
from tests.journey import Cast, fresh

TEXT = "They measured our grazing land twice."
TRANSLATION = "Walipima malisho yetu mara mbili."


def wish(interpreter: User, collaborator: Collaborator, **other: Any) -> dict[str, Any]:
    """What a facilitator asks, complete and right."""
    usual = {
        "interpreter": interpreter,
        "collaborator": collaborator,
        "text": TEXT,
        "from_language": "en",
        "to_language": "sw",
        "due_on": timezone.localdate() + timedelta(days=7),
        "no_conflict": True,
        "once": uuid4(),
    }
    return usual | other


def asked(
    cast: Cast, request: SupportRequest | UUID, interpreter: User, collaborator: Collaborator, **other: Any
) -> InterpreterTask:
    """A text that waits for the community's answer."""
    with transaction.atomic(), acting_as(cast.facilitator):
        uuid = request if isinstance(request, UUID) else request.uuid
        request = SupportRequest.objects.get(uuid=uuid)
    task = ask_interpreter(request, by=cast.facilitator, **wish(interpreter, collaborator, **other))
    return seen_by(cast.member, task)


def allowed(
    cast: Cast, request: SupportRequest | UUID, interpreter: User, collaborator: Collaborator, **other: Any
) -> InterpreterTask:
    """A text that the interpreter has."""
    task = asked(cast, request, interpreter, collaborator, **other)
    allow_interpreter(task, version=task.version, by=cast.member)
    return seen_by(cast.member, task)


def translated(cast: Cast, request: SupportRequest, text: str, translation: str, *, reader: str) -> InterpreterTask:
    """A text that was given back, as if the ally of the community were somebody else's."""
    own_key = uuid4()
    with as_owner(), transaction.atomic(), acting_as(cast.facilitator):
        return InterpreterTask.sealed_under(
            own_key, uuid=own_key, request_id=request.pk, community_id=request.community_id, reader=reader,
            collaborator=cast.collaborator, interpreter=cast.ally, asked_by=cast.facilitator, text=text,
            translation=translation, from_language="en", to_language="sw", status=InterpretingStatus.DONE,
            due_at=timezone.now(), done_at=timezone.now(),
        )  # fmt: skip


def seen_by(person: User, task: InterpreterTask) -> InterpreterTask:
    """The task as it stands, with its request, read as this person."""
    found = fresh(task, person)
    with transaction.atomic(), acting_as(person):
        found.request = SupportRequest.objects.get(pk=task.request_id)
    return found
