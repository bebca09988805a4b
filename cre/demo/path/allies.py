"""The allies: suggested, asked, willing or not, chosen, introduced, and at work."""

from uuid import uuid4

from django.db import transaction

from collaborations.actions import (
    allow_offers,
    answer_willing,
    choose_ally,
    confirm_contact,
    decide_access,
    decline_offer,
    propose_allies,
    write_in_collaboration,
)
from collaborations.models import Collaboration, Introduction
from collaborators.actions import ask_level_raise
from collaborators.models import User
from cre.core.access import acting_as
from cre.core.vocabularies import AccessLevel
from cre.demo.cast import collaborator_named
from cre.demo.journey import Journey, fresh
from cre.demo.path.desk import voice_of

Introductions = dict[str, Introduction]
# Allies have a week for their answer, and who waited for it does not wait long with the next step.
QUICK = 0.1


def suggest(journey: Journey) -> Introductions:
    """The facilitator suggests allies, each with its reasons."""
    names = journey.told["allies"]["offered"]
    allies = [collaborator_named(name, journey.facilitator) for name in names]
    with journey.step():
        request = journey.request_as(journey.facilitator)
        made = propose_allies(request, version=request.version, collaborators=allies, by=journey.facilitator)
    return {ally.display_name: introduction for ally, introduction in zip(allies, made, strict=True)}


def allow(journey: Journey, introductions: Introductions) -> None:
    """The community allows that these allies are asked."""
    with journey.step():
        voice = voice_of(journey)
        person = journey.facilitator if voice else journey.member
        request = journey.request_as(person)
        allow_offers(
            request,
            version=request.version,
            introductions=list(introductions.values()),
            voice=voice,
            by=person,
        )


def answer(journey: Journey, introductions: Introductions) -> None:
    """Each ally answers for itself, not knowing who asks; some have not answered yet."""
    told = journey.told["allies"]
    for name in told["unwilling"]:
        with journey.step(weight=QUICK):
            user, introduction = _asked(journey, introductions[name], name)
            decline_offer(introduction, version=introduction.version, by=user)
    for name in told["willing"]:
        with journey.step(weight=QUICK):
            user, introduction = _asked(journey, introductions[name], name)
            _ally, shown_name = journey.cast.speakers[name]
            answer_willing(introduction, version=introduction.version, name=shown_name, no_conflict=True, by=user)


def choose(journey: Journey, introductions: Introductions) -> None:
    """The community chooses, and says what each ally may know."""
    for name in journey.told["allies"]["chosen"]:
        with journey.step(weight=QUICK):
            introduction = fresh(introductions[name], journey.member)
            choose_ally(
                introduction,
                version=introduction.version,
                fields=journey.told["share"],
                by=journey.member,
            )
        raise_level(journey, name)


def raise_level(journey: Journey, name: str) -> None:
    """An ally that may only read briefs waits for a second person; without a decision it goes on waiting."""
    collaborator = collaborator_named(name, journey.facilitator)
    if collaborator.access_level >= AccessLevel.IDENTIFIED:
        return
    with journey.step(weight=QUICK):
        raised = ask_level_raise(collaborator, by=journey.facilitator)
    if journey.told["state"] != "matching":
        with journey.step(weight=QUICK):
            decide_access(raised, approved=True, by=journey.cast.coordinator)


def begin_work(journey: Journey) -> None:
    """The community says of each of its allies that they have spoken."""
    for work in _works(journey):
        with journey.step():
            confirm_contact(work, version=work.version, by=journey.member)


def write_together(journey: Journey) -> None:
    """What the community and its first ally wrote to each other."""
    for message in journey.told.get("thread", []):
        with journey.step():
            ally, _name = journey.cast.speakers[journey.told["allies"]["chosen"][0]]
            write_in_collaboration(
                _works(journey)[0],
                text=message["text"],
                language=journey.told["language"],
                once=uuid4(),
                by=ally if message["from"] == "ally" else journey.member,
            )


def _works(journey: Journey) -> list[Collaboration]:
    with transaction.atomic(), acting_as(journey.member):
        return list(Collaboration.objects.filter(request_id=journey.request_id).order_by("pk"))


def _asked(journey: Journey, introduction: Introduction, name: str) -> tuple[User, Introduction]:
    """Who answers for an ally, and the offer as that person sees it."""
    user, _shown_name = journey.cast.speaker_for(collaborator_named(name, journey.facilitator))
    return user, fresh(introduction, user)
