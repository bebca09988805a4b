"""Whom a notice is for, and the page that it leads to."""

from typing import Any

from django.urls import reverse

from collaborations.models import SupportRequest
from collaborators.models import Collaborator, Community, Platform, Region
from cre.core.access import holders
from cre.core.outbox import Event


# --- Who is told -------------------------------------------------------------------------------------
def community(event: Event) -> list[int]:
    return holders(Community(pk=event.ids["community"]), "represent")


def desk(event: Event) -> list[int]:
    """The region's facilitators; nobody there yet: the coordinator, so that nothing falls through."""
    return holders(Region(pk=event.ids["region"]), "facilitate") or coordinator(event)


def desk_of_request(event: Event) -> list[int]:
    """As `desk`, for events of allies, who do not know the region of the request."""
    region = SupportRequest.objects.filter(pk=event.ids["request"]).values_list("region", flat=True).first()
    return holders(Region(pk=region), "facilitate") if region else []


def desk_and_guard(event: Event) -> list[int]:
    """With danger the focal persons first, the facilitators, and the coordinator."""
    guards = holders(Region(pk=event.ids["region"]), "guard")
    return list(dict.fromkeys([*guards, *desk(event), *coordinator(event)]))


def coordinator(event: Event) -> list[int]:
    platform = Platform.objects.only("pk").first()
    return holders(platform, "coordinate") if platform else []


def desk_and_coordinator(event: Event) -> list[int]:
    return list(dict.fromkeys([*desk(event), *coordinator(event)]))


def ally(event: Event) -> list[int]:
    return holders(Collaborator(pk=event.ids["collaborator"]), "speak_for")


def interpreter(event: Event) -> list[int]:
    return [int(event.ids["interpreter"])]


def of_handover(event: Event) -> list[int]:
    """Both who take part, and the coordinators, who sign too."""
    handover = event.object
    return [] if handover is None else [handover.leaving_id, handover.arriving_id, *coordinator(event)]


# --- Where it leads ----------------------------------------------------------------------------------
def to_community(request: Any) -> str:
    return reverse("community:request", args=[request.uuid])


def to_desk(request: Any) -> str:
    return reverse("desk:request", args=[request.uuid])


def to_desk_of(introduction: Any) -> str:
    return reverse("desk:request", args=[introduction.request.uuid])


def to_choice(introduction: Any) -> str:
    return reverse("community:choose", args=[introduction.uuid])


def to_second(introduction: Any) -> str:
    return reverse("community:second", args=[introduction.uuid])


def to_call_back(introduction: Any) -> str:
    return reverse("desk:call-back", args=[introduction.uuid])


def to_offer(introduction: Any) -> str:
    return reverse("ally:offer", args=[introduction.uuid])


def to_interpreter(task: Any) -> str:
    return reverse("ally:interpreting", args=[task.uuid])


def to_interpreting(task: Any) -> str:
    return reverse("desk:request-interpreting", args=[task.request.uuid])


def to_work(portal: str) -> Any:
    """The page of a collaboration in one portal."""
    return lambda work: reverse(f"{portal}:collaboration", args=[work.uuid])


def to_handover(handover: Any) -> str:
    return reverse("desk:handover", args=[handover.uuid])
