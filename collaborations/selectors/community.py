"""What the community portal shows: its own requests in plain words, what waits for it, and its offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from collaborations.clocks import after_working_days
from collaborations.disclosing import values_of
from collaborations.events import Event
from collaborations.matching import Reason
from collaborations.models import (
    BriefVersion,
    Collaboration,
    Consent,
    Introduction,
    PublicOutput,
    SupportRequest,
    TimelineEntry,
)
from collaborations.models.introductions import DisclosedField
from collaborations.models.talk import Side
from collaborations.policies.sight import COMMUNITY_AUDIENCES
from collaborations.selectors.interpreting import own_tasks, tasks_wait
from collaborations.selectors.outputs import own_outputs
from collaborations.selectors.second import seconds_of_ours
from collaborations.selectors.waiting import Waiting
from collaborations.states import BriefStatus, IntroductionStatus, OutputStatus, RequestStatus
from collaborators.models import Collaborator, Community, Region
from collaborators.policies import communities_of
from cre.core.access import Scope
from cre.core.languages import named_day
from cre.core.vocabularies import Danger, country_name

# A late answer gets a new date: so many working days after the old one, and again while that has passed too.
GRACE_DAYS = 2
URGENT_GRACE = timedelta(hours=24)

NEXT: dict[str, Promise] = {
    RequestStatus.DRAFT: _("You have not sent this yet. Nobody but you reads it."),
    RequestStatus.RECEIVED: _("A person at the regional desk reads your request and answers you."),
    RequestStatus.SAFETY_CHECK: _("The desk looks for a safe way to talk with you."),
    RequestStatus.CLARIFYING: _("The desk talks with you, and then tells you whether it can take your request on."),
    RequestStatus.ACCEPTED: _(
        "The desk writes a brief: a short text for allies, without who you are. You decide if they read it."
    ),
    RequestStatus.BRIEF_READY: _("The desk looks for allies and suggests them to you. You decide whom we ask."),
    RequestStatus.MATCHING: _("The desk asks the allies that you allowed. You choose among those who are willing."),
    RequestStatus.INTRODUCED: _("You and your ally talk with each other. Tell us when you have spoken."),
    RequestStatus.SUPPORTED: _("You and your ally work together. The desk asks you both how it goes."),
    RequestStatus.PARKED: _("Your request waits. The desk comes back to it by the day below."),
    RequestStatus.DECLINED: _("We cannot take this on. You can ask that another person looks at it again."),
    RequestStatus.WITHDRAWN: _("You took this request back. Nothing of it is shared any more."),
}
ENDED = _("The work together has ended, and this request with it.")
TO_BE_PLACED = _("We find the right regional desk for your request; then a person there reads it and answers you.")
YOURS = _("We wait for your decision. Take the time that you need.")
# In these states the date is the desk's promise; in the others nobody waits for the desk.
PROMISED = (
    RequestStatus.RECEIVED, RequestStatus.SAFETY_CHECK, RequestStatus.CLARIFYING, RequestStatus.ACCEPTED,
    RequestStatus.BRIEF_READY, RequestStatus.MATCHING, RequestStatus.PARKED,
)  # fmt: skip


# --- What is the community's own -----------------------------------------------------------------------
# Somebody may hold other roles too; this portal shows only what they see as the community.
def own_requests(scope: Scope) -> QuerySet[SupportRequest]:
    """Its drafts and what it sent; a draft that it took back unsent is gone."""
    found = SupportRequest.objects.visible_to(scope).filter(community_id__in=communities_of(scope))
    return found.exclude(status=RequestStatus.WITHDRAWN, received_at=None).select_related("region")


def own_briefs(scope: Scope) -> QuerySet[BriefVersion]:
    """The versions that were shown to the community; what the desk is still writing is not among them."""
    found = BriefVersion.objects.visible_to(scope).filter(request__community_id__in=communities_of(scope))
    return found.exclude(status=BriefStatus.DRAFT).exclude(status=BriefStatus.REPLACED, decided_at=None)


def own_introductions(scope: Scope) -> QuerySet[Introduction]:
    found = Introduction.objects.visible_to(scope).filter(community_id__in=communities_of(scope))
    return found.select_related("collaborator", "request", "request__region")


def own_collaborations(scope: Scope) -> QuerySet[Collaboration]:
    found = Collaboration.objects.visible_to(scope).filter(community_id__in=communities_of(scope))
    return found.select_related("introduction__collaborator", "request", "region")


def own_consents(scope: Scope) -> QuerySet[Consent]:
    found = Consent.objects.visible_to(scope).filter(community_id__in=communities_of(scope), is_given=True)
    return found.select_related("introduction__collaborator", "request", "brief", "withdrawal", "second")


def region_for(code: str) -> Region:
    """The region of this code; without a code, where requests wait to be placed."""
    return Region.objects.get(code=code) if code else Region.objects.get(is_waiting_room=True)


# --- Where a request stands ----------------------------------------------------------------------------
@dataclass(frozen=True)
class Standing:
    """Where a request stands: its status, the next step, and the promise in one sentence."""

    status: str
    next_step: str | Promise
    promise: str = ""
    is_late: bool = False


def standing(request: SupportRequest, *, waits: bool = False) -> Standing:
    """The standing of a request as its community reads it; `region` has to be at hand.

    waits: whether the next step is the community's own; then nobody promises or presses anything.
    """
    is_over = request.status == RequestStatus.SUPPORTED and request.closed_at is not None
    step = ENDED if is_over else NEXT[request.status]
    if request.status == RequestStatus.RECEIVED and request.region.is_waiting_room:
        step = TO_BE_PLACED
    status = gettext("ended") if is_over else request.get_status_display()
    if waits:
        return Standing(status, YOURS)
    if request.due_at is None or request.status not in PROMISED:
        return Standing(status, step)
    if not request.is_late:
        return Standing(status, step, promise_in_words(request, request.due_at))
    sorry = gettext("We promised this by {day}, and we are late. We are sorry. You hear from us by {new_day}.")
    sorry = sorry.format(day=day(request.due_at), new_day=day(new_date(request)))
    return Standing(status, step, sorry, is_late=True)


def promise_in_words(request: SupportRequest, due: datetime) -> str:
    """What we promise: the first answer of a person, or the next step after it."""
    if request.first_answered_at is None and request.status == RequestStatus.RECEIVED:
        return gettext("You get a first answer by {day}.").format(day=day(due))
    return gettext("You hear from us by {day}.").format(day=day(due))


def new_date(request: SupportRequest) -> datetime:
    """The date that is promised instead of one that has passed."""
    due = request.due_at or timezone.now()
    while due < timezone.now():
        if request.danger == Danger.NOW:
            due += URGENT_GRACE
        else:
            due = after_working_days(due, GRACE_DAYS, request.region.weekend)
    return due


def day(moment: datetime) -> str:
    """A day as people say it: Friday 27 November."""
    return named_day(timezone.localtime(moment))


# --- What waits for the community ----------------------------------------------------------------------
def waiting_for(scope: Scope) -> list[Waiting]:
    """What the community has to decide, in four queries whatever its number."""
    pending = (IntroductionStatus.PROPOSED, IntroductionStatus.WILLING)
    briefs = own_briefs(scope).filter(status=BriefStatus.PROPOSED).order_by("-number")
    outputs = own_outputs(scope).filter(status=OutputStatus.WAITING, collaboration__ended_at=None)
    seconds = Q(pk__in=seconds_of_ours(scope).order_by().values("pk"))
    introductions = list(own_introductions(scope).filter(Q(status__in=pending) | seconds))
    chosen = [introduction for introduction in introductions if introduction.status == IntroductionStatus.CHOSEN]
    asked = [*map(output_waits, outputs), *map(second_waits, chosen), *tasks_wait(own_tasks(scope).open())]
    return [*waiting_among(briefs, introductions), *asked]


def waiting_among(briefs: Iterable[BriefVersion], introductions: Iterable[Introduction]) -> list[Waiting]:
    """What of these the community has to decide; suggestions of one request are decided together."""
    found = [brief_waits(brief) for brief in briefs if brief.status == BriefStatus.PROPOSED]
    for introduction in introductions:
        if introduction.status in (IntroductionStatus.PROPOSED, IntroductionStatus.WILLING):
            waits = ally_waits(introduction)
            found += [] if waits in found else [waits]
    return found


def brief_waits(brief: BriefVersion) -> Waiting:
    url = reverse("community:brief", args=[brief.uuid])
    return Waiting(_("A brief is ready. Read it and decide."), url, brief.request_id)


def output_waits(output: PublicOutput) -> Waiting:
    url = reverse("community:output", args=[output.uuid])
    text = _("An ally would like to publish something. You decide.")
    return Waiting(text, url, output.collaboration.request_id)


def second_waits(introduction: Introduction) -> Waiting:
    url = reverse("community:second", args=[introduction.uuid])
    return Waiting(_("One of you chose an ally. Another one of you has to agree."), url, introduction.request_id)


def ally_waits(introduction: Introduction) -> Waiting:
    """A willing ally to choose, or the page of all suggestions of its request, which is the same for each."""
    if introduction.status == IntroductionStatus.WILLING:
        url = reverse("community:choose", args=[introduction.uuid])
        return Waiting(_("An ally would like to support you. You decide."), url, introduction.request_id)
    url = reverse("community:offers", args=[introduction.request.uuid])
    return Waiting(_("We suggest allies. You decide whom we ask."), url, introduction.request_id)


# --- Timeline, offers, fields --------------------------------------------------------------------------
def timeline_of(request: SupportRequest, scope: Scope) -> list[dict[str, Any]]:
    """The steps so far, oldest first, as components/steps.html shows them."""
    entries = TimelineEntry.objects.visible_to(scope).filter(request=request, audience__in=COMMUNITY_AUDIENCES)
    return [as_step(entry) for entry in entries]


def as_step(entry: TimelineEntry) -> dict[str, Any]:
    is_check_in = entry.event == Event.INTRODUCED
    sentence = gettext("We ask you both how it goes on {day}.") if is_check_in else gettext("Promised for {day}.")
    promised = sentence.format(day=named_day(entry.due_on)) if entry.due_on else ""
    who = gettext("You") if entry.side == Side.COMMUNITY else capfirst(entry.get_side_display())
    return {"text": entry.get_event_display(), "at": entry.happened_at, "who": who, "detail": promised}


def name_of(collaborator: Collaborator, *, is_known: bool = False) -> str:
    """The display name where the ally shows it or the two have met; otherwise what kind it is, and where."""
    if is_known or collaborator.shows_name:
        return collaborator.display_name
    kind = collaborator.get_kind_display()
    if not collaborator.country:
        return str(kind)
    return gettext("{kind} in {country}").format(
        kind=kind, country=country_name(collaborator.country, get_language() or "en")
    )


# What the statuses of briefs and introductions are called where the community itself reads them.
AS_WE_SAY: dict[str, Promise] = {
    BriefStatus.PROPOSED: _("waits for you"),
    BriefStatus.APPROVED: _("approved by you"),
    BriefStatus.SENT_BACK: _("sent back by you"),
    IntroductionStatus.REFUSED: _("left out by you"),
    IntroductionStatus.OFFERED: _("asked, no answer yet"),
    IntroductionStatus.WILLING: _("would like to support you"),
    IntroductionStatus.NOT_NOW: _("cannot help now"),
    IntroductionStatus.CONFLICT: _("cannot help"),
    IntroductionStatus.NOT_CHOSEN: _("left out by you"),
    IntroductionStatus.CHOSEN: _("chosen by you; a second person looks at it first"),
}


def said(row: BriefVersion | Introduction) -> str | Promise:
    """The status of a brief or an introduction in words for its community."""
    if isinstance(row, Introduction) and row.status == IntroductionStatus.PROPOSED:
        return gettext("suggested to you")
    return AS_WE_SAY.get(row.status, row.get_status_display())


def has_met(introduction: Introduction) -> bool:
    return introduction.status in (IntroductionStatus.ACCEPTED, IntroductionStatus.ENDED)


def allies_who_know(scope: Scope, community: Community, request: SupportRequest | None = None) -> list[str]:
    """Who has met the community, or read a brief of it: what they know cannot be taken back."""
    found = own_introductions(scope).filter(community=community).exclude(offered_at=None).order_by("offered_at", "pk")
    found = found.filter(request=request) if request else found
    return list(dict.fromkeys(name_of(row.collaborator, is_known=has_met(row)) for row in found))


def public_reasons(stored: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reasons that a community reads, as components/reasons.html shows them."""
    reasons = (Reason.from_json(reason) for reason in stored)
    return [
        {"component": reason.component.label, "verdict": reason.verdict.value, "words": reason.text}
        for reason in reasons
        if reason.is_public and reason.finding != "unasked"
    ]


def shareable(request: SupportRequest) -> dict[str, str]:
    """Every field that the community could share, with its own words, as far as there are any."""
    return {field: as_read(field, value) for field, value in values_of(request, DisclosedField.values).items()}


def as_read(field: str, value: str) -> str:
    """A disclosed value in words: a country is stored as its code."""
    return country_name(value, get_language() or "en") if field == DisclosedField.COUNTRY else value
