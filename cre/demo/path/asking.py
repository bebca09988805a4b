"""A community asks: the intake, the answers, the sending, and sometimes the taking back."""

from collections.abc import Iterable
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import override

from collaborations.actions import change_draft, send_request, start_request, withdraw_request
from collaborators.actions import begin_intake
from collaborators.models import Community, Region, User
from cre.core.vocabularies import Group, Impact, language_name
from cre.demo.cast import Cast, join_community
from cre.demo.files import Told
from cre.demo.journey import Journey


def ask(told: Told, cast: Cast, projects: dict[str, str]) -> Journey:
    """The first step: somebody who is nobody yet asks and, unless it stays a draft, sends the request."""
    began_at, key = timezone.now(), told["community"]
    if key not in cast.communities:
        cast.communities[key] = come_in(told)
        join_community(cast, key)
    journey = Journey(told, cast, *cast.communities[key])
    with journey.step(began_at=began_at):
        request = start_request(journey.community, danger=told["danger"], language=told["language"], by=journey.member)
        journey.request_id = request.pk
        answers = answers_of(told, projects)
        request = change_draft(request, version=request.version, by=journey.member, **answers)
        if told["state"] != "draft":
            send_request(request, version=request.version, by=journey.member)
    return journey


def come_in(told: Told) -> tuple[User, Community]:
    """The intake. The country has not been said yet, so the community comes in where requests wait."""
    intake = begin_intake(
        language=told["language"],
        region=Region.objects.get(is_waiting_room=True),
        chosen_name=told["chosen_name"],
        channel=told["channel"],
        handle=told["handle"],
        safe_hours=f"{told['safe_hours']} ({told['time_zone']})" if told["time_zone"] else told["safe_hours"],
        not_to_mention=told["not_to_mention"],
        languages=", ".join(language_name(tag, told["language"]) for tag in told["languages"]),
    )
    return intake.user, intake.community


def answers_of(told: Told, projects: dict[str, str]) -> dict[str, Any]:
    """What the community answers, under the names that the product has for it."""
    project = projects.get(told["project"] or "", "")
    return {
        "country": told["country"] or "",
        "areas": told["areas"],
        "kinds_of_help": told["kinds_of_help"],
        "who_asks": told["who_asks"],
        "stage": told["stage"],
        "need": told["need"],
        "what_happens": told["story"],
        "wider_area": told["wider_area"],
        "groups": in_words(Group, told["groups"], told["language"]),
        "impacts": in_words(Impact, told["impacts"], told["language"]),
        "project": " ".join(filter(None, [project, told["project_guess"]])),
        "good_result": told["good_result"],
        "must_not_happen": told["must_not_happen"],
        "threats": told["risk"],
    }


def in_words(vocabulary: type[TextChoices], codes: Iterable[str], language: str) -> str:
    """Codes as a community would write them, in its language where the product speaks it."""
    with override(language):
        return ", ".join(str(vocabulary(code).label) for code in codes)


def take_back(journey: Journey) -> None:
    """The community takes its request back."""
    with journey.step():
        request = journey.request_as(journey.member)
        withdraw_request(request, version=request.version, by=journey.member)
