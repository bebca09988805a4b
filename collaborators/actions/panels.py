"""Committees and working groups: made, changed, seats given and left."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from collaborators import policies
from collaborators.actions.people import give_role
from collaborators.models import Composition, Panel, User
from cre.core.access import Refused, current_scope, locked, require
from cre.core.actions import action
from cre.core.states import change


@action
def make_panel(*, by: User, **values: Any) -> Panel:
    """Set up a committee or a working group; its seats are empty."""
    require(policies.can_coordinate(), _("Only the coordinator sets up committees."))
    return Panel.objects.create(**values)


@action
def change_panel(panel: Panel, *, version: int, by: User, **values: Any) -> Panel:
    """Give a panel another name or another number of seats; nobody loses a seat by it."""
    panel = locked(panel, version=version)
    require(policies.can_coordinate(), _("Only the coordinator changes committees."))
    return change(panel, **values)


@action
def give_seat(
    panel: Panel, user: User, *, starts_at: datetime | None = None, ends_at: datetime | None, by: User
) -> None:
    """Let somebody sit on a panel for a term; there are only so many seats, whoever asks at the same moment."""
    try:
        with transaction.atomic():
            give_role(panel, "review", user, starts_at=starts_at, ends_at=ends_at, by=by)
    except IntegrityError:
        raise Refused(_("Every seat is taken. End a term first, or add a seat.")) from None


@action
def answer_composition(*, by: User, **answers: str) -> Composition:
    """Say who one is, as far as one likes; an empty answer takes it back."""
    require(policies.has_seat(), _("Only members of a committee or working group are asked this."))
    found = Composition.objects.visible_to(current_scope()).filter(user=by).first()
    if found is None:
        return Composition.sealed_under(by.uuid, user=by, **answers)
    return change(found, **answers)
