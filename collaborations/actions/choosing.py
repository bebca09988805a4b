"""The community chooses among the willing, and what each may know; a second person opens the last door."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.consents import (
    give_consent,
    part_ways,
    recount_work,
    refuse_pending,
    require_decision,
    take_back,
)
from collaborations.actions.spoken import Voice, write_spoken
from collaborations.actions.timeline import tell, tell_both
from collaborations.clocks import CHECK_IN_DAYS
from collaborations.disclosing import values_of
from collaborations.events import Event
from collaborations.models import Collaboration, Consent, Disclosure, Introduction, SecondYes, SpokenDecision
from collaborations.models.talk import Side
from collaborations.policies import acts, spoken
from collaborations.policies.second import can_say_second, is_by_voice, waits_for_second
from collaborations.selectors.second import choice_of, choice_to_second
from collaborations.states import IntroductionStatus, RequestStatus
from collaborators.actions import decide_level_raise
from collaborators.freezing import is_frozen
from collaborators.models import LevelRaise, User
from cre.core.access import Refused, current_scope, forget_scope, locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import move
from cre.core.vocabularies import AccessLevel

CHOSEN_NO_MORE = _("This ally can no longer be chosen.")
DECIDED = _("This choice has been decided.")
ANOTHER = _("Another person has to agree to this than the one who wrote it down.")


@action
def choose_ally(
    introduction: Introduction, *, version: int, fields: Sequence[str], voice: Voice | None = None, by: User
) -> Introduction:
    """Choose a willing ally and the fields it gets, exactly those; several allies may be chosen one by one.

    An ally at access level 3 is introduced at once, another one when a second person has raised it. Where the choice
    itself waits for a second person (`waits_for_second`), nothing opens before that one has agreed.
    """
    introduction = locked(introduction, version=version)
    request = locked(introduction.request)
    require(acts.is_choosable(introduction), CHOSEN_NO_MORE)
    require_decision(request, is_own_act=acts.can_choose(introduction), voice=voice)
    require(bool(fields), _("Choose at least one thing that this ally may know."))
    participants = introduction.participants.filter(left_at=None).values_list("user_id", flat=True)
    consent = give_consent(
        request,
        Consent.About.DISCLOSE,
        introduction=introduction,
        fields=fields,
        participants=participants,
        voice=voice,
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
    if voice:
        tell(request, Event.RECORDED_BY_VOICE, Side.DESK)
        emit(notices.CALL_BACK, introduction, region=request.region_id)
    if waits_for_second(consent) or not is_let_in(introduction):
        move(introduction, IntroductionStatus.CHOSEN)
        ask_second(introduction, consent)
    else:
        introduce(introduction)
    return introduction


def is_let_in(introduction: Introduction) -> bool:
    """Whether the ally may learn who a community is, as a second person decided."""
    return introduction.collaborator.access_level >= AccessLevel.IDENTIFIED


def ask_second(introduction: Introduction, choice: Consent) -> None:
    """Tell those for whom a choice waits."""
    if not is_let_in(introduction):
        emit(notices.NEEDS_LEVEL, introduction, region=introduction.request.region_id)
    if not is_by_voice(choice) and waits_for_second(choice):
        emit(notices.SECOND_ASKED, introduction, community=introduction.community_id, person=choice.recorded_by_id)


@action
def answer_choice(introduction: Introduction, *, version: int, is_yes: bool, by: User) -> Introduction:
    """Agree, as the second person, that an ally learns what was chosen, or say that it must not.

    With a no the ally learns nothing; what it learned already because somebody was in danger ends at once.
    """
    introduction = locked(introduction, version=version)
    choice = choice_to_second(introduction, current_scope())
    if choice is None:
        raise Refused(DECIDED)
    require(can_say_second(by, choice), ANOTHER)
    request = locked(introduction.request)
    if is_by_voice(choice) or choice.community.decides_together:
        SecondYes.objects.create(consent=choice, is_yes=is_yes, said_by=by)
        side = Side.DESK if is_by_voice(choice) else Side.COMMUNITY
        tell(request, Event.SECOND_AGREED if is_yes else Event.SECOND_REFUSED, side)
    if not is_yes:
        call_off(introduction, choice, by=by)
    elif introduction.status == IntroductionStatus.CHOSEN and is_let_in(introduction):
        introduce(introduction)
    emit(notices.OFFERS_DECIDED, request, region=request.region_id)
    return introduction


def call_off(introduction: Introduction, choice: Consent, *, by: User) -> None:
    """End what a choice began; what was to be shared is deleted with the second person's no itself."""
    if introduction.status == IntroductionStatus.ACCEPTED:
        part_ways(introduction)
        take_back(choice, by=by)
        emit(notices.ERASE_ASKED, introduction, collaborator=introduction.collaborator_id)
    else:
        refuse_pending(introduction)


@action
def refuse_ally(introduction: Introduction, *, version: int, voice: Voice | None = None, by: User) -> Introduction:
    """The community does not want this ally, and needs no reason; it may still choose a willing one later."""
    introduction = locked(introduction, version=version)
    request = locked(introduction.request)
    require(
        spoken.can_refuse(introduction) if voice else acts.can_refuse_ally(introduction),
        _("This has been decided already."),
    )
    write_spoken(request, SpokenDecision.What.REFUSE, introduction=introduction, voice=voice, by=by)
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
        choice = choice_of(introduction, current_scope())
        is_open = choice is not None and not waits_for_second(choice)
        # A community that stands still keeps its choice; it is asked for again when it goes on.
        if approved and is_open and not is_frozen(introduction.community_id):
            introduce(locked(introduction))
        request = introduction.request
        emit(notices.ACCESS_DECIDED, request, region=request.region_id)
    return raised


@action
def give_up_choice(introduction: Introduction, *, version: int, by: User) -> Introduction:
    """End a choice whose ally was not let in; what was to be disclosed is deleted unread."""
    introduction = locked(introduction, version=version)
    require(acts.can_give_up_choice(introduction), DECIDED)
    refuse_pending(introduction)
    return introduction
