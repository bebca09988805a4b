"""Checking the ledger: entries against their links, each link against the one before, and the kept heads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction

from cre.core.ledger.chain import GENESIS, digest, linkable_since, unlinked
from cre.core.ledger.models import LedgerEntry, LedgerLink
from cre.core.vault.models import LedgerHead

BATCH = 5_000


class Damage(StrEnum):
    """What can have happened to the ledger."""

    REMOVED = "removed"  # an entry that the chain knows is gone
    CHANGED = "changed"  # an entry or a link says something else than before
    INSERTED = "inserted"  # a link follows from no other, or an entry came in past the chain
    CUT = "cut"  # links are missing in the middle or at the end


@dataclass(frozen=True)
class Finding:
    """One damage: at which link (0 for an entry without one), and where it can be seen."""

    damage: Damage
    seq: int
    where: str

    def __str__(self) -> str:
        return f"{self.damage}: link {self.seq}, {self.where}" if self.seq else f"{self.damage}: {self.where}"


@dataclass
class Verdict:
    """What the check found: how many links it read, how many entries still wait for one, and the damage."""

    links: int = 0
    waiting: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.findings


def verify_ledger() -> Verdict:
    """Read the whole ledger, as the system account, and say what was removed, changed, inserted or cut.

    What this cannot see: an entry written by somebody with the rights of the owner before it was
    chained, and a tail cut off before the day's head was kept.
    """
    verdict = Verdict()
    heads = {head.seq: head for head in LedgerHead.objects.order_by("seq")}
    with transaction.atomic():
        before: LedgerLink | None = None
        for link, entry in _links_with_entries():
            verdict.links += 1
            verdict.findings += _check_order(link, before)
            verdict.findings += _check_entry(link, entry)
            verdict.findings += _check_head(link, heads.pop(link.seq, None))
            before = link
        for head in heads.values():
            verdict.findings.append(Finding(Damage.CUT, head.seq, f"kept on {head.day}, is no longer there"))
        _count_unlinked(verdict, before)
    return verdict


def _links_with_entries() -> Iterator[tuple[LedgerLink, LedgerEntry | None]]:
    seq = 0
    while links := list(LedgerLink.objects.filter(seq__gt=seq).order_by("seq")[:BATCH]):
        entries = LedgerEntry.objects.in_bulk([link.entry_id for link in links])
        for link in links:
            yield link, entries.get(link.entry_id)
        seq = links[-1].seq


def _check_order(link: LedgerLink, before: LedgerLink | None) -> Iterator[Finding]:
    expected = before.seq + 1 if before else 1
    if link.seq != expected:
        yield Finding(Damage.CUT, expected, f"{link.seq - expected} links are missing")
    elif bytes(link.previous) != (bytes(before.hash) if before else GENESIS):
        yield Finding(Damage.INSERTED, link.seq, "does not follow from the one before")


def _check_entry(link: LedgerLink, entry: LedgerEntry | None) -> Iterator[Finding]:
    if entry is None:
        yield Finding(Damage.REMOVED, link.seq, f"entry {link.entry_id}")
    elif digest(bytes(link.previous), entry) != bytes(link.hash):
        yield Finding(Damage.CHANGED, link.seq, f"entry {link.entry_id}")


def _check_head(link: LedgerLink, head: LedgerHead | None) -> Iterator[Finding]:
    if head is not None and bytes(head.hash) != bytes(link.hash):
        yield Finding(Damage.CHANGED, link.seq, f"differs from the head kept on {head.day}")


def _count_unlinked(verdict: Verdict, last: LedgerLink | None) -> None:
    """Entries that the chain will still take are waiting; older ones were written past it."""
    since = linkable_since(last)
    verdict.waiting = unlinked(since).count()
    if since is not None:
        for entry_id in unlinked(None).filter(at__lt=since).values_list("id", flat=True):
            verdict.findings.append(Finding(Damage.INSERTED, 0, f"entry {entry_id}"))
