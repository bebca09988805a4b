"""What communities of a random world find in the directory and say of allies, and what allies would publish."""

from typing import Any

from collaborations.models import (
    Collaboration,
    Consent,
    Introduction,
    PublicOutput,
    SecondYes,
    SpokenDecision,
    SupportRequest,
    Wish,
)
from collaborations.states import OutputStatus
from collaborators.models import Collaborator
from tests.row_security.world import World


def fill_with_decisions(world: World) -> None:
    """One of each or none, for each request and each work together."""
    for request in world.all(SupportRequest):
        ally, person = world.chance.choice(world.all(Collaborator)), world.somebody()
        about = {"request": request, "key_object": request.uuid}
        world.perhaps(Wish, **about, collaborator=ally, kind="wanted", said_by=person)
        desk = world.people["facilitator"]
        world.perhaps(SpokenDecision, **about, what="end", form="voice", language="en", recorded_by=desk)
    for consent in world.all(Consent):
        if consent.introduction_id and consent.is_given:
            world.perhaps(SecondYes, consent=consent, is_yes=True, said_by=world.somebody())
    for work in world.all(Collaboration):
        world.perhaps(
            PublicOutput,
            collaboration=work,
            key_object=work.key_object,
            community=work.community,
            status=world.chance.choice([OutputStatus.WAITING, OutputStatus.WAITING, OutputStatus.REFUSED]),
            appears_on=world.now.date(),
            due_at=world.now,
            put_by=world.somebody(),
        )


def sees_collaborator(eyes: Any, collaborator: Collaborator) -> bool:
    was_suggested = any(
        offer.collaborator_id == collaborator.pk and offer.request.community_id in eyes.communities
        for offer in eyes.world.all(Introduction)
    )
    is_staff = eyes.coordinates or eyes.is_system or bool(eyes.regions | eyes.guarded)
    is_found = is_in_directory(collaborator) and any(
        opens_directory(eyes, row) for row in eyes.world.all(SupportRequest)
    )
    return is_staff or was_suggested or is_found or collaborator.pk in eyes.allies


def is_in_directory(entry: Collaborator) -> bool:
    return entry.shows_to_communities and entry.status == "approved" and entry.access_level > 1


def opens_directory(eyes: Any, request: SupportRequest) -> bool:
    """A request of one's own community that the desk has taken on and works on."""
    is_worked_on = request.status in ("accepted", "brief_ready", "matching", "introduced", "supported")
    return request.community_id in eyes.communities and is_worked_on and request.closed_at is None
