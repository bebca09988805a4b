"""The desk's first steps: place, safety first, accept, decline with a referral, park, and a second look."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.consents import stop_sharing
from collaborations.actions.spoken import Voice, write_spoken
from collaborations.actions.timeline import tell
from collaborations.clocks import REFERRAL_DAYS, after_working_days, next_step_due
from collaborations.events import Event
from collaborations.models import Referral, RequestMessage, SafetyCheck, SecondLook, SpokenDecision, SupportRequest
from collaborations.models.requests import RiskLevel
from collaborations.models.talk import Side
from collaborations.policies import acts, spoken
from collaborations.states import RequestStatus
from collaborators.models import Region, User
from cre.core.access import locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import change, move
from cre.core.vocabularies import DeclineReason


@action
def place_request(request: SupportRequest, region: Region, *, version: int, by: User) -> None:
    """Give a request that waits to be placed to a region; whoever placed it may lose sight of it."""
    request = locked(request, version=version)
    require(acts.can_place(request), _("Only the coordinator or the facilitator on duty places requests."))
    require(not region.is_waiting_room, _("Choose one of the regions."))
    tell(request, Event.PLACED, Side.EXCHANGE)
    emit(notices.REQUEST_URGENT if request.danger == "now" else notices.REQUEST_SENT, request, region=region.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_place_request(%s, %s)", [request.pk, region.pk])


@action
def check_safety(
    request: SupportRequest, *, version: int, level: RiskLevel, channel_is_safe: bool, notes: str, by: User
) -> SafetyCheck:
    """Judge the danger, once or again; the first judgement is also the first step of the request."""
    request = locked(request, version=version)
    require(acts.can_check_safety(request), _("Only the region's facilitator or focal person judges the danger."))
    check = SafetyCheck.sealed_under(
        request.uuid,
        request=request,
        level=level,
        channel_is_safe=channel_is_safe,
        notes=notes,
        checked_by=by,
    )
    if request.status == RequestStatus.RECEIVED:
        move(request, RequestStatus.SAFETY_CHECK)
        answered(request)
        tell(request, Event.SAFETY_CHECKED, Side.DESK)
    if request.status == RequestStatus.SAFETY_CHECK and channel_is_safe:
        move(request, RequestStatus.CLARIFYING)
    change(request, risk_level=level, due_at=next_step_due(timezone.now()))
    if level == RiskLevel.CRITICAL:
        emit(notices.CRITICAL_RISK, request, region=request.region_id)
    return check


def answered(request: SupportRequest) -> None:
    """Stop the clock of the first human answer."""
    if request.first_answered_at is None:
        change(request, first_answered_at=timezone.now())


@action
def accept_request(request: SupportRequest, *, version: int, by: User) -> SupportRequest:
    """Take a request on, after the talk that clarified it."""
    request = locked(request, version=version)
    require(acts.can_accept(request), _("A request is accepted after the safety check and a talk."))
    move(request, RequestStatus.ACCEPTED, due_at=next_step_due(timezone.now()))
    tell(request, Event.ACCEPTED, Side.DESK)
    emit(notices.ACCEPTED, request, community=request.community_id)
    return request


@action
def decline_request(
    request: SupportRequest,
    *,
    version: int,
    reason: DeclineReason,
    message: str,
    to_whom: str = "",
    words: str = "",
    by: User,
) -> SupportRequest:
    """Say no with a reason, a message in the community's language and, where there is one, another door."""
    request = locked(request, version=version)
    require(acts.can_decline(request), _("This request can no longer be declined."))
    stop_sharing(request)
    now = timezone.now()
    RequestMessage.sealed_under(
        request.uuid, request=request, author=by, side=Side.DESK, language=request.language, text=message
    )
    if to_whom:
        Referral.sealed_under(
            request.uuid,
            request=request,
            to_whom=to_whom,
            words=words,
            made_by=by,
            ask_on=timezone.localdate() + timedelta(days=REFERRAL_DAYS),
        )
    move(
        request,
        RequestStatus.DECLINED,
        decline_reason=reason,
        closed_at=now,
        first_answered_at=request.first_answered_at or now,
    )
    tell(request, Event.DECLINED, Side.DESK)
    emit(notices.DECLINED, request, community=request.community_id)
    return request


@action
def park_request(request: SupportRequest, *, version: int, days: int, by: User) -> SupportRequest:
    """Let a request wait; it comes back to the queue after `days`."""
    request = locked(request, version=version)
    require(acts.can_park(request), _("This request cannot wait now."))
    due = timezone.now() + timedelta(days=days)
    answered(request)
    move(request, RequestStatus.PARKED, due_at=due)
    tell(request, Event.PARKED, Side.DESK, due_on=due.date())
    emit(notices.PARKED, request, community=request.community_id)
    return request


@action
def resume_request(request: SupportRequest, *, version: int, by: User) -> SupportRequest:
    """Go on with a request that waited; it is talked over again first."""
    request = locked(request, version=version)
    require(acts.can_resume(request), _("This request is not waiting."))
    move(request, RequestStatus.CLARIFYING, due_at=next_step_due(timezone.now()))
    tell(request, Event.RESUMED, Side.DESK)
    emit(notices.ACCEPTED, request, community=request.community_id)
    return request


@action
def ask_second_look(request: SupportRequest, *, words: str, voice: Voice | None = None, by: User) -> SecondLook:
    """The community asks that another person looks again at a decline."""
    request = locked(request)
    may_ask = spoken.can_ask_second_look(request) if voice else acts.can_ask_second_look(request)
    require(may_ask, _("A second look is for requests that were declined."))
    found = request.second_looks.filter(answered_at=None).first()
    if found:
        return found
    write_spoken(request, SpokenDecision.What.SECOND_LOOK, voice=voice, by=by)
    due = after_working_days(timezone.now(), request.region.answer_days, request.region.weekend)
    look = SecondLook.sealed_under(request.uuid, request=request, words=words, asked_by=by, due_at=due)
    tell(request, Event.SECOND_LOOK, Side.COMMUNITY, due_on=due.date())
    emit(notices.SECOND_LOOK, request)
    return look


@action
def answer_second_look(look: SecondLook, *, reopen: bool, message: str, by: User) -> SecondLook:
    """Answer as another person than the one who declined; a yes opens the request again."""
    look = locked(look)
    request = locked(look.request)
    require(acts.can_answer_second_look(by, look), _("Another person than the one who declined has to look."))
    change(look, answered_by=by, answered_at=timezone.now(), was_reopened=reopen)
    RequestMessage.sealed_under(
        request.uuid, request=request, author=by, side=Side.EXCHANGE, language=request.language, text=message
    )
    if reopen:
        move(
            request,
            RequestStatus.CLARIFYING,
            closed_at=None,
            decline_reason="",
            due_at=next_step_due(timezone.now()),
        )
    tell(request, Event.REOPENED if reopen else Event.DECLINE_STANDS, Side.EXCHANGE)
    emit(notices.SECOND_LOOK_ANSWERED, request, community=request.community_id)
    return look
