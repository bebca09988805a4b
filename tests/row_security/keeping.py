"""What is kept and what goes, in a random world: rules, holds, proofs, orders to delete, questions."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import models

from collaborations.models import Introduction, KeepQuestion, Participant, SupportRequest
from collaborators.models import CodeHandover, Community, CommunityIdentity, Deletion
from cre.core.retention import CondemnedFile, CondemnedKey, LegalHold, RetentionProof, RetentionRule
from tests.row_security.freezing import is_frozen
from tests.row_security.world import World


def fill_with_kept(world: World) -> None:
    """A rule, a hold and a proof; for some communities an order and a question."""
    world.rows[RetentionRule] = list(RetentionRule.objects.all())
    world.add(LegalHold, object_label="a.B", object_uuid=uuid4(), reason="-", placed_by=world.somebody())
    world.add(RetentionProof, rule="drafts", days=90)
    world.add(CondemnedKey, object_uuid=uuid4(), condemned_at=world.now)
    for community in world.all(Community):
        requests = [row for row in world.all(SupportRequest) if row.community_id == community.pk]
        request = world.maybe(world.chance.choice(requests)) if requests else None
        world.perhaps(
            Deletion, community=community, request_uuid=request and request.uuid, ordered_by=world.somebody(),
            cancelled_at=world.now if world.chance.random() > 0.6 else None,
        )  # fmt: skip
        world.perhaps(KeepQuestion, community=community, request=request, rule="declined", due_at=world.now)


# --- What waits to be deleted -------------------------------------------------------------------------
def unless_hidden(expected: dict[type[models.Model], Any]) -> dict[type[models.Model], Any]:
    """The same expectations, but nothing of what waits to be deleted except for its own people and the clock.

    Every model counts that belongs to a request, however far away, and those that tell who a community is.
    """
    return {
        model: unless_ordered(sees) if is_about_request(model) or model in (CommunityIdentity, CodeHandover) else sees
        for model, sees in expected.items()
    }


def is_about_request(model: type[models.Model]) -> bool:
    names = {field.name for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)}
    return model is SupportRequest or bool(names & {"request", "introduction", "collaboration"})


def unless_ordered(sees: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda eyes, row: sees(eyes, row) and (not is_hidden(eyes, row) or is_of_ally(eyes, row))


def is_of_ally(eyes: Any, row: Any) -> bool:
    """An ally keeps the row of its own answer, and who would have taken part for it."""
    answer = row.introduction if isinstance(row, Participant) else row
    return (
        isinstance(answer, Introduction)
        and answer.offered_at is not None
        and answer.collaborator_id in eyes.allies
        and not is_frozen(eyes.world, answer.community_id)
    )


def is_hidden(eyes: Any, row: Any) -> bool:
    """Whether an order stands for the row's community, or for its request, that is not the person's own."""
    request = request_of(row)
    community_id = request.community_id if request else row.community_id
    if eyes.is_system or community_id in eyes.communities:
        return False
    return any(
        order.community_id == community_id
        and order.cancelled_at is None
        and (order.request_uuid is None or (request is not None and order.request_uuid == request.uuid))
        for order in eyes.world.all(Deletion)
    )


def request_of(row: Any) -> SupportRequest | None:
    """The request that a record belongs to, by itself or through another record."""
    if isinstance(row, SupportRequest):
        return row
    for name in ("request", "introduction", "collaboration"):
        if getattr(row, name, None) is not None:
            return request_of(getattr(row, name))
    return None


# --- Who sees rules, holds and orders -----------------------------------------------------------------
def watches(eyes: Any, _: models.Model) -> bool:
    return bool(eyes.coordinates or eyes.stewards or eyes.is_system)


def sees_order(eyes: Any, order: Deletion | KeepQuestion) -> bool:
    """The community's own people; its desk and the coordinator once it has reached us; the clock."""
    community = order.community
    is_staff = eyes.coordinates or community.region_id in eyes.regions
    return eyes.is_system or community.pk in eyes.communities or (is_staff and community.reached_at is not None)


KEPT = {
    RetentionRule: lambda eyes, _: eyes.pk is not None,
    LegalHold: watches,
    RetentionProof: watches,
    Deletion: sees_order,
    KeepQuestion: sees_order,
}
# Nobody lists these for people.
KEPT_GUARDED_ONLY: dict[type[models.Model], Any] = dict.fromkeys(
    (CondemnedKey, CondemnedFile), lambda eyes, _: eyes.is_system
)
