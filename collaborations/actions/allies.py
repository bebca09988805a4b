"""Allies: proposed by the desk with reasons, asked only when the community allows it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.consents import give_consent, refuse_pending, require_decision
from collaborations.actions.spoken import Voice
from collaborations.actions.timeline import tell
from collaborations.clocks import OFFER_DAYS, next_step_due
from collaborations.events import Event
from collaborations.matching import Suggestion, explain
from collaborations.models import Consent, Introduction, Match, SupportRequest
from collaborations.models.talk import Side
from collaborations.policies import acts
from collaborations.states import BriefStatus, IntroductionStatus, RequestStatus
from collaborators.models import Collaborator, User
from cre.core.access import Refused, locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import change, move


@action
def propose_allies(
    request: SupportRequest, *, version: int, collaborators: Sequence[Collaborator], by: User
) -> list[Introduction]:
    """Suggest allies to the community, each with the reasons that stand today; nobody is asked yet."""
    request = locked(request, version=version)
    require(acts.can_propose_allies(request), _("Allies are suggested once the community has approved a brief."))
    brief = request.briefs.filter(status=BriefStatus.APPROVED).first()
    if brief is None:
        raise Refused(_("Allies are suggested once the community has approved a brief."))
    require(bool(collaborators), _("Choose at least one ally to suggest."))
    introductions = []
    for collaborator in collaborators:
        found = explain(brief, collaborator)
        if not isinstance(found, Suggestion):
            raise Refused(_("One of these can no longer be suggested. Look at the list again."))
        own_key = uuid4()
        introduction = Introduction.objects.create(
            uuid=own_key, key_object=own_key, request=request, community_id=request.community_id,
            collaborator=collaborator, brief=brief,
        )  # fmt: skip
        Match.objects.create(
            introduction=introduction,
            request=request,
            score=found.score,
            proposed_by=by,
            reasons=found.reasons_json(),
        )
        introductions.append(introduction)
    if request.status == RequestStatus.BRIEF_READY:
        move(request, RequestStatus.MATCHING)
    change(request, due_at=next_step_due(timezone.now()))
    tell(request, Event.ALLIES_PROPOSED, Side.DESK)
    emit(notices.ALLIES_PROPOSED, request, community=request.community_id)
    return introductions


@action
def allow_offers(
    request: SupportRequest,
    *,
    version: int,
    introductions: Sequence[Introduction],
    voice: Voice | None = None,
    by: User,
) -> list[Introduction]:
    """The community allows that these allies are asked; those suggested and not chosen here are not."""
    request = locked(request, version=version)
    require_decision(request, is_own_act=acts.can_allow_offers(request), voice=voice)
    allowed = {introduction.pk for introduction in introductions}
    require(bool(allowed), _("Choose at least one ally, or say no to all of them."))
    now = timezone.now()
    offered = []
    for proposed in request.introductions.filter(status=IntroductionStatus.PROPOSED):
        introduction = locked(proposed)
        if introduction.pk not in allowed:
            refuse_pending(introduction)
            continue
        give_consent(
            request,
            Consent.About.OFFERS,
            introduction=introduction,
            brief=introduction.brief,
            voice=voice,
            by=by,
        )
        move(
            introduction,
            IntroductionStatus.OFFERED,
            offered_at=now,
            answer_due_at=now + timedelta(days=OFFER_DAYS),
        )
        emit(notices.OFFER, introduction, collaborator=introduction.collaborator_id)
        offered.append(introduction)
    require(len(offered) == len(allowed), _("The suggestions have changed. Please look at them again."))
    tell(request, Event.OFFERS_ALLOWED, Side.COMMUNITY)
    emit(notices.OFFERS_DECIDED, request, region=request.region_id)
    return offered


@action
def refuse_offers(request: SupportRequest, *, version: int, voice: Voice | None = None, by: User) -> None:
    """The community does not want any of those that are suggested now."""
    request = locked(request, version=version)
    require_decision(request, is_own_act=acts.can_allow_offers(request), voice=voice)
    for introduction in request.introductions.filter(status=IntroductionStatus.PROPOSED):
        refuse_pending(introduction)
    emit(notices.OFFERS_DECIDED, request, region=request.region_id)
