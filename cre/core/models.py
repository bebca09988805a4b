"""All models of the mechanisms, where Django looks for them."""

from cre.core.ledger.models import LedgerEntry, LedgerLink
from cre.core.outbox.models import Heartbeat, Notice, OutboxMessage
from cre.core.vault.models import DataKey, LedgerHead, Tombstone

__all__ = [
    "DataKey",
    "Heartbeat",
    "LedgerEntry",
    "LedgerHead",
    "LedgerLink",
    "Notice",
    "OutboxMessage",
    "Tombstone",
]
