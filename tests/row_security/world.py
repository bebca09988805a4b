"""A small random world: everybody who could look, and everything there is to see, in any state."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser, Permission
from django.db import models
from django.utils import timezone

from collaborators.models import (
    AccountEvent,
    AccountEventKind,
    Collaborator,
    CollaboratorGrant,
    CollaboratorPrivate,
    Community,
    CommunityGrant,
    CommunityIdentity,
    CommunityPerson,
    LevelRaise,
    Panel,
    PanelGrant,
    Platform,
    PlatformGrant,
    ReceiptCredential,
    Region,
    RegionGrant,
    Session,
    ShownName,
    User,
)
from collaborators.states import Vetting
from cre.core.ledger.models import BulkAccess, LedgerAlarm, LedgerEntry
from cre.core.outbox.models import Notice

Row = TypeVar("Row", bound=models.Model)
GRANTS: dict[type[models.Model], type[models.Model]] = {
    Region: RegionGrant,
    Community: CommunityGrant,
    Collaborator: CollaboratorGrant,
    Platform: PlatformGrant,
    Panel: PanelGrant,
}
# Who looks: name, and the roles they hold as (codename, place among the containers of that kind, term).
NOW, OVER, TO_COME, FOR_A_WHILE = "now", "over", "to come", "for a while"
PEOPLE: dict[str, list[tuple[str, type[models.Model], int, str]]] = {
    "stranger": [],
    "member": [("represent", Community, 0, NOW)],
    "supporter": [("support", Community, 0, FOR_A_WHILE)],
    "former member": [("represent", Community, 0, OVER)],
    "coming supporter": [("support", Community, 0, TO_COME)],
    "other member": [("represent", Community, 1, NOW)],
    "ally": [("speak_for", Collaborator, 0, NOW)],
    "colleague of the ally": [("speak_for", Collaborator, 0, FOR_A_WHILE)],
    "former ally": [("speak_for", Collaborator, 0, OVER)],
    "other ally": [("speak_for", Collaborator, 1, NOW)],
    "fiscal host": [("host", Collaborator, 0, NOW)],
    "facilitator": [("facilitate", Region, 0, NOW)],
    "former facilitator": [("facilitate", Region, 0, OVER)],
    "duty facilitator": [("facilitate", Region, 2, NOW)],
    "focal person": [("guard", Region, 0, NOW)],
    "coordinator": [("coordinate", Platform, 0, NOW)],
    "former coordinator": [("coordinate", Platform, 0, OVER)],
    "steward": [("steward", Platform, 0, NOW)],
    "evaluator": [("evaluate", Platform, 0, NOW), ("advise", Platform, 0, NOW)],
    "grants officer": [("handle_grants", Platform, 0, NOW)],
    "member and ally": [("represent", Community, 2, NOW), ("speak_for", Collaborator, 2, NOW)],
    "facilitator and member": [("facilitate", Region, 1, NOW), ("represent", Community, 0, NOW)],
    "disabled facilitator": [("facilitate", Region, 0, NOW), ("represent", Community, 0, NOW)],
    "disabled coordinator": [("coordinate", Platform, 0, NOW), ("speak_for", Collaborator, 0, NOW)],
    "panel member": [("review", Panel, 0, NOW)],
    "former panel member": [("review", Panel, 0, OVER)],
    "wanderer": [],
}  # fmt: skip
ROLES: dict[type[models.Model], list[str]] = {
    Region: ["facilitate", "guard"],
    Community: ["represent", "support"],
    Collaborator: ["speak_for", "host"],
    Platform: ["coordinate", "steward", "evaluate"],
}


@dataclass
class World:
    """Every row by its model, and the people by their names."""

    chance: Random
    now: datetime = field(default_factory=timezone.now)
    rows: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)

    def all(self, model: type[Row]) -> list[Row]:
        return self.rows.get(model, [])

    def add(self, model: type[Row], **values: Any) -> Row:
        """One more row, with its history where the model keeps one."""
        row = model(**values)
        row.save_base(force_insert=True)
        self.rows.setdefault(model, []).append(row)
        return row

    def perhaps(self, model: type[Row], **values: Any) -> list[Row]:
        """One more row, or none."""
        return [self.add(model, **values)] if self.chance.random() < 0.5 else []

    def up_to(self, most: int) -> int:
        """How many of something there are."""
        return self.chance.randint(0, most)

    def maybe(self, value: Any) -> Any:
        return value if self.chance.random() < 0.5 else None

    def turn(self, options: list[Any], place: int) -> Any:
        """One of several; where nothing is left to chance, the next in line."""
        return self.chance.choice(options)

    def somebody(self) -> User:
        found: User = self.chance.choice([person for person in self.people.values() if person.pk])
        return found


class FullWorld(World):
    """A world where whatever may be there is there, in every combination that decides who sees it."""

    first = 0

    def perhaps(self, model: type[Row], **values: Any) -> list[Row]:
        return [self.add(model, **values)]

    def up_to(self, most: int) -> int:
        return most

    def turn(self, options: list[Any], place: int) -> Any:
        if place == 0:
            self.first = self.chance.randrange(len(options))
        # A step that has no divisor in common with their number comes by all of them.
        return options[(self.first + 5 * place) % len(options)]


def fill_with_people(world: World) -> None:
    """Regions, communities, roster entries, the people and what they hold or held."""
    waiting_room_last = ["africa", "asia", "to-be-placed"]
    world.rows[Region] = [Region.objects.get(code=code) for code in waiting_room_last]
    world.rows[Platform] = [Platform.objects.get()]
    for name in PEOPLE:
        world.people[name] = world.add(User, is_active="disabled" not in name)
    for _ in range(3):
        community = world.add(
            Community, region=world.chance.choice(world.all(Region)), reached_at=world.maybe(world.now)
        )
        world.perhaps(CommunityIdentity, community=community, key_object=community.uuid)
        world.perhaps(CommunityPerson, community=community, key_object=community.uuid, user=world.somebody())
    for number in range(3):
        status = world.chance.choice(Vetting.values)
        entry = world.add(
            Collaborator, kind="person", display_name=f"Entry {number}", status=status,
            access_level=2 - (number == 2), shows_to_communities=number > 0,
        )  # fmt: skip
        world.perhaps(CollaboratorPrivate, collaborator=entry, key_object=entry.uuid)
        world.perhaps(LevelRaise, collaborator=entry, to_level=3, asked_by=world.somebody())
    for name in ("facilitator", "coordinator"):
        world.perhaps(ShownName, user=world.people[name], key_object=world.people[name].uuid)
    world.add(Panel, name="Panel", kind="committee", region=world.maybe(world.all(Region)[0]))
    give_roles(world)
    world.people["system"] = User.objects.get(is_system=True)
    world.rows[PlatformGrant].append(PlatformGrant.objects.get(user=world.people["system"]))
    world.people["nobody"] = AnonymousUser()


def give_roles(world: World) -> None:
    """What each person holds or held, and whatever the wanderer happens to."""
    for name, roles in PEOPLE.items():
        for codename, kind, place, term in roles:
            give(world, world.people[name], codename, world.rows[kind][place], term)
    for kind, codenames in ROLES.items():
        if world.chance.random() < 0.3:
            term = world.chance.choice([NOW, OVER, TO_COME])
            give(
                world,
                world.people["wanderer"],
                world.chance.choice(codenames),
                world.chance.choice(world.rows[kind]),
                term,
            )


def give(world: World, user: User, codename: str, container: models.Model, term: str) -> None:
    """A grant with one of the terms above."""
    day = timedelta(days=1)
    starts, ends = {
        NOW: (world.now - day, None),
        OVER: (world.now - 2 * day, world.now - day),
        TO_COME: (world.now + day, None),
        FOR_A_WHILE: (world.now - day, world.now + day),
    }[term]
    world.add(
        GRANTS[type(container)],
        permission=Permission.objects.get(codename=codename, content_type__app_label="collaborators"),
        user=user, content_object=container, starts_at=starts, ends_at=ends,
    )  # fmt: skip


def fill_with_papers(world: World) -> None:
    """What belongs to single people: notices, ledger entries, codes, sessions."""
    for _ in range(3):
        person = world.somebody()
        other = world.somebody()
        world.add(Notice, recipient=person, topic="t", object_uuid=other.uuid, key=str(len(world.all(Notice))))
        world.add(
            LedgerEntry, person_id=other.pk, kind="read",
            community_id=world.chance.choice([None, *(row.pk for row in world.all(Community))]),
            region_id=world.chance.choice([None, *(row.pk for row in world.all(Region))]),
        )  # fmt: skip
        world.add(ReceiptCredential, user=person, locator=str(len(world.all(ReceiptCredential))), secret_hash="-")
        world.add(
            Session,
            user=person, key_hash=str(len(world.all(Session))), sealed=b"", idle_seconds=1800,
            begun_at=world.now, seen_at=world.now, ends_at=world.now + timedelta(hours=1),
        )  # fmt: skip
        world.add(LedgerAlarm, damages=1)
        world.add(BulkAccess, purpose="everything", reason="-", asked_by=person, decided_by=None)
        world.add(AccountEvent, user=person, by=other, kind=AccountEventKind.RESET_ALLOWED)
