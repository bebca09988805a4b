"""What to do next with a request: one step by its state, and the other acts that are open to this person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collaborations.models import SupportRequest
from collaborations.policies import acts
from collaborations.selectors.desk_request import Standing
from collaborations.states import BriefStatus, CollaborationStatus, IntroductionStatus, RequestStatus
from collaborations.views.desk.pages import Sentence
from collaborators.freezing import is_frozen
from collaborators.models import User
from cre.core.access import No


@dataclass(frozen=True)
class Link:
    """A page to go to."""

    label: Sentence
    url: str


@dataclass(frozen=True)
class NextStep:
    """A sentence for this person and, where the step is theirs, the one button; `by` is what was promised."""

    text: Sentence
    link: Link | None = None
    by: datetime | None = None


I = IntroductionStatus  # noqa: E741 - the initial, as in states.py


def go(label: Sentence, name: str, row: Any) -> Link:
    return Link(label, reverse(f"desk:{name}", args=[row.uuid]))


def next_step(request: SupportRequest, standing: Standing, user: User) -> NextStep:
    """The step that the state of a request asks for, as this person can take it."""
    if is_frozen(request.community_id):
        return standing_still(request)
    return usual_step(request, standing, user)


def usual_step(request: SupportRequest, standing: Standing, user: User) -> NextStep:
    """The step while nothing stands still."""
    if request.is_open and request.region.is_waiting_room:
        return placing(request)
    if request.status == RequestStatus.DECLINED:
        return looking_again(standing, user)
    if request.closed_at is not None:
        return NextStep(_("This request is closed. Nothing has to be done."))
    if request.status in (RequestStatus.RECEIVED, RequestStatus.SAFETY_CHECK):
        return safety(request)
    if not acts.can_facilitate(request):
        return NextStep(_("The region's facilitator takes the next step."), by=request.due_at)
    return STEPS[RequestStatus(request.status)](request, standing)


def standing_still(request: SupportRequest) -> NextStep:
    text = _("Everything about this community stands still. Warn its allies by a safe channel, and talk with it.")
    return NextStep(text, go(_("See whom to warn"), "request-freeze", request))


def placing(request: SupportRequest) -> NextStep:
    if not acts.can_place(request):
        return NextStep(_("The coordinator gives this request to a region."), by=request.due_at)
    text = _("No region has this request yet, and its clock runs. Give it to the region that can answer.")
    return NextStep(text, go(_("Choose its region"), "request-place", request), request.due_at)


def looking_again(standing: Standing, user: User) -> NextStep:
    look = standing.second_look
    if look is None:
        return NextStep(_("This request was declined. The community can ask for a second look."))
    text = _("The community asks that another person looks at this again.")
    link = go(_("Look again"), "second-look", look) if acts.can_answer_second_look(user, look) else None
    return NextStep(text, link, look.due_at)


def safety(request: SupportRequest) -> NextStep:
    if request.status == RequestStatus.RECEIVED:
        text = _("Begin with safety: how great is the danger, and can the agreed channel be used?")
    else:
        text = _("The agreed channel was not safe. Agree on a safer one, then check again.")
    if not acts.can_check_safety(request):
        return NextStep(_("The region's facilitator or focal person checks the safety first."), by=request.due_at)
    return NextStep(text, go(_("Check the safety"), "request-safety", request), request.due_at)


def clarifying(request: SupportRequest, standing: Standing) -> NextStep:
    text = _("Talk it over with the community. When it is clear what is asked, take the request on or decline it.")
    return NextStep(text, go(_("Accept or decline"), "request-accept", request), request.due_at)


def briefing(request: SupportRequest, standing: Standing) -> NextStep:
    brief = standing.brief
    if brief and brief.status == BriefStatus.DRAFT:
        text = _("A version of the brief is written. Look at it again, then show it to the community.")
        return NextStep(text, go(_("Read and propose it"), "brief-propose", brief), request.due_at)
    if brief and brief.status == BriefStatus.PROPOSED:
        text = _("The community decides about the brief. If it answered by voice, write its answer down.")
        return NextStep(text, go(_("Write down its answer"), "brief-voice", brief), request.due_at)
    if brief and brief.status == BriefStatus.SENT_BACK:
        text = _("The community sent the brief back with its wishes. Write another version.")
    else:
        text = _("Write the brief: what others may read once the community has approved it.")
    return NextStep(text, go(_("Write the brief"), "brief-write", request), request.due_at)


def finding(request: SupportRequest, standing: Standing) -> NextStep:
    """Looking for allies: who has to say something now, in the order of the path."""
    if chosen := standing.allies(I.CHOSEN):
        return raising(chosen[0], standing)
    if standing.allies(I.PROPOSED):
        text = _("The community decides whom we may ask. If it answered by voice, write its answer down.")
        return NextStep(text, go(_("Write down its answer"), "offers-voice", request), request.due_at)
    if standing.allies(I.WILLING):
        text = _("The community chooses among the allies that said yes, and what each may know.")
        return NextStep(text, go(_("See the answers"), "request-allies", request), request.due_at)
    if asked := standing.allies(I.OFFERED):
        dates = [introduction.answer_due_at for introduction in asked if introduction.answer_due_at]
        text = _("Allies are asked and answer on their own, without knowing of each other.")
        return NextStep(text, go(_("See whom we asked"), "request-allies", request), min(dates, default=None))
    text = _("Find allies that fit the approved brief, and suggest one to five of them to the community.")
    return NextStep(text, go(_("Find allies"), "match", request), request.due_at)


def raising(introduction: Any, standing: Standing) -> NextStep:
    """A chosen ally that may not yet learn who the community is."""
    if introduction.collaborator_id in standing.raised:
        text = _("The community chose an ally that a second person has to let in. The coordinator was asked.")
        return NextStep(text, go(_("See the choice"), "request-allies", introduction.request))
    text = _("The community chose an ally that may not yet learn who it is. Ask for a higher access level.")
    return NextStep(text, go(_("Ask for it"), "level-ask", introduction))


def working(request: SupportRequest, standing: Standing) -> NextStep:
    works = [row.collaboration for row in standing.introductions if hasattr(row, "collaboration")]
    going_on = [work for work in works if not work.is_resting]
    for work in going_on:
        if work.status == CollaborationStatus.STARTING:
            text = _("Ask both sides whether they have spoken.")
            return NextStep(text, go(_("Open the collaboration"), "collaboration", work))
    if going_on:
        text = _("The community and the ally work together. Be there for both at the check-in.")
        return NextStep(text, go(_("Open the collaboration"), "collaboration", going_on[0]))
    if works:
        text = _("The community needs a pause, and says itself when it goes on. The ally waits.")
        return NextStep(text, go(_("Open the collaboration"), "collaboration", works[0]))
    return finding(request, standing)


def waiting(request: SupportRequest, standing: Standing) -> NextStep:
    text = _("This request waits. Go on with it when the time has come.")
    return NextStep(text, go(_("Go on with it"), "request-resume", request), request.due_at)


STEPS: dict[RequestStatus, Callable[[SupportRequest, Standing], NextStep]] = {
    RequestStatus.CLARIFYING: clarifying,
    RequestStatus.ACCEPTED: briefing,
    RequestStatus.BRIEF_READY: finding,
    RequestStatus.MATCHING: finding,
    RequestStatus.INTRODUCED: working,
    RequestStatus.SUPPORTED: working,
    RequestStatus.PARKED: waiting,
}


def other_acts(request: SupportRequest, standing: Standing, step: NextStep) -> list[Link]:
    """What else this person may do now, beside the next step."""
    proposed = standing.allies(I.PROPOSED)
    brief = standing.brief
    is_undecided = brief is not None and brief.status == BriefStatus.PROPOSED
    possible: list[tuple[bool | No, Sentence, str, Any]] = [
        (acts.can_check_safety(request), _("Check the safety"), "request-safety", request),
        (acts.can_write_brief(request), _("Write another version of the brief"), "brief-write", request),
        (
            is_undecided and acts.can_record_voice(request),
            _("Write down what the community said about the brief"),
            "brief-voice",
            brief,
        ),
        (acts.can_propose_allies(request), _("Find allies"), "match", request),
        (
            bool(proposed) and acts.can_record_voice(request),
            _("Write down whom the community allows us to ask"),
            "offers-voice",
            request,
        ),
        (acts.can_facilitate(request), _("Write down what the community decided"), "spoken", request),
        (acts.can_resume(request), _("Go on with it"), "request-resume", request),
        (acts.can_park(request), _("Let it wait"), "request-park", request),
        (acts.can_decline(request), _("Decline it"), "request-decline", request),
        (
            acts.can_facilitate(request) and not is_frozen(request.community_id),
            _("Hand over a new receipt code"),
            "request-code",
            request,
        ),
        (acts.can_stop_everything(request), _("Stop everything"), "request-freeze", request),
    ]
    links = [go(label, name, row) for is_open, label, name, row in possible if is_open]
    return [link for link in links if step.link is None or link.url != step.link.url]
