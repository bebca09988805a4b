"""For how long things are kept, and what must not go yet."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborators import policies
from collaborators.models import User
from cre.core.access import locked, require
from cre.core.actions import action
from cre.core.ledger import Kind, record
from cre.core.retention import LegalHold, RetentionRule
from cre.core.states import change


@action
def change_rule(rule: RetentionRule, *, version: int, days: int, asks_before_days: int, by: User) -> RetentionRule:
    """Set for how many days a class is kept, and how long before its end people are asked."""
    rule = locked(rule, version=version)
    require(policies.can_coordinate(), _("Only the coordinator sets how long something is kept."))
    record(Kind.ACTED, rule)
    return change(rule, days=days, asks_before_days=asks_before_days)


@action
def place_hold(object_label: str, object_uuid: UUID, *, reason: str, by: User) -> LegalHold:
    """Stop the clock of an object for a legal reason; one that is held already stays under its first hold."""
    require(policies.can_coordinate(), _("Only the coordinator places a legal hold."))
    found: LegalHold | None = LegalHold.objects.filter(object_uuid=object_uuid, ended_at=None).first()
    if found:
        return found
    hold = LegalHold.objects.create(object_label=object_label, object_uuid=object_uuid, reason=reason, placed_by=by)
    record(Kind.ACTED, hold, reason=reason)
    return hold


@action
def end_hold(hold: LegalHold, *, version: int, by: User) -> LegalHold:
    """End a legal hold, as another person than the one who placed it; the clock goes on."""
    hold = locked(hold, version=version)
    require(policies.can_end_hold(by, hold), _("Another coordinator than the one who placed it has to end it."))
    record(Kind.ACTED, hold)
    return change(hold, ended_by=by, ended_at=timezone.now())
