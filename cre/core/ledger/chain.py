"""The chain: each committed entry is hashed together with the hash before it, in a second table."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from cre.core.ledger.models import LedgerEntry, LedgerLink
from cre.core.vault.models import LedgerHead

GENESIS = bytes(32)
MOST = 5_000
# No request lasts this long, so an entry that is not chained by then was not written in the normal way.
LATE = timedelta(days=2)
CHAIN_LOCK = 0x6C656467


class LedgerBroken(Exception):
    """The chain does not continue from the head that was kept apart."""


def digest(previous: bytes, entry: LedgerEntry) -> bytes:
    """The hash of an entry and of all before it."""
    return sha256(previous + _canonical(entry)).digest()


def chain_ledger(most: int = MOST) -> int:
    """Link committed entries that are not linked yet, as the system account; returns how many.

    One process at a time: a second one returns 0. An entry committed late is linked late; the order
    of the chain is the order of the linking.
    """
    with transaction.atomic():
        if not _locked():
            return 0
        last = LedgerLink.objects.order_by("-seq").first()
        seq, head = (last.seq, bytes(last.hash)) if last else (0, GENESIS)
        links = []
        for entry in unlinked(linkable_since(last)).order_by("at", "id")[:most]:
            seq, previous, head = seq + 1, head, digest(head, entry)
            links.append(LedgerLink(seq=seq, entry_id=entry.id, previous=previous, hash=head))
        LedgerLink.objects.bulk_create(links, batch_size=1000)
    return len(links)


def store_head() -> LedgerHead | None:
    """Keep the last link in the keys database for today, once or more a day; None while there is no link.

    Raises `LedgerBroken`, and keeps the old heads, when the chain no longer contains the last one.
    """
    with transaction.atomic():
        last = LedgerLink.objects.order_by("-seq").first()
        kept = LedgerHead.objects.order_by("-seq").first()
        if kept and not LedgerLink.objects.filter(seq=kept.seq, hash=bytes(kept.hash)).exists():
            raise LedgerBroken(f"The link {kept.seq}, kept on {kept.day}, is gone or was changed.")
    if last is None:
        return None
    facts = {"seq": last.seq, "hash": bytes(last.hash)}
    return LedgerHead.objects.update_or_create(day=timezone.now().date(), defaults=facts)[0]


def linkable_since(last: LedgerLink | None) -> datetime | None:
    """The moment before which an unlinked entry is no longer taken into the chain; None: any is taken."""
    newest = LedgerEntry.objects.filter(id=last.entry_id).first() if last else None
    return min(newest.at, timezone.now()) - LATE if newest else None


def unlinked(since: datetime | None) -> QuerySet[LedgerEntry]:
    """The entries without a link, from a moment on."""
    entries = LedgerEntry.objects.filter(~Exists(LedgerLink.objects.filter(entry_id=OuterRef("id"))))
    return entries if since is None else entries.filter(at__gte=since)


def _canonical(entry: LedgerEntry) -> bytes:
    """Every column in a fixed order and form."""
    facts = [
        entry.id.hex,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.person_id,
        entry.role,
        str(entry.kind),
        entry.object_label,
        entry.object_uuid.hex if entry.object_uuid else None,
        entry.community_id,
        entry.request_uuid.hex if entry.request_uuid else None,
        entry.region_id,
        list(entry.fields),
        entry.reason,
        entry.view,
    ]
    return json.dumps(facts, separators=(",", ":")).encode()


def _locked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [CHAIN_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])
