"""Messages between a community and its desk, and notes among staff."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.deciding import answered
from collaborations.actions.timeline import tell
from collaborations.events import Event
from collaborations.models import InternalNote, RequestMessage, SupportRequest
from collaborations.models.talk import Side
from collaborations.policies import acts
from collaborators.models import User
from cre.core.access import locked, require
from cre.core.actions import action
from cre.core.outbox import emit


@action
def write_message(request: SupportRequest, *, text: str, language: str, once: UUID, by: User) -> RequestMessage:
    """Write to the other side of a request; the first word of the desk is its first answer.

    once: made with the form, so that a second click on the button finds the first one's message.
    """
    request = locked(request)
    require(acts.can_talk(request), _("You cannot write here."))
    if found := RequestMessage.objects.filter(uuid=once).first():
        return found
    side = Side.COMMUNITY if acts.is_community(request) else Side.DESK
    message = RequestMessage.sealed_under(
        request.uuid, uuid=once, request=request, author=by, side=side, language=language, text=text
    )
    tell(request, Event.MESSAGE, side)
    if side == Side.DESK:
        answered(request)
        emit(notices.MESSAGE_TO_COMMUNITY, request, community=request.community_id)
    else:
        emit(notices.MESSAGE_TO_DESK, request, region=request.region_id)
    return message


@action
def write_note(request: SupportRequest, *, text: str, once: UUID, by: User) -> InternalNote:
    """Write a note that only staff read; `once` as in `write_message`."""
    request = locked(request)
    require(acts.can_note(request), _("Notes are for the region's staff."))
    if found := InternalNote.objects.filter(uuid=once).first():
        return found
    return InternalNote.sealed_under(request.uuid, uuid=once, request=request, author=by, text=text)
