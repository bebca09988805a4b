"""A freeze: begun by one, told to all who must know, ended by two; and a code for somebody who lost theirs."""

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborators import notices
from collaborators.actions.intake import unused_code
from collaborators.codes import ReceiptCode, hash_secret
from collaborators.freezing import (
    can_confirm_thaw,
    can_freeze,
    can_hand_over_code,
    can_thaw,
    can_warn,
    is_frozen_now,
    unless_frozen,
)
from collaborators.models import CodeHandover, Community, Freeze, FreezeWarning, FreezingSide, User
from collaborators.peppers import newest_version
from cre.core import ledger
from cre.core.access import forget_scope, locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.registries import frozen
from cre.core.security_events import SecurityEvent, security_event
from cre.core.states import change

NOT_YOURS = _("Only the community, its regional desk or a focal person stops everything.")


@action
def freeze_community(
    community_id: int, *, side: FreezingSide, region_id: int | None = None, reason: str = "", by: User
) -> None:
    """Stop everything about a community, in all apps, in this one transaction; pressed twice, it is done once.

    community_id: a focal person may not read the community itself; region_id: where its request stands, for staff.
    """
    require(can_freeze(community_id, side, region_id), NOT_YOURS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT region, owner FROM cre_take_to_freeze(%s, %s)", [community_id, side])
        home_id, owner = cursor.fetchone()
    if is_frozen_now(community_id):
        return
    freeze = Freeze.sealed_under(
        owner, community_id=community_id, region_id=home_id, side=side, reason=reason, frozen_by=by
    )
    for part in frozen:
        part.warn(freeze)
        part.stop(freeze)
    ledger.record(ledger.Kind.ACTED, freeze)
    emit(notices.FROZEN, freeze, region=home_id)
    security_event(SecurityEvent.FROZEN, person=by.pk, community=community_id, side=str(side))
    forget_scope()


@action
def note_warning(warning: FreezeWarning, *, by: User) -> FreezeWarning:
    """Note that an ally was warned by a safe channel; the first who says so stays on record."""
    warning = locked(warning)
    require(can_warn(warning.freeze), _("Only the region's facilitator and the coordinator warn allies."))
    return warning if warning.warned_at else change(warning, warned_by=by, warned_at=timezone.now())


@action
def propose_thaw(freeze: Freeze, *, version: int, reason: str, by: User) -> Freeze:
    """Say, after a talk with the community, why it is safe to go on; another person decides."""
    freeze = locked(freeze, version=version)
    require(can_thaw(freeze), _("Only the region's staff and the coordinator can propose this."))
    require(freeze.thaw_proposed_by_id is None, _("Somebody has proposed it already. Another person confirms."))
    change(freeze, thaw_proposed_by=by, thaw_proposed_at=timezone.now(), thaw_reason=reason)
    emit(notices.THAW_PROPOSED, freeze, region=freeze.region_id)
    return freeze


@action
def refuse_thaw(freeze: Freeze, *, version: int, by: User) -> Freeze:
    """It is not safe yet: the proposal is taken away, everything goes on standing still."""
    freeze = locked(freeze, version=version)
    require(can_thaw(freeze), _("Only the region's staff and the coordinator decide this."))
    return change(freeze, thaw_proposed_by=None, thaw_proposed_at=None, thaw_reason="")


@action
def confirm_thaw(freeze: Freeze, *, version: int, by: User) -> Freeze:
    """Let everything go on, as another person than the one who proposed it; what was consented to counts again."""
    freeze = locked(freeze, version=version)
    require(can_confirm_thaw(by, freeze), _("Another person than the one who proposed it has to confirm."))
    change(freeze, thawed_by=by, thawed_at=timezone.now())
    ledger.record(ledger.Kind.ACTED, freeze)
    emit(notices.THAWED, freeze, region=freeze.region_id)
    emit(notices.GO_ON, freeze)
    security_event(SecurityEvent.THAWED, person=by.pk, community=freeze.community_id)
    forget_scope()
    return freeze


@action
def replace_code_after_talk(community: Community, person: User, *, talk: str, by: User) -> ReceiptCode:
    """Give somebody a new code to hand over, after a talk in which the facilitator knew them again.

    The old code is dead. This one was seen by somebody else: at the person's first use they get another.
    """
    community = locked(community)
    require(
        unless_frozen(can_hand_over_code)(community),
        _("Only the facilitator of the region hands over a new code."),
    )
    code = unused_code()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cre_hand_over_code(%s, %s, %s, %s, %s::smallint)",
            [community.pk, person.pk, code.locator, hash_secret(code.secret), newest_version()],
        )
    handover = CodeHandover.sealed_under(
        community.uuid, community=community, region_id=community.region_id, person=person, talk=talk, given_by=by
    )
    ledger.record(ledger.Kind.ACTED, handover)
    emit(notices.CODE_HANDED_OVER, handover)
    return code
