"""The people of the made-up world: registered, given their roles, and found again by what they do."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from collaborators.actions import change_directory, give_role, register_person
from collaborators.imports import import_roster, read_sheet
from collaborators.models import Collaborator, Community, Panel, Platform, Region, User
from collaborators.reference import install_first_coordinator
from cre.core.access import acting_as, join
from cre.demo.files import ROSTER, WRITTEN_ON, Told
from cre.demo.panels import set_up_panels
from cre.demo.people import COORDINATOR, PASSWORD, DemoPerson, demo_people, holders_of

MARK = "Demonstration, invented."


@dataclass
class Cast:
    """Everybody who acts in the demonstration."""

    coordinator: User
    allies: int = 0
    people: dict[str, User] = field(default_factory=dict)
    speakers: dict[str, tuple[User, str]] = field(default_factory=dict)
    communities: dict[str, tuple[User, Community]] = field(default_factory=dict)
    panels: dict[str, Panel] = field(default_factory=dict)

    def on(self, codename: str, region: str) -> User:
        """Who holds a role on a region."""
        return next(
            self.people[person.email] for person, grant in holders_of("region", codename) if grant["key"] == region
        )

    def speaker_for(self, collaborator: Collaborator) -> tuple[User, str]:
        """Somebody who speaks for an ally, and the name that a community will see."""
        name = collaborator.display_name
        if name not in self.speakers:
            email = f"{slugify(name)}@demo.example"
            user = register_person(email=email, by=self.coordinator)
            give_role(collaborator, "speak_for", user, by=self.coordinator)
            self.speakers[name] = (user, f"Somebody of {name}")
        return self.speakers[name]


def gather_cast() -> Cast:
    """Put the allies on the roster, register everybody with a password, and give the roles that do not
    wait for a community.

    The first coordinator is made by the owner, as in every new installation: nobody can invite them.
    """
    install_first_coordinator(COORDINATOR, PASSWORD, "owner")
    cast = Cast(User.objects.get(email=COORDINATOR))
    cast.allies = len(import_roster(read_sheet(ROSTER), is_trial=False, mark=MARK, by=cast.coordinator).new)
    list_allies(cast.coordinator)
    cast.panels = set_up_panels(cast.coordinator)
    for person in demo_people():
        cast.people[person.email] = _registered(person, cast.coordinator)
        for grant in person.grants:
            _give(cast, person, grant)
    return cast


def list_allies(coordinator: User) -> None:
    """Let communities find two of three allies in the directory; the others rather not."""
    with transaction.atomic(), acting_as(coordinator):
        for number, entry in enumerate(Collaborator.objects.order_by("display_name")):
            if number % 3:
                change_directory(entry, version=entry.version, is_shown=True, by=coordinator)


def join_community(cast: Cast, key: str) -> None:
    """Let the people of a community in who have an e-mail address; the one who asked first does it."""
    member, community = cast.communities[key]
    for codename in ("represent", "support"):
        for person, grant in holders_of("community", codename):
            if grant["key"] == key:
                with transaction.atomic(), acting_as(member):
                    join(community, codename, cast.people[person.email], ends_at=_moved(grant["ends_on"]))


def _registered(person: DemoPerson, coordinator: User) -> User:
    if person.email == COORDINATOR:
        return coordinator
    return register_person(email=person.email, password=PASSWORD, language=person.language, by=coordinator)


def _give(cast: Cast, person: DemoPerson, grant: Told) -> None:
    if grant["container"] == "community" or person.email == COORDINATOR:
        return
    container = _container(cast, grant)
    ends_at = _moved(grant["ends_on"])
    give_role(container, grant["codename"], cast.people[person.email], ends_at=ends_at, by=cast.coordinator)
    if grant["codename"] == "speak_for":
        cast.speakers[grant["key"]] = (cast.people[person.email], person.name)


def _container(cast: Cast, grant: Told) -> Any:
    if grant["container"] == "platform":
        return Platform.objects.get()
    if grant["container"] == "region":
        return Region.objects.get(code=grant["key"])
    if grant["container"] == "panel":
        return cast.panels[grant["key"]]
    return collaborator_named(grant["key"], cast.coordinator)


def collaborator_named(name: str, by: User) -> Collaborator:
    """An entry of the roster, as somebody who may see it reads it."""
    with transaction.atomic(), acting_as(by):
        return Collaborator.objects.get(display_name=name)


def _moved(day: str | None) -> datetime | None:
    """A day of the files, as far from today as it was from the day on which they were written."""
    if day is None:
        return None
    distance: timedelta = datetime.fromisoformat(day).date() - WRITTEN_ON
    return timezone.make_aware(datetime.combine(timezone.localdate() + distance, time()))
