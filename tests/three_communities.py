"""Three communities on the whole path, two of them in one region: what is one's own, what is near, what is far."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from collaborations.actions import ask_second_look
from collaborations.models import BriefVersion, Collaboration, Consent, Introduction, SupportRequest
from collaborators.actions import ask_level_raise, give_role
from collaborators.models import Platform, Region, User
from cre.core.access import acting_as, join
from cre.core.outbox import Notice
from tests import journey
from tests.conftest import community_of, holder, person, roster_entry

RELATIONS = ("own", "near", "far")


@dataclass
class Place:
    """One community, its ally and the objects of each kind that belong to it."""

    cast: journey.Cast
    objects: dict[str, UUID]


@dataclass
class World:
    """The three places, and everybody who might look at them."""

    places: dict[str, Place]
    people: dict[str, User | None]


def build_world(coordinator: User) -> World:
    """Walk the path three times; the facilitator of Africa has two of the communities."""
    africa, asia = Region.objects.get(code="africa"), Region.objects.get(code="asia")
    facilitators = {
        "own": holder("desk-africa", africa, "facilitate", coordinator),
        "far": holder("desk-asia", asia, "facilitate", coordinator),
    }
    facilitators["near"] = facilitators["own"]
    places = {
        name: place(name, asia if name == "far" else africa, facilitators[name], coordinator) for name in RELATIONS
    }
    return World(places, people_of(places, coordinator))


def place(name: str, region: Region, facilitator: User, coordinator: User) -> Place:
    """A community with a finished path, and a second, declined request that asks for another look."""
    member, community = community_of(name, region)
    collaborator = roster_entry(f"Allies of {name}", coordinator, countries=["KE", "NP"])
    ally = holder(f"ally-{name}", collaborator, "speak_for", coordinator)
    cast = journey.Cast(
        member, community, facilitator, collaborator, ally, country="NP" if region.code == "asia" else "KE"
    )
    work = journey.introduced(cast)
    no = journey.declined(cast)
    look = ask_second_look(no, words="Please look again.", by=member)
    raised = ask_level_raise(collaborator, by=facilitator)
    unsent = journey.draft(cast)
    with transaction.atomic(), acting_as(member):
        objects = {
            "community": community.uuid,
            "collaboration": work.uuid,
            "introduction": Introduction.objects.get(pk=work.introduction_id).uuid,
            "request": SupportRequest.objects.get(pk=work.request_id).uuid,
            "brief": BriefVersion.objects.get(request_id=work.request_id).uuid,
            "consent": Consent.objects.filter(request_id=work.request_id).latest("id").uuid,
        }
    objects |= {"second_look": look.uuid, "level_raise": raised.uuid}
    objects |= {"collaborator": collaborator.uuid, "draft": unsent.uuid, "declined": no.uuid}
    objects |= {
        "member_notice": told(member, work),
        "ally_notice": told(ally, work),
        "desk_notice": told(facilitator, work),
    }
    return Place(cast, objects)


def told(who: User, work: Collaboration) -> UUID:
    """A notice for this person, as the relay would have delivered it."""
    with transaction.atomic(), acting_as(who):
        notice = Notice.objects.create(
            recipient=who, topic="word-for-community", object_uuid=work.uuid, key=str(work.uuid)
        )
    return notice.uuid


def people_of(places: dict[str, Place], coordinator: User) -> dict[str, User | None]:
    """Everybody, by the name that the matrix calls them."""
    own = places["own"]
    colleague = person("colleague", coordinator)
    give_role(own.cast.collaborator, "speak_for", colleague, by=coordinator)
    supporter = person("supporter", coordinator)
    with transaction.atomic(), acting_as(own.cast.member):
        join(own.cast.community, "support", supporter)
    africa = Region.objects.get(code="africa")
    everybody: dict[str, Any] = {
        "nobody": None,
        "supporter": supporter,
        "colleague": colleague,
        "focal_person": holder("focal", africa, "guard", coordinator),
        "coordinator": coordinator,
        "steward": holder("data-steward", Platform.objects.get(), "steward", coordinator),
        "stranger": person("somebody", coordinator),
    }
    for name, there in places.items():
        everybody |= {f"member_{name}": there.cast.member, f"ally_{name}": there.cast.ally}
    return everybody | {"desk_africa": own.cast.facilitator, "desk_asia": places["far"].cast.facilitator}
