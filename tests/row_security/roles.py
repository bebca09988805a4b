"""Invitations, absences, panels and handovers of a random world, and who should see them."""

from datetime import timedelta
from typing import Any

from collaborations.models import Handover, HandoverContact, HandoverNote, HandoverSignature, SupportRequest
from collaborators.models import Absence, AccessEnd, Composition, Invitation, Panel, Region, SignInAddress
from tests.row_security.world import World


def fill_with_roles(world: World) -> None:
    """Invitations, ended accounts, absences, what panel members say of themselves, and handovers."""
    for name in ("panel member", "former panel member"):
        member = world.people[name]
        world.perhaps(Composition, user=member, key_object=member.uuid)
    for number in range(2):
        person, other = world.chance.sample([user for user in world.people.values() if user.pk], 2)
        world.add(
            Invitation, email=f"{number}@test.example", container="region", codename="guard", proof=b"",
            held_id=world.all(Region)[0].pk, invited_by=person, expires_at=world.now + timedelta(days=1),
        )  # fmt: skip
        world.add(AccessEnd, person=person, ended_by=other, reason="left")
        own = world.people[("member", "supporter")[number]]
        world.perhaps(SignInAddress, user=own, email=f"{number}@own.example", proof=b"", asked_at=world.now)
        world.add(
            Absence, person=person, cover=other, region=world.maybe(world.chance.choice(world.all(Region))),
            entered_by=person, starts_at=world.now, ends_at=world.now + timedelta(days=1),
        )  # fmt: skip
    add_handovers(world)


def add_handovers(world: World) -> None:
    """A region or two under way from somebody to somebody, open, done or stopped, with a pack and a signature."""
    facilitators = ["facilitator", "former facilitator", "facilitator and member", "disabled facilitator"]
    for name in world.chance.sample(facilitators, k=2):
        leaving, arriving = world.people[name], world.people[world.chance.choice(["stranger", "duty facilitator"])]
        handover = world.add(
            Handover, region=world.chance.choice(world.all(Region)), leaving=leaving, arriving=arriving,
            started_by=leaving, completed_at=world.maybe(world.now), cancelled_at=world.maybe(world.now),
        )  # fmt: skip
        world.perhaps(HandoverSignature, handover=handover, side="leaving", person=leaving)
        for request in world.all(SupportRequest)[:1]:
            about = {"handover": handover, "request": request}
            world.perhaps(HandoverNote, **about, key_object=request.uuid)
            world.perhaps(
                HandoverContact, **about, community=request.community, key_object=request.community.uuid
            )  # fmt: skip


def keeps_accounts(eyes: Any, _: Any) -> bool:
    return eyes.coordinates or eyes.stewards or eyes.is_system


def sees_panel(eyes: Any, panel: Panel) -> bool:
    return keeps_accounts(eyes, panel) or panel.pk in eyes.holding("review")


def sees_access_end(eyes: Any, end: AccessEnd) -> bool:
    return eyes.coordinates or eyes.stewards or end.ended_by_id == eyes.pk


def sees_absence(eyes: Any, absence: Absence) -> bool:
    is_part = eyes.pk in (absence.person_id, absence.cover_id)
    return keeps_accounts(eyes, absence) or is_part or absence.region_id in eyes.regions | eyes.guarded


def takes_part(eyes: Any, handover: Handover) -> bool:
    """Who leaves, until it is done; who arrives, and afterwards while the region is theirs."""
    if handover.cancelled_at is not None or not eyes.pk or not eyes.person.is_active:
        return False
    is_theirs = handover.region_id in eyes.regions
    is_leaving = handover.leaving_id == eyes.pk and handover.completed_at is None and is_theirs
    return is_leaving or (handover.arriving_id == eyes.pk and (handover.completed_at is None or is_theirs))


def sees_handover(eyes: Any, handover: Handover) -> bool:
    return eyes.coordinates or eyes.is_system or takes_part(eyes, handover)


def sees_pack(eyes: Any, part: HandoverNote | HandoverContact) -> bool:
    """Who takes part; the coordinator with a written reason."""
    return takes_part(eyes, part.handover) or (eyes.coordinates and bool(eyes.reason))


EXPECTED_OF_ROLES: dict[Any, Any] = {
    Invitation: keeps_accounts,
    AccessEnd: sees_access_end,
    Panel: sees_panel,
    SignInAddress: lambda eyes, address: eyes.is_system or address.user_id == eyes.pk,
    Composition: lambda eyes, answers: eyes.is_system or answers.user_id == eyes.pk,
    Absence: sees_absence,
    Handover: sees_handover,
    HandoverSignature: lambda eyes, signature: sees_handover(eyes, signature.handover),
    HandoverNote: sees_pack,
    HandoverContact: sees_pack,
}
