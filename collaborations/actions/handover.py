"""Handing a region over: started, written down request by request, signed, and then held by somebody else."""

from typing import Any

from django.db import IntegrityError, connection, transaction
from django.shortcuts import get_object_or_404
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.models import Handover, HandoverContact, HandoverNote, HandoverSignature, SupportRequest
from collaborations.policies.handover import can_cancel_handover, can_start_handover, can_write_pack, side_to_sign
from collaborations.selectors.handover import identities_of, missing_notes, signatures_of
from collaborators.models import CommunityIdentity, Region, User
from cre.core import ledger
from cre.core.access import Refused, current_scope, forget_scope, locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.security_events import SecurityEvent, security_event
from cre.core.states import change

OVER = _("This handover is over.")


@action
def start_handover(region: Region, leaving: User, arriving: User, *, is_vanished: bool = False, by: User) -> Handover:
    """Begin to hand a region over. Nothing changes for anybody until all who are needed have signed."""
    allowed = can_start_handover(by, region, leaving, is_vanished=is_vanished)
    require(allowed, _("You can hand over your own region, and the coordinator anybody's."))
    require(leaving.pk != arriving.pk, _("Choose somebody else who takes over."))
    try:
        with transaction.atomic():
            handover = Handover.objects.create(
                region=region, leaving=leaving, arriving=arriving, is_vanished=is_vanished, started_by=by
            )
    except IntegrityError:
        raise Refused(_("This region is being handed over by that person already.")) from None
    forget_scope()
    emit(notices.HANDOVER_STARTED, handover)
    return handover


@action
def fill_pack(handover: Handover, *, by: User) -> int:
    """Write what the record knows of each open request that the pack does not hold yet; returns how many.

    The promise and its day, the safe channel and what must not be mentioned are copied; who writes the pack
    adds what only they know.
    """
    require_writer(handover, by)
    requests = list(missing_notes(handover, current_scope()))
    identities = identities_of(requests, current_scope())
    for request in requests:
        write_item(handover, request, from_record(request, identities.get(request.community_id)))
    return len(requests)


@action
def write_pack_item(handover: Handover, request: SupportRequest, *, by: User, **words: str) -> None:
    """Say for one request what was promised, what comes next, how to reach the community, what not to say."""
    require_writer(handover, by)
    write_item(handover, request, words)


@action
def sign_handover(handover: Handover, *, by: User) -> bool:
    """Sign as one's own side; with the last signature the region changes hands. True when it did."""
    handover = locked_as_seen(handover)
    signed = set(signatures_of(handover, current_scope()))
    side = side_to_sign(by, handover, signed)
    require(side is not None, _("There is nothing for you to sign here now."))
    HandoverSignature.objects.create(handover=handover, side=str(side), person=by)
    ledger.record(ledger.Kind.ACTED, handover)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_complete_handover(%s)", [handover.pk])
        is_complete = bool(cursor.fetchone()[0])
    forget_scope()
    emit(notices.HANDOVER_DONE if is_complete else notices.HANDOVER_SIGNED, handover)
    if is_complete:
        security_event(SecurityEvent.ROLE_ENDED, person=handover.leaving_id, by=by.pk, on=handover.region_id)
        security_event(SecurityEvent.ROLE_GIVEN, person=handover.arriving_id, by=by.pk, on=handover.region_id)
    return is_complete


@action
def cancel_handover(handover: Handover, *, by: User) -> None:
    """Stop a handover: everything stays with whom it is, and the pack is closed to who would have arrived."""
    handover = locked_as_seen(handover)
    require(can_cancel_handover(by, handover), OVER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_cancel_handover(%s)", [handover.pk])
    forget_scope()


def locked_as_seen(handover: Handover) -> Handover:
    """The handover as it stands now; nobody else signs or stops it until the transaction ends.

    The lock is the handover's own and not its row's, which only the database's functions may change.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('cre handover', %s))", [handover.pk])
    return get_object_or_404(Handover.objects.visible_to(current_scope()), pk=handover.pk)


def require_writer(handover: Handover, by: User) -> None:
    signed = set(signatures_of(handover, current_scope()))
    require(
        can_write_pack(by, handover, signed),
        _("The pack is written by who leaves, until they sign; after that it stays as it is."),
    )


def write_item(handover: Handover, request: SupportRequest, words: dict[str, str]) -> None:
    """One request of the pack, new or anew: its story's part and its community's part under their own keys."""
    about: dict[str, Any] = {"handover": handover, "request": request}
    parts: list[tuple[Any, dict[str, Any], Any]] = [
        (HandoverNote, {}, request.uuid),
        (HandoverContact, {"community": request.community}, request.community.uuid),
    ]
    for model, more, owner in parts:
        own = {name: words[name] for name in words if name in model.CLASSES}
        found = model.objects.visible_to(current_scope()).filter(**about).first()
        if found is None:
            model.sealed_under(owner, **about, **more, **own)
        else:
            change(locked(found), **own)


def from_record(request: SupportRequest, identity: CommunityIdentity | None) -> dict[str, str]:
    """What the record says, as a first draft of one request in the pack."""
    promise = gettext("Nothing is promised at the moment.")
    if request.due_at:
        day = formats.date_format(timezone.localtime(request.due_at), "DATE_FORMAT")
        promise = gettext("The next step is promised for {day}.").format(day=day)
    words = {"last_promise": promise, "next_step": gettext("It stands at: {status}.").format(
        status=request.get_status_display())}  # fmt: skip
    if identity is not None:
        ways = (str(identity.get_channel_display()), identity.handle, identity.safe_hours)
        words |= {"safe_channel": ", ".join(filter(None, ways)), "not_to_say": identity.not_to_mention}
    return words
