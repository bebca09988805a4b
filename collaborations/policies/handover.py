"""Who may do what when a region goes from one facilitator to the next."""

from collaborations.models import Handover, HandoverSignature
from collaborators.models import Region, User
from collaborators.policies import can_coordinate, holds_on_region
from cre.core.access import current_scope

Side = HandoverSignature.Side


def can_start_handover(user: User, region: Region, leaving: User, *, is_vanished: bool) -> bool:
    """The coordinator for anybody, who leaves for themselves; only the coordinator says that somebody has vanished."""
    is_own = leaving.pk == user.pk and not is_vanished and holds_on_region(current_scope(), region.pk, "facilitate")
    return can_coordinate() or is_own


def can_write_pack(user: User, handover: Handover, signed: set[str]) -> bool:
    """Who leaves, until they sign; when they cannot, the coordinator with a written reason."""
    if not handover.is_open:
        return False
    if handover.is_vanished:
        return can_coordinate() and bool(current_scope().reason) and Side.COORDINATOR not in signed
    return handover.leaving_id == user.pk and Side.LEAVING not in signed


def side_to_sign(user: User, handover: Handover, signed: set[str]) -> Side | None:
    """As whom the person can sign now; nobody signs for two."""
    if not handover.is_open:
        return None
    if handover.arriving_id == user.pk:
        side = Side.ARRIVING
    elif handover.leaving_id == user.pk:
        side = Side.LEAVING
    else:
        side = Side.COORDINATOR
    writer = Side.COORDINATOR if handover.is_vanished else Side.LEAVING
    if side == Side.ARRIVING and writer not in signed:
        # The pack no longer changes once its writer has signed; only then somebody can say they received it.
        return None
    may = can_coordinate() if side == Side.COORDINATOR else not (side == Side.LEAVING and handover.is_vanished)
    return side if may and side not in signed else None


def can_cancel_handover(user: User, handover: Handover) -> bool:
    return handover.is_open and (can_coordinate() or handover.leaving_id == user.pk)
