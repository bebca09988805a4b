"""What is kept and what goes, in a random world: rules, holds, proofs, orders to delete, questions."""

from typing import Any
from uuid import uuid4

from django.db import models

from collaborations.models import KeepQuestion, SupportRequest
from collaborators.models import Community, Deletion
from cre.core.retention import CondemnedKey, LegalHold, RetentionProof, RetentionRule
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
        world.perhaps(Deletion, community=community, request_uuid=request and request.uuid, ordered_by=world.somebody())
        world.perhaps(KeepQuestion, community=community, request=request, rule="declined", due_at=world.now)


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
KEPT_GUARDED_ONLY: dict[type[models.Model], Any] = {CondemnedKey: lambda eyes, _: eyes.is_system}
