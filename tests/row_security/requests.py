"""The requests of a random world, and everything that hangs on them."""

from datetime import timedelta

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
    for _ in range(world.chance.randint(0, 5)):
        request = add_request(world)
        add_talk(world, request)
        briefs = add_briefs(world, request)
        introductions = add_introductions(world, request, briefs) if briefs else []
        works = [work for introduction in introductions for work in add_work(world, introduction)]
        for audience in TimelineEntry.Audience.values:
            world.some(2, lambda: world.add(  # noqa: B023
                TimelineEntry, request=request, collaboration=world.maybe(world.chance.choice(works)) if works else None,  # noqa: B023
                event=world.chance.choice(Event.values), side="desk", audience=audience,  # noqa: B023
            ))  # fmt: skip


def add_request(world: World) -> SupportRequest:
    choose = world.chance.choice
    return world.add(
        SupportRequest,
        community=choose(world.all(Community)),
        region=choose(world.all(Region)),
        status=choose(RequestStatus.values),
        danger=choose(Danger.values),
        risk_level=choose(["", *RiskLevel.values]),
        closed_at=world.maybe(world.now),
    )


def add_talk(world: World, request: SupportRequest) -> None:
    """The sealed parts, what was said and what was judged."""
    about = {"request": request, "key_object": request.uuid}
    person = world.somebody()
    world.some(1, lambda: world.add(RequestStory, **about))
    world.some(1, lambda: world.add(RequestRisk, **about))
    world.some(1, lambda: world.add(SafetyCheck, **about, level="low", checked_by=person))
    world.some(1, lambda: world.add(InternalNote, **about, author=person))
    world.some(1, lambda: world.add(RequestMessage, **about, author=person, side="desk"))
    world.some(1, lambda: world.add(Referral, **about, made_by=person, ask_on=world.now.date()))
    world.some(1, lambda: world.add(SecondLook, **about, asked_by=person, due_at=world.now))
    world.some(1, lambda: world.add(
        Consent, community=request.community, request=world.maybe(request), about="keep", is_given=True,
        key_object=request.community.uuid, recorded_by=person,
    ))  # fmt: skip


def add_briefs(world: World, request: SupportRequest) -> list[BriefVersion]:
    """Up to two versions, at most one of them approved."""
    statuses = world.chance.sample(BriefStatus.values, k=world.chance.randint(0, 2))
    return [
        world.add(BriefVersion, request=request, key_object=request.uuid, number=number, status=status, written_by=world.somebody())
        for number, status in enumerate(statuses, start=1)
    ]  # fmt: skip


def add_introductions(world: World, request: SupportRequest, briefs: list[BriefVersion]) -> list[Introduction]:
    """One introduction each for some of the roster, asked or not, with the people that it names."""
    chosen = world.chance.sample(world.all(Collaborator), k=world.chance.randint(0, 3))
    introductions = []
    for collaborator in chosen:
        introduction = world.add(
            Introduction,
            request=request,
            community=request.community,
            key_object=request.uuid,
            collaborator=collaborator,
            brief=world.chance.choice(briefs),
            status=world.chance.choice(IntroductionStatus.values),
            offered_at=world.maybe(world.now),
        )
        introductions.append(introduction)
        add_participants(world, introduction)
        add_disclosures(world, introduction)
        world.some(1, lambda: world.add(
            Match, introduction=introduction, request=request, score=1, proposed_by=world.somebody(),  # noqa: B023
        ))  # fmt: skip
    return introductions


def add_participants(world: World, introduction: Introduction) -> None:
    """Some of those who could be named: of the ally or of another one, still there or gone."""
    names = ["ally", "former ally", "other ally", "member and ally", "disabled coordinator", "stranger"]
    for name in world.chance.sample(names, k=world.chance.randint(0, 4)):
        left_at = world.maybe(world.now)
        world.add(
            Participant, introduction=introduction, key_object=introduction.uuid, user=world.people[name], left_at=left_at
        )


def add_disclosures(world: World, introduction: Introduction) -> None:
    """Some fields, each under a consent."""
    for code in world.chance.sample(DisclosedField.values, k=world.chance.randint(0, 2)):
        consent = world.add(
            Consent, community=introduction.community, request=introduction.request, about="disclose", is_given=True,
            introduction=introduction, key_object=introduction.community.uuid, recorded_by=world.somebody(),
        )  # fmt: skip
        world.add(
            Disclosure, introduction=introduction, community=introduction.community, key_object=introduction.uuid,
            consent=consent, field=code,
        )  # fmt: skip


def add_work(world: World, introduction: Introduction) -> list[Collaboration]:
    """Perhaps a collaboration, in any region, and perhaps a message in it."""

    def begin() -> Collaboration:
        work = world.add(
            Collaboration, request=introduction.request, introduction=introduction, key_object=introduction.uuid,
            community=introduction.community, region=world.chance.choice(world.all(Region)),
            status=world.chance.choice(CollaborationStatus.values), ended_at=world.maybe(world.now),
            check_in_on=(world.now + timedelta(days=30)).date(),
        )  # fmt: skip
        world.some(1, lambda: world.add(
            CollaborationMessage, collaboration=work, key_object=introduction.uuid, author=world.somebody(), side="ally",
        ))  # fmt: skip
        return work

    return world.some(1, begin)
