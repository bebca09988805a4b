"""An ally answers an offer, without knowing who asks and who else was asked."""

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.events import Event
from collaborations.models import Introduction, Participant
from collaborations.policies import acts
from collaborations.states import IntroductionStatus
from collaborators.models import User
from cre.core.access import locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import change, move


def tell_of_answer(introduction: Introduction, event: Event, *, staff_only: bool = False) -> None:
    """Add to the timeline of a request that the ally itself may not see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_tell_of_answer(%s, %s, %s)", [introduction.pk, event, staff_only])


@action
def answer_willing(
    introduction: Introduction,
    *,
    version: int,
    name: str,
    role: str = "",
    answer: str = "",
    no_conflict: bool,
    by: User,
) -> Introduction:
    """Say yes, name who would take part, and confirm that there is no conflict of interest."""
    introduction = locked(introduction, version=version)
    require(acts.can_answer_offer(introduction), _("This offer no longer waits for an answer."))
    require(introduction.status == IntroductionStatus.OFFERED, _("You have answered this offer already."))
    require(no_conflict, _("Please confirm that you have no conflict of interest, or tell us of it."))
    Participant.sealed_under(introduction.uuid, introduction=introduction, user=by, name=name, role=role)
    change(introduction, answer=answer)
    move(introduction, IntroductionStatus.WILLING, answered_at=timezone.now())
    tell_of_answer(introduction, Event.ALLY_WILLING)
    emit(notices.ALLY_WILLING, introduction, community=introduction.community_id)
    emit(notices.ALLY_ANSWERED, introduction, request=introduction.request_id)
    return introduction


@action
def decline_offer(
    introduction: Introduction, *, version: int, has_conflict: bool = False, answer: str = "", by: User
) -> Introduction:
    """Say "not now", or that there is a conflict of interest; neither is held against anybody."""
    introduction = locked(introduction, version=version)
    require(acts.can_answer_offer(introduction), _("This offer no longer waits for an answer."))
    change(introduction, answer=answer)
    status = IntroductionStatus.CONFLICT if has_conflict else IntroductionStatus.NOT_NOW
    now = timezone.now()
    move(introduction, status, answered_at=now, ended_at=now)
    tell_of_answer(introduction, Event.ALLY_NOT_NOW)
    emit(notices.ALLY_ANSWERED, introduction, request=introduction.request_id)
    return introduction
