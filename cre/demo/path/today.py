"""What happens on the day on which the demonstration is built; nothing of it is moved back in time."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from collaborations.actions import add_files, allow_interpreter, ask_interpreter, put_forward, say_wish
from collaborations.models import Collaboration, Wish
from collaborators.actions import freeze_community
from collaborators.models import FreezingSide
from cre.core.access import acting_as
from cre.demo.cast import collaborator_named
from cre.demo.files import Told
from cre.demo.journey import Journey, fresh
from cre.demo.pictures import drawn

IN_TWO_WEEKS = timedelta(days=14)


def happen(journey: Journey) -> None:
    """Whatever the files tell of today, each by the one who does it."""
    told = journey.told.get("today", {})
    if names := told.get("pictures"):
        send_pictures(journey, names)
    for name, kind, reason in told.get("wishes", []):
        wish(journey, name, Wish.Kind(kind), reason)
    if text := told.get("interpreter"):
        ask_for_interpreter(journey, text)
    if output := told.get("output"):
        ask_to_publish(journey, output)
    freeze(journey)


def send_pictures(journey: Journey, names: list[str]) -> None:
    """The community sends photos; each tells where its phone was, until our copy of it is made."""
    given = [(name, drawn(name)) for name in names]
    add_files(journey.request_as(journey.member), given, once=uuid4(), by=journey.member)


def wish(journey: Journey, name: str, kind: Wish.Kind, reason: str) -> None:
    """The community says of an ally of the directory that it would like it, or knows it already."""
    ally = collaborator_named(name, journey.member)
    say_wish(journey.request_as(journey.member), ally, kind=kind, reason=reason, by=journey.member)


def ask_for_interpreter(journey: Journey, told: Told) -> None:
    """The desk asks whether an interpreter may read one text; the community has allowed it already, or not yet."""
    collaborator = collaborator_named(told["name"], journey.facilitator)
    interpreter, _name = journey.cast.speaker_for(collaborator)
    task = ask_interpreter(
        journey.request_as(journey.facilitator),
        interpreter=interpreter,
        collaborator=collaborator,
        text=told["text"],
        from_language=told["from"],
        to_language=told["to"],
        due_on=timezone.localdate() + IN_TWO_WEEKS,
        no_conflict=True,
        once=uuid4(),
        by=journey.facilitator,
    )
    if told["is_allowed"]:
        task = fresh(task, journey.member)
        allow_interpreter(task, version=task.version, by=journey.member)


def ask_to_publish(journey: Journey, told: Told) -> None:
    """The ally asks about a text before it is published."""
    ally, _name = journey.cast.speakers[journey.told["allies"]["chosen"][0]]
    with transaction.atomic(), acting_as(ally):
        work = Collaboration.objects.get(request_id=journey.request_id)
    put_forward(
        work,
        text=told["text"],
        where=told["where"],
        appears_on=timezone.localdate() + IN_TWO_WEEKS,
        language=journey.told["language"],
        once=uuid4(),
        by=ally,
    )


def freeze(journey: Journey) -> None:
    """Something has happened: the desk stops everything about the community."""
    if reason := journey.told.get("frozen"):
        region = journey.request_as(journey.facilitator).region
        freeze_community(
            journey.community.pk, side=FreezingSide.DESK, region_id=region.pk, reason=reason, by=journey.facilitator
        )
