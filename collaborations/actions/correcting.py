"""A community changes its answers after it has sent them; the earlier words stay in the history."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.asking import write_answers
from collaborations.actions.timeline import tell
from collaborations.clocks import answer_due
from collaborations.events import Event
from collaborations.models import SupportRequest
from collaborations.models.talk import Side
from collaborations.policies import acts
from collaborators.models import Country, User
from cre.core.access import locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import change
from cre.core.vocabularies import Danger

CLOSED = _("This request is closed, so its answers stay as they are. You can still write a message.")
ELSEWHERE = _("Another regional desk looks after that country. Write a message: your desk hands your request over.")
SOMETHING = _("Please say what you need, in a word or two.")


@action
def correct_answers(
    request: SupportRequest, *, version: int, by: User, country: str | None = None, **answers: Any
) -> SupportRequest:
    """Change answers of a request that was sent; takes what `change_draft` takes.

    An approved brief and what was shared stay as they are. A country never moves the request: that is the desk's
    act. Somebody in danger now is told to the desk and its security person like a new request.
    """
    request = locked(request, version=version)
    require(acts.can_correct(request), CLOSED)
    require(country in (None, request.country) or stays_here(request, country), ELSEWHERE)
    was_in_danger = request.danger == Danger.NOW
    write_answers(request, answers)
    require(bool(request.story.need or request.kinds_of_help), SOMETHING)
    if country is not None:
        change(request, country=country)
    tell(request, Event.CORRECTED, Side.COMMUNITY)
    if request.danger == Danger.NOW and not was_in_danger:
        hasten(request)
    else:
        emit(notices.ANSWERS_CHANGED, request, region=request.region_id)
    return request


def stays_here(request: SupportRequest, country: str | None) -> bool:
    """Whether the desk that has the request looks after this country; one that waits to be placed stays there."""
    if not country or request.region.is_waiting_room:
        return True
    return Country.objects.filter(code=country, region=request.region_id).exists()


def hasten(request: SupportRequest) -> None:
    """Somebody is in danger now: the promise is that of an urgent request, unless an earlier one stands."""
    due = answer_due(request.region, request.danger, timezone.now())
    if request.due_at is None or due < request.due_at:
        change(request, due_at=due)
    emit(notices.REQUEST_URGENT, request, region=request.region_id)
