"""Before an ally publishes something, the community says yes, change this or no; silence is no yes."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.consents import require_decision
from collaborations.actions.spoken import Voice
from collaborations.actions.timeline import tell, tell_both
from collaborations.actions.work import WAITS, tell_of_work
from collaborations.clocks import output_due
from collaborations.events import Event
from collaborations.models import Collaboration, PublicOutput
from collaborations.models.talk import Side
from collaborations.policies import acts, deciding
from collaborations.states import OutputStatus
from collaborators.models import User
from cre.core.access import locked, require
from cre.core.actions import action
from cre.core.states import can_move, move
from cre.core.vocabularies import ConsentForm


@action
def put_forward(
    work: Collaboration, *, text: str, where: str, appears_on: date, language: str, once: UUID, by: User
) -> PublicOutput:
    """Ask the community about a text before it is published; with `once` a second click finds the first."""
    work = locked(work)
    require(
        deciding.can_put_forward(work),
        WAITS if work.is_resting else _("This work together has ended. Nothing about the community is published."),
    )
    if found := PublicOutput.objects.filter(uuid=once).first():
        return found
    due_at = output_due(appears_on, timezone.now())
    output = PublicOutput.sealed_under(
        work.key_object, uuid=once, collaboration=work, community_id=work.community_id,
        language=language, text=text, where=where, appears_on=appears_on,
        put_by=by, due_at=due_at,
    )  # fmt: skip
    tell_both(work, Event.OUTPUT_PUT, Side.ALLY, due_on=due_at.date())
    tell_of_work(work, notices.OUTPUT_FOR_COMMUNITY, notices.OUTPUT_FOR_DESK)
    return output


@action
def answer_output(
    output: PublicOutput,
    *,
    version: int,
    answer: OutputStatus,
    words: str = "",
    voice: Voice | None = None,
    by: User,
) -> PublicOutput:
    """The community says yes, change this or no, here or by voice; a yes can still become a no."""
    output = locked(output, version=version)
    work = output.collaboration
    require_decision(work.request, is_own_act=acts.decides_for(work.request), voice=voice)
    require(work.is_open and can_move(output, answer), _("This has been answered already, or the work has ended."))
    move(
        output,
        answer,
        words=words,
        answered_at=timezone.now(),
        answered_by=by,
        form=voice.form if voice else ConsentForm.PORTAL,
        said_by=voice.said_by if voice else "",
        read_back=voice.read_back if voice else "",
    )
    tell_both(work, Event.OUTPUT_ANSWERED, Side.COMMUNITY)
    if voice:
        tell(work.request, Event.RECORDED_BY_VOICE, Side.DESK)
    tell_of_work(work, notices.OUTPUT_ANSWERED_ALLY, notices.OUTPUT_ANSWERED_DESK)
    return output
