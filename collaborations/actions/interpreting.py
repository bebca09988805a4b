"""One text for one interpreter: the desk asks, the community decides, the interpreter gives it back, and it ends."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.consents import end_tasks, give_consent, require_decision, take_back
from collaborations.actions.spoken import Voice
from collaborations.actions.talk import write_note
from collaborations.actions.timeline import tell
from collaborations.events import Event
from collaborations.models import Consent, InterpreterTask, SupportRequest
from collaborations.models.talk import Side
from collaborations.policies import acts, interpreting
from collaborations.states import InterpretingStatus
from collaborators.models import Collaborator, User
from cre.core.access import Stale, current_scope, forget_scope, locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import move

# Nobody needs a text longer than this for one translation; another task can follow.
LONGEST = timedelta(days=30)
DECIDED = _("This does not wait for an answer any more. Please look at it again.")


@action
def ask_interpreter(
    request: SupportRequest,
    *,
    interpreter: User,
    collaborator: Collaborator,
    text: str,
    from_language: str,
    to_language: str,
    due_on: date,
    no_conflict: bool,
    doubt: str = "",
    once: UUID,
    by: User,
) -> InterpreterTask:
    """Ask the community whether this person may read and translate exactly this text, until the end of `due_on`.

    no_conflict: that the facilitator looked for ties and read who must not see this; `doubt` becomes a note of staff.
    """
    request = locked(request)
    require(interpreting.can_ask_interpreter(request), _("Only the region's facilitator asks, while this is open."))
    if found := InterpreterTask.objects.filter(uuid=once).first():
        return found
    require(no_conflict, _("Look for a conflict of interest first."))
    require(interpreting.can_interpret(interpreter, collaborator, request), interpreting.NOT_ONE)
    is_near = timezone.localdate() <= due_on <= timezone.localdate() + LONGEST
    require(is_near, _("Please choose a day within the next 30 days."))
    task = InterpreterTask.sealed_under(
        once, uuid=once, request=request, community_id=request.community_id, collaborator=collaborator,
        interpreter=interpreter, reader=collaborator.display_name if collaborator.shows_name else "", text=text,
        from_language=from_language, to_language=to_language, asked_by=by, due_at=end_of_day(due_on),
    )  # fmt: skip
    if doubt:
        write_note(request, text=doubt, once=uuid4(), by=by)
    tell(request, Event.INTERPRETER_ASKED, Side.DESK)
    return task


def end_of_day(day: date) -> datetime:
    """The last minute of a day, as the desk's clock shows it."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


@action
def allow_interpreter(task: InterpreterTask, *, version: int, voice: Voice | None = None, by: User) -> InterpreterTask:
    """The community lets the interpreter read this one text until its day, here or by voice."""
    task = locked(task, version=version)
    request = task.request
    require_decision(request, is_own_act=acts.decides_for(request), voice=voice)
    require(interpreting.can_decide_interpreter(task), DECIDED)
    consent = give_consent(request, Consent.About.INTERPRET, voice=voice, until=task.due_at, by=by)
    move(task, InterpretingStatus.ALLOWED, consent=consent, decided_at=timezone.now())
    tell_decision(task, Event.INTERPRETER_ALLOWED, voice)
    emit(notices.INTERPRETER_TASK, task, interpreter=task.interpreter_id)
    return task


@action
def refuse_interpreter(task: InterpreterTask, *, version: int, voice: Voice | None = None, by: User) -> InterpreterTask:
    """The community says no, without a reason; nobody outside the desk learns that it was asked."""
    task = locked(task, version=version)
    require_decision(task.request, is_own_act=acts.decides_for(task.request), voice=voice)
    require(interpreting.can_decide_interpreter(task), DECIDED)
    move(task, InterpretingStatus.REFUSED, decided_at=timezone.now())
    tell_decision(task, Event.INTERPRETER_REFUSED, voice)
    return task


def tell_decision(task: InterpreterTask, event: Event, voice: Voice | None) -> None:
    """Write what the community decided into the timeline, and tell the desk."""
    tell(task.request, event, Side.COMMUNITY)
    if voice:
        tell(task.request, Event.RECORDED_BY_VOICE, Side.DESK)
    emit(notices.INTERPRETER_DECIDED, task, region=task.request.region_id)


@action
def end_interpreting(task: InterpreterTask, *, version: int, by: User) -> InterpreterTask:
    """End it before its day: the interpreter reads nothing any more from this moment.

    Said by the community, it takes its yes back; the desk ends what it asked.
    """
    # The yes itself is taken back in the same order, so that two clicks wait for each other.
    locked(task.request)
    task = locked(task, version=version)
    require(interpreting.can_end_interpreting(task), _("This has ended already, or is not yours to end."))
    if task.consent is not None and acts.decides_for(task.request):
        take_back(task.consent, by=by)
    else:
        end_tasks(InterpreterTask.objects.filter(pk=task.pk))
        tell(task.request, Event.INTERPRETER_ENDED, acts_as(task))
    forget_scope()
    task.refresh_from_db()
    return task


def acts_as(task: InterpreterTask) -> Side:
    return Side.COMMUNITY if acts.decides_for(task.request) else Side.DESK


@action
def keep_translation(
    task: InterpreterTask, *, version: int, translation: str, is_ready: bool, by: User
) -> InterpreterTask:
    """The interpreter keeps what is written so far, or gives it back, which ends their access.

    Raises Http404 when it is not theirs (any more), `Stale` when another tab was quicker.
    """
    # The interpreter may change no row of their own; the database writes for them, and asks all of this again.
    own = InterpreterTask.objects.visible_to(current_scope()).filter(
        pk__in=current_scope().listed("interpreting_tasks")
    )
    task = get_object_or_404(own, pk=task.pk)
    if task.version != version:
        raise Stale
    require(bool(translation.strip()), _("Please write the translation first."))
    field: Any = InterpreterTask._meta.get_field("translation")
    sealed = field.seal(task, translation)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_keep_translation(%s, %s, %s, %s)", [task.pk, version, sealed, is_ready])
    if is_ready:
        emit(notices.INTERPRETER_DONE, task, request=task.request_id)
        forget_scope()
    return task
