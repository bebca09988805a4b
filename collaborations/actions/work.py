"""Working together: the first talk, messages in the shared thread, and the end."""

from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.consents import recount_work
from collaborations.actions.spoken import Voice, write_spoken
from collaborations.actions.timeline import tell_both
from collaborations.events import Event
from collaborations.models import Collaboration, CollaborationMessage, SpokenDecision
from collaborations.models.talk import Side
from collaborations.policies import acts, deciding, spoken
from collaborations.states import CollaborationStatus, IntroductionStatus
from collaborators.models import User
from cre.core.access import forget_scope, locked, require
from cre.core.actions import action
from cre.core.outbox import Topic, emit
from cre.core.states import change, move
from cre.core.vocabularies import EndReason

WAITS = _("The community needs a pause. You can write again when it goes on.")
TOPICS_OF_WRITING = {
    Side.COMMUNITY: (notices.WORD_FOR_ALLY, notices.WORD_FOR_DESK),
    Side.ALLY: (notices.WORD_FOR_COMMUNITY, notices.WORD_FOR_DESK),
    Side.DESK: (notices.WORD_FOR_COMMUNITY, notices.WORD_FOR_ALLY),
}


def tell_of_work(work: Collaboration, *topics: Topic) -> None:
    """Emit topics about a collaboration with the ids that find its people."""
    for topic in topics:
        emit(
            topic,
            work,
            region=work.region_id,
            community=work.community_id,
            collaborator=work.introduction.collaborator_id,
        )


@action
def confirm_contact(work: Collaboration, *, version: int, by: User) -> Collaboration:
    """One side says that the two have spoken; from now on the request counts as supported."""
    work = locked(work, version=version)
    require(acts.can_confirm_contact(work), WAITS if work.is_resting else _("This has been said already."))
    move(work, CollaborationStatus.ACTIVE)
    tell_both(work, Event.COLLABORATION_BEGUN, acts.side_in(work) or Side.DESK)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_support_if_begun(%s)", [work.pk])
    return work


@action
def write_in_collaboration(
    work: Collaboration, *, text: str, language: str, once: UUID, by: User
) -> CollaborationMessage:
    """Write to the other sides of a collaboration; with `once` a second click finds the first message."""
    work = locked(work)
    side = acts.side_in(work)
    require(
        acts.can_write_in(work) and side is not None,
        WAITS if work.is_resting else _("This work together has ended; nobody writes here now."),
    )
    if found := CollaborationMessage.objects.filter(uuid=once).first():
        return found
    message = CollaborationMessage.sealed_under(
        work.key_object, uuid=once, collaboration=work, author=by, side=side, language=language, text=text
    )
    tell_of_work(work, *TOPICS_OF_WRITING[side or Side.DESK])
    return message


def write_decision(work: Collaboration, what: SpokenDecision.What, *, voice: Voice | None, by: User) -> None:
    """Keep who said it where the community decided by voice; an ally does not even see the request."""
    if voice:
        write_spoken(work.request, what, introduction=work.introduction, voice=voice, by=by)


@action
def pause_collaboration(work: Collaboration, *, version: int, voice: Voice | None = None, by: User) -> Collaboration:
    """The community needs a pause: the ally says and asks nothing until the community goes on."""
    work = locked(work, version=version)
    may_pause = spoken.can_rest(work) if voice else deciding.can_pause(work)
    require(may_pause and work.paused_at is None, _("This rests already, or is not yours to pause."))
    write_decision(work, SpokenDecision.What.PAUSE, voice=voice, by=by)
    change(work, paused_at=timezone.now())
    tell_both(work, Event.COLLABORATION_PAUSED, Side.COMMUNITY)
    tell_of_work(work, notices.PAUSED_FOR_ALLY, notices.PAUSED_FOR_DESK)
    return work


@action
def resume_collaboration(work: Collaboration, *, version: int, voice: Voice | None = None, by: User) -> Collaboration:
    """The community goes on after a pause."""
    work = locked(work, version=version)
    may_resume = spoken.can_rest(work) if voice else deciding.can_pause(work)
    require(may_resume and work.paused_at is not None, _("This goes on already, or is not yours to decide."))
    write_decision(work, SpokenDecision.What.RESUME, voice=voice, by=by)
    change(work, paused_at=None)
    tell_both(work, Event.COLLABORATION_RESUMED, Side.COMMUNITY)
    tell_of_work(work, notices.RESUMED_FOR_ALLY, notices.RESUMED_FOR_DESK)
    return work


@action
def end_collaboration(
    work: Collaboration,
    *,
    version: int,
    reason: EndReason = EndReason.NOT_SAID,
    words: str = "",
    voice: Voice | None = None,
    by: User,
) -> Collaboration:
    """End the work together; the community never needs a reason. What was disclosed is shown no more."""
    work = locked(work, version=version)
    may_end = spoken.can_end(work) if voice else acts.can_end_collaboration(work)
    require(may_end, _("This work together has ended already, or is not yours to end."))
    write_decision(work, SpokenDecision.What.END, voice=voice, by=by)
    side = Side.COMMUNITY if voice else acts.side_in(work)
    now = timezone.now()
    work.parting_words = words
    move(
        work,
        CollaborationStatus.CLOSED,
        parting_words=words,
        ended_at=now,
        end_reason=reason,
        ended_by_side=side,
    )
    tell_both(work, Event.COLLABORATION_ENDED, side or Side.DESK)
    introduction = locked(work.introduction)
    move(introduction, IntroductionStatus.ENDED, ended_at=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_close_if_done(%s)", [work.pk])
    recount_work(introduction)
    tell_of_work(work, notices.ENDED_FOR_ALLY, notices.ENDED_FOR_COMMUNITY, notices.ENDED_FOR_DESK)
    forget_scope()
    return work
