"""A place with papers of every kind, and everybody who might try something there."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import models

from collaborations.models.handover import Handover
from collaborators.models import Absence, Collaborator, Invitation, LevelRaise, Panel, Platform, Region, User
from cre.core.ledger.models import BulkAccess
from cre.core.retention.models import LegalHold, RetentionRule
from tests.conftest import as_owner, holder, person
from tests.three_communities import Place, place


@dataclass
class Scene:
    """A place with papers of every kind, and everybody who might try."""

    place: Place
    region: Region
    people: dict[str, User]
    newest: dict[type[models.Model], Any] = field(default_factory=dict)

    def row(self, model: type[models.Model]) -> Any:
        """The newest row of a kind, whoever sees it."""
        return self.newest[model]


@pytest.fixture
def scene(
    coordinator: User, region: Region, facilitator: User, other_facilitator: User, focal_person: User,
    steward: User, stranger: User, outsider: User,
) -> Scene:  # fmt: skip
    built = place("own", region, facilitator, coordinator)
    scene = Scene(built, region, {
        "the coordinator": coordinator,
        "another coordinator": holder("second", Platform.objects.get(), "coordinate", coordinator),
        "the steward": steward, "its facilitator": facilitator,
        "its focal person": focal_person, "another facilitator": other_facilitator,
        "the community": built.cast.member, "another community": outsider, "the ally": built.cast.ally,
        "a stranger": stranger,
    })  # fmt: skip
    kinds = (Panel, Invitation, RetentionRule, LegalHold, Absence, Handover, LevelRaise, BulkAccess)
    with as_owner():
        scene.newest = {model: model._default_manager.order_by("pk").last() for model in kinds}
    scene.newest |= {Collaborator: built.cast.collaborator, User: person("former", coordinator)}
    return scene
