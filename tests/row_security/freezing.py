"""Freezes of a random world, open and over, and who should see them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import models

from collaborators.models import CodeHandover, Collaborator, Community, Freeze, FreezeWarning, FreezingSide, Region
from tests.row_security.world import World


def fill_with_freezes(world: World) -> None:
    """Some communities stand still, some did; with allies to warn, and codes that were handed over."""
    for community in world.all(Community):
        if world.chance.random() < 0.4:
            add_freeze(world, community)
        world.perhaps(
            CodeHandover,
            community=community,
            key_object=community.uuid,
            region=world.chance.choice(world.all(Region)),
            person=world.somebody(),
            given_by=world.somebody(),
        )


def add_freeze(world: World, community: Community) -> None:
    first, second = world.chance.sample([row for row in world.people.values() if row.pk], k=2)
    is_proposed = world.chance.random() < 0.6
    is_over = is_proposed and world.chance.random() < 0.5
    freeze = world.add(
        Freeze,
        community=community,
        key_object=community.uuid,
        region=world.chance.choice(world.all(Region)),
        side=world.chance.choice(FreezingSide.values),
        frozen_by=world.somebody(),
        frozen_at=world.now - timedelta(days=1),
        thaw_proposed_by=first if is_proposed else None,
        thawed_by=second if is_over else None,
        thawed_at=world.now if is_over else None,
    )
    for collaborator in world.chance.sample(world.all(Collaborator), k=world.chance.randint(0, 2)):
        world.add(FreezeWarning, freeze=freeze, collaborator=collaborator, has_met=True)


def is_frozen(world: World, community_id: int) -> bool:
    """Whether everything about the community stands still now."""
    return any(row.community_id == community_id and row.thawed_at is None for row in world.all(Freeze))


def is_frozen_at(world: World, community_id: int, regions: set[int]) -> bool:
    """Whether it stands still, and its freeze lies with one of these regions."""
    return any(
        row.community_id == community_id and row.thawed_at is None and row.region_id in regions
        for row in world.all(Freeze)
    )


def sees_freeze(eyes: Any, freeze: Freeze) -> bool:
    """The region's staff and the coordinator; whoever froze, while staff have written nothing about the thaw."""
    is_own = freeze.frozen_by_id == eyes.pk and freeze.thaw_proposed_by_id is None
    return is_own or eyes.coordinates or freeze.region_id in eyes.regions | eyes.guarded


def sees_warning(eyes: Any, warning: FreezeWarning) -> bool:
    return eyes.coordinates or warning.freeze.region_id in eyes.regions


def sees_handover(eyes: Any, handover: CodeHandover) -> bool:
    return eyes.coordinates or handover.region_id in eyes.regions


EXPECTED_OF_FREEZES: dict[type[models.Model], Callable[[Any, Any], bool]] = {
    Freeze: sees_freeze,
    FreezeWarning: sees_warning,
    CodeHandover: sees_handover,
}
