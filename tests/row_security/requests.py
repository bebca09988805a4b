"""The requests of a random world, and everything that hangs on them."""

from datetime import timedelta
from itertools import product
from typing import Any

from collaborations.events import Event
from collaborations.models import (
    BriefVersion,
    Collaboration,
    CollaborationMessage,
    Consent,
    Disclosure,
    InternalNote,
    Introduction,
    Match,
    Participant,
    Referral,
    RequestMessage,
    RequestRisk,
    RequestStory,
    SafetyCheck,
    SafetyFlag,
    SecondLook,
    SupportRequest,
    TimelineEntry,
)
from collaborations.models.introductions import DisclosedField
from collaborations.models.requests import RiskLevel
from collaborations.states import BriefStatus, CollaborationStatus, IntroductionStatus, RequestStatus
from collaborators.models import Collaborator, Community, Region
from cre.core.vocabularies import Danger
from tests.row_security.world import World


def fill_with_requests(world: World) -> None:
    """Between none and five requests, each in any state, with any of its parts."""
    for _ in range(world.up_to(5)):
        request = add_request(world)
        add_talk(world, request)
        briefs = add_briefs(world, request)
        introductions = add_introductions(world, request, briefs) if briefs else []
        works = [work for introduction in introductions for work in add_work(world, introduction)]
        add_timeline(world, request, works)


def add_request(world: World) -> SupportRequest:
    """A request whose place, arrival and writer decide who of the staff knows of it."""
    choose = world.chance.choice
    region, received_at, is_assisted = world.turn(
        list(product(world.all(Region), [None, world.now], [False, True])), len(world.all(SupportRequest))
    )
    return world.add(
        SupportRequest,
        community=choose(world.all(Community)),
        region=region,
        status=choose(RequestStatus.values),
        danger=choose(Danger.values),
        risk_level=choose(["", *RiskLevel.values]),
        closed_at=world.maybe(world.now),
        received_at=received_at,
        is_assisted=is_assisted,
    )


def add_talk(world: World, request: SupportRequest) -> None:
    """The sealed parts, what was said and what was judged."""
    about = {"request": request, "key_object": request.uuid}
    person = world.somebody()
    world.perhaps(RequestStory, **about)
    world.perhaps(RequestRisk, **about)
    world.perhaps(SafetyCheck, **about, level="low", checked_by=person)
    world.perhaps(SafetyFlag, request=request, oddity="quick")
    world.perhaps(InternalNote, **about, author=person)
    world.perhaps(RequestMessage, **about, author=person, side="desk")
    world.perhaps(Referral, **about, made_by=person, ask_on=world.now.date())
    world.perhaps(SecondLook, **about, asked_by=person, due_at=world.now)
    if world.maybe(True):
        add_consent(world, request.community, request=world.maybe(request), about="keep")


def add_consent(world: World, community: Community, **about: Any) -> Consent:
    return world.add(
        Consent,
        community=community,
        key_object=community.uuid,
        recorded_by=world.somebody(),
        is_given=True,
        **about,
    )


def add_briefs(world: World, request: SupportRequest) -> list[BriefVersion]:
    """Up to two versions, at most one of them approved."""
    statuses = world.chance.sample(BriefStatus.values, k=world.up_to(2))
    about = {"request": request, "key_object": request.uuid, "written_by": world.somebody()}
    return [
        world.add(BriefVersion, **about, number=number, status=status)
        for number, status in enumerate(statuses, start=1)
    ]


def add_introductions(world: World, request: SupportRequest, briefs: list[BriefVersion]) -> list[Introduction]:
    """One introduction each for some of the roster, asked or not, with the people that it names."""
    chosen = world.chance.sample(world.all(Collaborator), k=world.up_to(3))
    return [add_introduction(world, request, collaborator, briefs) for collaborator in chosen]


def add_introduction(
    world: World, request: SupportRequest, collaborator: Collaborator, briefs: list[BriefVersion]
) -> Introduction:
    status = world.chance.choice(IntroductionStatus.values)
    introduction = world.add(
        Introduction,
        request=request,
        community=request.community,
        key_object=request.uuid,
        collaborator=collaborator,
        brief=world.chance.choice(briefs),
        status=status,
        # Nobody accepts what was never offered.
        offered_at=world.now if status == IntroductionStatus.ACCEPTED else world.maybe(world.now),
    )
    add_participants(world, introduction)
    add_disclosures(world, introduction)
    world.perhaps(Match, introduction=introduction, request=request, score=1, proposed_by=world.somebody())
    return introduction


def add_participants(world: World, introduction: Introduction) -> None:
    """Some of those who could be named: of the ally or of another one, still there or gone."""
    names = ["ally", "former ally", "other ally", "member and ally", "disabled coordinator", "stranger"]
    for name in world.chance.sample(names, k=world.up_to(4)):
        world.add(
            Participant,
            introduction=introduction,
            key_object=introduction.uuid,
            user=world.people[name],
            left_at=world.maybe(world.now),
        )


def add_disclosures(world: World, introduction: Introduction) -> None:
    """Some fields, each under a consent."""
    about = {"introduction": introduction, "request": introduction.request, "about": "disclose"}
    for code in world.chance.sample(DisclosedField.values, k=world.up_to(2)):
        world.add(
            Disclosure,
            introduction=introduction,
            community=introduction.community,
            key_object=introduction.uuid,
            consent=add_consent(world, introduction.community, **about),
            field=code,
        )


def add_work(world: World, introduction: Introduction) -> list[Collaboration]:
    """Perhaps a collaboration, in any region, and perhaps a message in it."""
    works = world.perhaps(
        Collaboration,
        request=introduction.request,
        introduction=introduction,
        key_object=introduction.uuid,
        community=introduction.community,
        region=world.chance.choice(world.all(Region)),
        status=world.chance.choice(CollaborationStatus.values),
        ended_at=world.maybe(world.now),
        paused_at=world.maybe(world.now),
        check_in_on=(world.now + timedelta(days=30)).date(),
    )
    said = {"key_object": introduction.uuid, "author": world.somebody(), "side": "ally"}
    for work in works:
        world.perhaps(CollaborationMessage, collaboration=work, **said)
    return works


def add_timeline(world: World, request: SupportRequest, works: list[Collaboration]) -> None:
    """Entries for every audience, some of them about one of the collaborations."""
    for audience in [*TimelineEntry.Audience.values, TimelineEntry.Audience.ALL]:
        about = {"request": request, "event": world.chance.choice(Event.values), "audience": audience}
        world.perhaps(TimelineEntry, **about, collaboration=world.chance.choice([None, *works]), side="desk")
