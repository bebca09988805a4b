"""Three communities on the whole path, two of them in one region: what is one's own, what is near, what is far."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from collaborations.actions import ask_second_look, order_deletion
from collaborations.actions.handover import start_handover
from collaborations.models import (
    BriefVersion,
    Collaboration,
    Consent,
    Handover,
    Introduction,
    KeepQuestion,
    SupportRequest,
)
from collaborators.actions import (
    ask_ledger_copy,
    ask_level_raise,
    confirm_thaw,
    end_all_access,
    enter_absence,
    freeze_community,
    give_role,
    give_seat,
    invite_person,
    let_person_in,
    make_panel,
    place_hold,
    propose_thaw,
)
from collaborators.models import Absence, Freeze, FreezingSide, Panel, Platform, Region, User
from collaborators.selectors.ledger import LedgerSearch
from cre.core.access import acting_as, acting_system, join
from cre.core.outbox import Notice
from tests import journey
from tests.conftest import community_of, holder, person, roster_entry
from tests.interpreting.walking import allowed
from tests.sending import shared_file

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
    for name, helper in (("own", "near"), ("near", "far"), ("far", "own")):
        other = places[helper].cast
        task = allowed(places[name].cast, places[name].objects["request"], other.ally, other.collaborator)
        places[name].objects["interpreting"] = task.uuid
    return World(places, people_of(places, coordinator))


def place(name: str, region: Region, facilitator: User, coordinator: User) -> Place:
    """A community with a finished path, and a second, declined request that asks for another look."""
    member, community = community_of(name, region)
    collaborator = roster_entry(f"Allies of {name}", coordinator, countries=["KE", "NP"], skills=["interpreting"])
    ally = holder(f"ally-{name}", collaborator, "speak_for", coordinator)
    cast = journey.Cast(
        member, community, facilitator, collaborator, ally, country="NP" if region.code == "asia" else "KE"
    )
    work = journey.introduced(cast)
    no = journey.declined(cast)
    look = ask_second_look(no, words="Please look again.", by=member)
    raised = ask_level_raise(collaborator, by=facilitator)
    copy = ask_ledger_copy(LedgerSearch(), reason="We count reads of this quarter.", by=coordinator)
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
    shared = shared_file(work, member)
    objects |= {"file": shared.file.uuid, "shared_file": shared.uuid}
    objects |= kept_things(cast, no, coordinator)
    objects |= papers_of_staff(name, region, facilitator, coordinator)
    objects |= {"second_look": look.uuid, "level_raise": raised.uuid, "copy": copy.uuid}
    objects |= {"collaborator": collaborator.uuid, "draft": unsent.uuid, "declined": no.uuid}
    objects["freeze"] = stopped_once(cast, coordinator).uuid
    objects["output"] = journey.put(cast, work).uuid
    objects |= {
        "member_notice": told(member, work),
        "ally_notice": told(ally, work),
        "desk_notice": told(facilitator, work),
    }
    objects["community_person"] = uuid4()
    let_person_in(community, once=objects["community_person"], called="One more", by=member)
    return Place(cast, objects)


def stopped_once(cast: journey.Cast, second: User) -> Freeze:
    """A freeze that is over: two people thawed it, and everything goes on."""
    region_id, desk = cast.community.region_id, cast.facilitator
    freeze_community(cast.community.pk, side=FreezingSide.DESK, region_id=region_id, reason="A phone.", by=desk)
    with transaction.atomic(), acting_as(desk):
        freeze = Freeze.objects.get(community=cast.community)
    propose_thaw(freeze, version=1, reason="We spoke.", by=desk)
    return confirm_thaw(freeze, version=2, by=second)


def kept_things(cast: journey.Cast, request: SupportRequest, coordinator: User) -> dict[str, UUID]:
    """A question whether a request is kept, a legal hold on it, and an order to delete another one, which it hides."""
    order = order_deletion(cast.community, request=journey.received(cast), by=cast.member)
    hold = place_hold("collaborations.SupportRequest", request.uuid, reason="a court has asked", by=coordinator)
    with transaction.atomic(), acting_system():
        question = KeepQuestion.objects.create(
            community=cast.community, request=request, rule="declined", due_at=timezone.now()
        )
    return {"deletion": order.uuid, "keep_question": question.uuid, "hold": hold.uuid}


def papers_of_staff(name: str, region: Region, facilitator: User, coordinator: User) -> dict[str, UUID]:
    """What those who look after accounts work with; one handover and one absence for each facilitator."""
    panel = make_panel(name=f"Panel of {name}", kind="committee", region=region, seats=3, by=coordinator)
    ended = end_all_access(person(f"former-{name}", coordinator), reason="left", by=coordinator)
    with transaction.atomic(), acting_as(coordinator):
        handover = Handover.objects.filter(leaving=facilitator).first()
        absence = Absence.objects.filter(person=facilitator).first()
    if handover is None:
        handover = start_handover(region, facilitator, person(f"next-{name}", coordinator), by=facilitator)
    if absence is None:
        absence = enter_absence(
            facilitator, holder(f"cover-{name}", region, "guard", coordinator), region=region,
            starts_at=timezone.now(), ends_at=timezone.now() + timedelta(days=3), by=facilitator,
        )  # fmt: skip
    return {
        "panel": panel.uuid,
        "access_end": ended.uuid,
        "person": person(f"anybody-{name}", coordinator).uuid,
        "invitation": invite_person(panel, "review", email=f"new-{name}@test.example", by=coordinator).uuid,
        "handover": handover.uuid,
        "absence": absence.uuid,
    }


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
    reviewer = person("reviewer", coordinator)
    with transaction.atomic(), acting_as(coordinator):
        panel = Panel.objects.get(uuid=own.objects["panel"])
    give_seat(panel, reviewer, ends_at=None, by=coordinator)
    everybody["reviewer"] = reviewer
    for name, there in places.items():
        everybody |= {f"member_{name}": there.cast.member, f"ally_{name}": there.cast.ally}
    return everybody | {"desk_africa": own.cast.facilitator, "desk_asia": places["far"].cast.facilitator}
