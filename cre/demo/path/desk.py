"""The desk: placing, safety first, the talk, yes or no, and the brief."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from collaborations.actions import (
    Voice,
    accept_request,
    approve_brief,
    ask_second_look,
    check_safety,
    decline_request,
    park_request,
    place_request,
    propose_brief,
    write_brief,
    write_message,
)
from collaborations.models import BriefVersion
from collaborations.models.requests import RiskLevel
from collaborators.models import Region
from cre.core.vocabularies import ConsentForm, DeclineReason
from cre.demo.files import WRITTEN_ON, Told
from cre.demo.journey import Journey, fresh

RISK = {"now": RiskLevel.HIGH, "soon": RiskLevel.MEDIUM, "no": RiskLevel.LOW}


def place(journey: Journey) -> None:
    """The coordinator finds a region for a request without one."""
    with journey.step():
        request = journey.request_as(journey.cast.coordinator)
        region = Region.objects.get(code=journey.region)
        place_request(request, region, version=request.version, by=journey.cast.coordinator)


def check(journey: Journey, *, is_safe: bool) -> None:
    """Safety first: the facilitator judges the danger, and whether the agreed channel is safe."""
    hours = journey.told["safe_hours"] or "not said"
    with journey.step():
        request = journey.request_as(journey.facilitator)
        check_safety(
            request,
            version=request.version,
            level=RISK[journey.told["danger"]],
            channel_is_safe=is_safe,
            notes=f"Reach them: {journey.told['channel']}. Hours: {hours}.",
            by=journey.facilitator,
        )


def talk(journey: Journey, messages: Iterable[Told]) -> None:
    """What the community and its desk wrote to each other; while people work together it goes on for long."""
    weight = 3 if journey.told["state"] == "supported" else 1
    for message in messages:
        with journey.step(weight=weight):
            person = journey.member if message["from"] == "community" else journey.facilitator
            request = journey.request_as(person)
            write_message(request, text=message["text"], language=journey.told["language"], once=uuid4(), by=person)


def accept(journey: Journey) -> None:
    """The desk takes the request on."""
    with journey.step():
        request = journey.request_as(journey.facilitator)
        accept_request(request, version=request.version, by=journey.facilitator)


def decline(journey: Journey) -> None:
    """The desk says no, with a reason and another door; once the community asks for a second look."""
    said = journey.told["decline"]
    with journey.step():
        request = journey.request_as(journey.facilitator)
        decline_request(
            request,
            version=request.version,
            reason=DeclineReason(said["reason"]),
            message=said["message"],
            to_whom=said["referral"]["to"],
            words=said["referral"]["words"],
            by=journey.facilitator,
        )


def doubt(journey: Journey) -> None:
    """The community asks that another person looks again."""
    if words := journey.told.get("second_look"):
        with journey.step():
            ask_second_look(journey.request_as(journey.member), words=words, by=journey.member)


def park(journey: Journey) -> None:
    """The request waits until a day, which is as far from today as it was when the files were written."""
    days = (date.fromisoformat(journey.told["parked_until"]) - WRITTEN_ON).days
    with journey.step() as step:
        request = journey.request_as(journey.facilitator)
        park_request(request, version=request.version, days=days, by=journey.facilitator)
        step.due_on_purpose = timezone.now() + timedelta(days=days)


def propose(journey: Journey, sectors: dict[str, tuple[str, str]]) -> BriefVersion:
    """The facilitator writes the brief and shows it to the community. The country stands in it only where
    nobody fears anything, and so does who pays for the project."""
    told, brief = journey.told, journey.told["brief"]
    sector, financier = sectors.get(told["project"] or "", ("", ""))
    is_calm = told["danger"] == "no"
    with journey.step():
        request = journey.request_as(journey.facilitator)
        version = write_brief(
            request,
            by=journey.facilitator,
            language=brief["language"],
            title=brief["title"],
            text=brief["text"],
            shown_country=(told["country"] or "") if is_calm else "",
            areas=told["areas"],
            skills=[],
            languages=told["languages"],
            sector=sector,
            financier=financier if is_calm else "",
        )
        return propose_brief(version, version=version.version, by=journey.facilitator)


def approve(journey: Journey, brief: BriefVersion) -> None:
    """The community says yes, in the portal or by voice; then the facilitator writes down what it said."""
    with journey.step():
        voice = voice_of(journey)
        person = journey.facilitator if voice else journey.member
        brief = fresh(brief, person)
        approve_brief(brief, version=brief.version, voice=voice, by=person)


def voice_of(journey: Journey) -> Voice | None:
    """How a community decided that does not decide in the portal."""
    brief = journey.told["brief"]
    if brief["approval_form"] == ConsentForm.PORTAL:
        return None
    return Voice(
        form=ConsentForm(brief["approval_form"]),
        said_by=f"Two people who speak for {journey.told['chosen_name']}",
        language=journey.told["languages"][-1],
        read_back=f"{brief['title']}. {brief['text']}",
    )
