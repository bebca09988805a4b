"""Briefs: written by the desk, approved by the community, version by version."""

from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.consents import give_consent, require_decision
from collaborations.actions.spoken import Voice
from collaborations.actions.timeline import tell
from collaborations.clocks import next_step_due
from collaborations.events import Event
from collaborations.models import BriefVersion, Consent, SupportRequest
from collaborations.models.talk import Side
from collaborations.policies import acts
from collaborations.states import BriefStatus, RequestStatus
from collaborators.models import User
from cre.core.access import locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import change, move

OPEN = (BriefStatus.DRAFT, BriefStatus.PROPOSED, BriefStatus.SENT_BACK)


@action
def write_brief(request: SupportRequest, *, once: UUID | None = None, by: User, **content: Any) -> BriefVersion:
    """Write the next version of the brief: title, text, language, shown_country, areas, skills, languages,
    sector, financier. A version that waits for the community, or that it sent back, is replaced by it.

    once: made with the form, so that a second click on the button finds the first one's version.
    """
    request = locked(request)
    require(acts.can_write_brief(request), _("A brief is written once the request is accepted."))
    once = once or uuid4()
    if found := request.briefs.filter(uuid=once).first():
        return found
    for brief in request.briefs.filter(status__in=OPEN):
        move(locked(brief), BriefStatus.REPLACED)
    last = request.briefs.aggregate(Max("number"))["number__max"] or 0
    return BriefVersion.sealed_under(
        request.uuid, uuid=once, request=request, number=last + 1, written_by=by, **content
    )


@action
def propose_brief(brief: BriefVersion, *, version: int, by: User) -> BriefVersion:
    """Show a version to the community, which decides on exactly these words."""
    brief = locked(brief, version=version)
    request = locked(brief.request)
    require(acts.can_write_brief(request), _("A brief is written once the request is accepted."))
    move(brief, BriefStatus.PROPOSED)
    tell(request, Event.BRIEF_PROPOSED, Side.DESK)
    emit(notices.BRIEF_PROPOSED, request, community=request.community_id)
    return brief


@action
def approve_brief(brief: BriefVersion, *, version: int, voice: Voice | None = None, by: User) -> BriefVersion:
    """The community says yes to this version, in the portal or by voice; the one before is shown no more."""
    brief = locked(brief, version=version)
    request = locked(brief.request)
    require(brief.status == BriefStatus.PROPOSED, _("This version does not wait for a decision any more."))
    require_decision(request, is_own_act=acts.can_decide_brief(brief), voice=voice)
    for older in request.briefs.filter(status=BriefStatus.APPROVED):
        move(locked(older), BriefStatus.REPLACED)
    give_consent(request, Consent.About.BRIEF, brief=brief, voice=voice, by=by)
    move(brief, BriefStatus.APPROVED, decided_at=timezone.now())
    if request.status == RequestStatus.ACCEPTED:
        move(request, RequestStatus.BRIEF_READY)
    change(request, due_at=next_step_due(timezone.now()))
    tell(request, Event.BRIEF_APPROVED, Side.COMMUNITY)
    if voice:
        tell(request, Event.RECORDED_BY_VOICE, Side.DESK)
    emit(notices.BRIEF_APPROVED, request, region=request.region_id)
    return brief


@action
def send_back_brief(
    brief: BriefVersion, *, version: int, wishes: str, voice: Voice | None = None, by: User
) -> BriefVersion:
    """The community wants another version, and may say what should change."""
    brief = locked(brief, version=version)
    request = locked(brief.request)
    require(brief.status == BriefStatus.PROPOSED, _("This version does not wait for a decision any more."))
    require_decision(request, is_own_act=acts.can_decide_brief(brief), voice=voice)
    change(brief, wishes=wishes)
    move(brief, BriefStatus.SENT_BACK, decided_at=timezone.now())
    tell(request, Event.BRIEF_SENT_BACK, Side.COMMUNITY)
    emit(notices.BRIEF_SENT_BACK, request, region=request.region_id)
    return brief
