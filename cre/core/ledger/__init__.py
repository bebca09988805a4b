"""Who read what: an append-only record, chained so that a later change shows."""

from cre.core.ledger.entries import flush, record, record_refusal
from cre.core.ledger.kinds import Kind
from cre.core.ledger.reads import Seen, record_read

__all__ = ["Kind", "Seen", "flush", "record", "record_read", "record_refusal"]
