"""Keeping and forgetting: rules per class, what must not go yet, the removal and its proof."""

from cre.core.retention.files import destroy_condemned_files, sweep_files
from cre.core.retention.kept import rows_older
from cre.core.retention.keys import DESTROY_KEYS, destroy_condemned_keys
from cre.core.retention.models import CondemnedFile, CondemnedKey, LegalHold, RetentionProof, RetentionRule
from cre.core.retention.removing import removed_by
from cre.core.retention.rules import install_rules, rule_of
from cre.core.retention.runner import fingerprint, remove, run_retention

__all__ = [
    "DESTROY_KEYS",
    "CondemnedFile",
    "CondemnedKey",
    "LegalHold",
    "RetentionProof",
    "RetentionRule",
    "destroy_condemned_files",
    "destroy_condemned_keys",
    "fingerprint",
    "install_rules",
    "remove",
    "removed_by",
    "rows_older",
    "rule_of",
    "run_retention",
    "sweep_files",
]
