"""All models of the mechanisms, where Django looks for them."""

from cre.core.ledger.models import BulkAccess, LedgerAlarm, LedgerEntry, LedgerLink
from cre.core.outbox.models import Heartbeat, Notice, OutboxMessage
from cre.core.retention.models import CondemnedFile, CondemnedKey, LegalHold, RetentionProof, RetentionRule
from cre.core.vault.models import DataKey, LedgerHead, Tombstone

__all__ = [
    "BulkAccess",
    "CondemnedFile",
    "CondemnedKey",
    "DataKey",
    "Heartbeat",
    "LedgerAlarm",
    "LedgerEntry",
    "LedgerHead",
    "LedgerLink",
    "LegalHold",
    "Notice",
    "OutboxMessage",
    "RetentionProof",
    "RetentionRule",
    "Tombstone",
]
