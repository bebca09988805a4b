"""A second person for whatever is much at once: one asks, another says yes or no, a yes is used once within a day.

What may be asked, and who may ask and decide, is for the action of an app to say; the database holds the rest again.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cre.core.access import current_actor, locked, require
from cre.core.ledger.entries import record
from cre.core.ledger.kinds import Kind
from cre.core.ledger.models import BulkAccess
from cre.core.ledger.reasons import is_sentence
from cre.core.states import change

VALID = timedelta(hours=24)


def ask_for(purpose: str, *, reason: str, chosen: Mapping[str, Any]) -> BulkAccess:
    """Ask, as the acting person, for something with many records in it; `chosen` holds ids and codes only."""
    require(is_sentence(reason), _("Please write a sentence that says what you need it for."))
    access = BulkAccess.objects.create(
        purpose=purpose, reason=reason, chosen=dict(chosen), asked_by_id=current_actor().user_id
    )
    record(Kind.ACTED, access, fields=["asked"], reason=reason)
    return access


def decide(access: BulkAccess, *, approved: bool) -> BulkAccess:
    """Say yes or no to what somebody else asked. Raises PermissionDenied for one's own, or a second time."""
    access = locked(access)
    require(access.decided_at is None, _("This has been decided already."))
    require(not is_own(access), _("Another person has to decide this."))
    decided = change(access, approved=approved, decided_by_id=current_actor().user_id, decided_at=timezone.now())
    record(Kind.ACTED, decided, fields=["approved" if approved else "refused"], reason=access.reason)
    return decided


def use(access: BulkAccess, purpose: str) -> BulkAccess:
    """Take the one use of a yes. Raises PermissionDenied when it is not one's own, no yes, used, or too old."""
    access = locked(access)
    require(is_own(access) and access.purpose == purpose, _("Only the person who asked can use this."))
    require(bool(access.approved) and access.decided_at is not None, _("Nobody else has said yes to this."))
    require(access.used_at is None, _("This was used already. Ask again if you need it again."))
    require(is_fresh(access), _("The yes is older than a day. Please ask again."))
    return change(access, used_at=timezone.now())


def is_own(access: BulkAccess) -> bool:
    """Whether the acting person asked for it."""
    return access.asked_by_id == current_actor().user_id


def is_fresh(access: BulkAccess) -> bool:
    """Whether a yes was given within the last day."""
    return access.decided_at is not None and access.decided_at > timezone.now() - VALID


def is_usable(access: BulkAccess) -> bool:
    """Whether the acting person can use it now."""
    return is_own(access) and bool(access.approved) and access.used_at is None and is_fresh(access)
