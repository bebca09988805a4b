"""A community asks for an ally by name, or says that the two work together already; no ally learns of it."""

from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.spoken import Voice, write_spoken
from collaborations.models import SpokenDecision, SupportRequest, Wish
from collaborations.policies import acts, deciding, spoken
from collaborations.selectors.directory import directory_for
from collaborators.models import Collaborator, User
from cre.core.access import current_scope, locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import change


@action
def say_wish(
    request: SupportRequest,
    collaborator: Collaborator,
    *,
    kind: Wish.Kind,
    reason: str = "",
    voice: Voice | None = None,
    by: User,
) -> Wish:
    """Ask for an entry of the directory, or say that it is known already; the desk is told of the first only."""
    request = locked(request)
    may_wish = spoken.can_wish(request) if voice else deciding.can_wish(request)
    require(may_wish, _("You can ask for allies while the desk works on your request."))
    is_listed = directory_for(current_scope(), request).filter(pk=collaborator.pk).exists()
    require(is_listed, _("This ally is not in the directory any more. Please choose another one."))
    write_spoken(request, SpokenDecision.What.WISH, voice=voice, by=by)
    if found := request.wishes.filter(collaborator=collaborator).first():
        return change(found, kind=kind, reason=reason)
    if not request.wishes.exists():
        emit(notices.WISHES, request, region=request.region_id)
    return Wish.sealed_under(
        request.uuid, request=request, collaborator=collaborator, kind=kind, reason=reason, said_by=by
    )


@action
def take_back_wish(wish: Wish, *, voice: Voice | None = None, by: User) -> None:
    """Take back what was said of an ally, at any time and without a reason."""
    # Staff read the row without being able to lock it, so this is asked first.
    may_take_back = spoken.can_wish(wish.request) if voice else acts.is_community(wish.request)
    require(may_take_back, _("Only the community itself takes this back."))
    write_spoken(wish.request, SpokenDecision.What.WISH, voice=voice, by=by)
    locked(wish).delete()
