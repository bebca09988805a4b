"""Freezes: who sees them, who begins and ends one, what it stops here, and how the other apps ask for it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collaborators.models import CodeHandover, Community, Freeze, FreezeWarning, FreezingSide, Region, User
from collaborators.policies import can_act_for, holds_on_region
from cre.core.access import Branches, No, Scope, current_scope, id_list, sees
from cre.core.registries import Frozen, frozen

P = ParamSpec("P")
# The communities that stand still now: the same few for everybody, so that no act has to ask the database again.
id_list("frozen_communities")
STANDS_STILL = _(
    "Everything about this community stands still, for its safety. You can write to it, keep notes and check the "
    "safety. It goes on when two people have thawed it."
)


# --- Who sees what -------------------------------------------------------------------------------------
@sees(Freeze)
def freeze_branches(scope: Scope) -> Branches:
    """The staff of the region and the coordinator; whoever froze, until staff write about the thaw."""
    yield Q(frozen_by_id=scope.user_id) & Q(thaw_proposed_by__isnull=True)
    yield Q(region_id__in=[*scope.ids("facilitate", Region), *scope.ids("guard", Region)])
    yield scope.everywhere("coordinate")


@sees(FreezeWarning)
def warning_branches(scope: Scope) -> Branches:
    """Who talks with allies; a focal person does not see introductions either."""
    yield Q(freeze__region_id__in=scope.ids("facilitate", Region))
    yield scope.everywhere("coordinate")


@sees(CodeHandover)
def handover_branches(scope: Scope) -> Branches:
    yield Q(region_id__in=scope.ids("facilitate", Region))
    yield scope.everywhere("coordinate")


# --- Who does what -------------------------------------------------------------------------------------
def is_frozen(community_id: int) -> bool:
    """Whether everything about the community stands still, as the acting person's scope knows it."""
    return community_id in current_scope().listed("frozen_communities")


def is_frozen_now(community_id: int) -> bool:
    """As `is_frozen`, asked anew: another transaction may have frozen it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_is_frozen(%s)", [community_id])
        (answer,) = cursor.fetchone()
    return bool(answer)


def can_freeze(community_id: int, side: FreezingSide, region_id: int | None) -> bool:
    """The community itself, or the desk or a focal person of `region_id`, where its request stands."""
    if side == FreezingSide.COMMUNITY:
        return can_act_for(community_id)
    codename = "facilitate" if side == FreezingSide.DESK else "guard"
    return region_id is not None and holds_on_region(current_scope(), region_id, codename)


def can_thaw(freeze: Freeze) -> bool:
    """The staff of its region and the coordinator; that two of them are needed is asked besides."""
    scope = current_scope()
    is_near = holds_on_region(scope, freeze.region_id, "facilitate", "guard")
    return freeze.is_open and (is_near or scope.holds("coordinate"))


def can_confirm_thaw(user: User, freeze: Freeze) -> bool:
    """Another person than the one who proposed it."""
    return can_thaw(freeze) and freeze.thaw_proposed_by_id not in (None, user.pk)


def can_warn(freeze: Freeze) -> bool:
    return holds_on_region(current_scope(), freeze.region_id, "facilitate") or current_scope().holds("coordinate")


def can_hand_over_code(community: Community) -> bool:
    """The facilitator who knows the community, and never while everything stands still."""
    is_known = community.reached_at is not None
    return is_known and holds_on_region(current_scope(), community.region_id, "facilitate")


def unless_frozen(can: Callable[P, bool | No]) -> Callable[P, bool | No]:
    """Turn the yes of a `can_…` into a no with its reason while the community of its last argument stands still."""

    @wraps(can)
    def ask(*args: P.args, **kwargs: P.kwargs) -> bool | No:
        answer = can(*args, **kwargs)
        if answer and current_scope().listed("frozen_communities") and is_frozen(community_of(args[-1])):
            return No(STANDS_STILL)
        return answer

    return ask


def community_of(about: Any) -> int:
    """The id of the community that a record belongs to, by itself or through its request."""
    if isinstance(about, Community):
        return about.pk
    found: int = about.community_id if hasattr(about, "community_id") else about.request.community_id
    return found


# --- What a freeze stops here --------------------------------------------------------------------------
def close_doors(freeze: Freeze) -> None:
    """End the sessions of the community's people, and kill their receipt codes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_close_doors(%s)", [freeze.pk])


frozen.add(
    Frozen(
        "doors",
        _("Nobody of the community can come in: they are signed out, and their receipt codes open nothing any more."),
        stop=close_doors,
    )
)
frozen.add(Frozen("retention", _("Nothing is removed because of its age.")))
