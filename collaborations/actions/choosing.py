"""The community chooses among the willing, and what each may know; a second person opens the last door."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.consents import give_consent, recount_work, refuse_pending
from collaborations.actions.timeline import tell, tell_both
from collaborations.clocks import CHECK_IN_DAYS
from collaborations.disclosing import values_of
from collaborations.events import Event
from collaborations.models import Collaboration, Consent, Disclosure, Introduction
from collaborations.models.talk import Side
from collaborations.policies import acts
from collaborations.states import IntroductionStatus, RequestStatus
from collaborators.actions import decide_level_raise
from collaborators.freezing import is_frozen
from collaborators.models import LevelRaise, User
from cre.core.access import forget_scope, locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import move
from cre.core.vocabularies import AccessLevel


@action
def choose_ally(introduction: Introduction, *, version: int, fields: Sequence[str], by: User) -> Introduction:
    """Choose a willing ally and the fields it gets, exactly those; several allies may be chosen one by one.

    An ally at access level 3 is introduced at once, another one when a second person has raised it.
    """
    introduction = locked(introduction, version=version)
    request = locked(introduction.request)
    require(acts.can_choose(introduction), _("This ally can no longer be chosen."))
    require(bool(fields), _("Choose at least one thing that this ally may know."))
    participants = introduction.participants.filter(left_at=None).values_list("user_id", flat=True)
    consent = give_consent(
        request,
        Consent.About.DISCLOSE,
        introduction=introduction,
        fields=fields,
        participants=participants,
        by=by,
    )
    for field, value in values_of(request, fields).items():
        Disclosure.sealed_under(
            introduction.uuid,
            introduction=introduction,
            community_id=introduction.community_id,
            consent=consent,
            field=field,
            value=value,
        )
    tell(request, Event.ALLY_CHOSEN, Side.COMMUNITY)
    if introduction.collaborator.access_level >= AccessLevel.IDENTIFIED:
        introduce(introduction)
    else:
        move(introduction, IntroductionStatus.CHOSEN)
        emit(notices.NEEDS_LEVEL, introduction, region=request.region_id)
    return introduction


@action
def refuse_ally(introduction: Introduction, *, version: int, by: User) -> Introduction:
    """The community does not want this ally, and needs no reason; it may still choose a willing one later."""
    introduction = locked(introduction, version=version)
    request = locked(introduction.request)
    require(acts.can_refuse_ally(introduction), _("This has been decided already."))
    if introduction.status == IntroductionStatus.WILLING:
        move(introduction, IntroductionStatus.NOT_CHOSEN)
    else:
        refuse_pending(introduction)
    emit(notices.OFFERS_DECIDED, request, region=request.region_id)
    return introduction


def introduce(introduction: Introduction) -> Collaboration:
    """Open the last door: the ally reads what was disclosed, and the work together begins."""
    request = locked(introduction.request)
    move(introduction, IntroductionStatus.ACCEPTED)
    check_in = timezone.localdate() + timedelta(days=CHECK_IN_DAYS)
    work = Collaboration.sealed_under(
        introduction.uuid,
        request=request,
        introduction=introduction,
        community_id=request.community_id,
        region_id=request.region_id,
        check_in_on=check_in,
    )
    if request.status == RequestStatus.MATCHING:
        move(request, RequestStatus.INTRODUCED, due_at=timezone.now() + timedelta(days=CHECK_IN_DAYS))
    tell_both(work, Event.INTRODUCED, Side.EXCHANGE, due_on=check_in)
    recount_work(introduction)
    emit(notices.INTRODUCED_ALLY, work, collaborator=introduction.collaborator_id)
    emit(notices.INTRODUCED_COMMUNITY, work, community=request.community_id)
    emit(notices.INTRODUCED_DESK, work, region=request.region_id)
    forget_scope()
    return work


@action
def decide_access(raised: LevelRaise, *, approved: bool, by: User) -> LevelRaise:
    """Decide as the second person if an ally may meet communities; a yes introduces those who chose it."""
    raised = decide_level_raise(raised, approved=approved, by=by)
    waiting = Introduction.objects.filter(collaborator_id=raised.collaborator_id, status=IntroductionStatus.CHOSEN)
    for introduction in waiting:
        # A community that stands still keeps its choice; it is asked for again when it goes on.
        if approved and not is_frozen(introduction.community_id):
            introduce(locked(introduction))
        request = introduction.request
        emit(notices.ACCESS_DECIDED, request, region=request.region_id)
    return raised


@action
def give_up_choice(introduction: Introduction, *, version: int, by: User) -> Introduction:
    """End a choice whose ally was not let in; what was to be disclosed is deleted unread."""
    introduction = locked(introduction, version=version)
    require(acts.can_give_up_choice(introduction), _("This choice has been decided."))
    refuse_pending(introduction)
    return introduction
