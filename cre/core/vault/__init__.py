"""Sealed values, their keys, and the end of both: seal, open, shred, rotate."""

from cre.core.vault.errors import NoKey, Shredded, Tampered, VaultError
from cre.core.vault.fields import SealedTextField
from cre.core.vault.index import blind_index
from cre.core.vault.master import require_keys
from cre.core.vault.rotation import missing_versions, rotate
from cre.core.vault.sealed import Sealed, load_keys
from cre.core.vault.sealing import open_system, seal_system
from cre.core.vault.shredding import shred, sweep_orphans, tombstones
from cre.core.vault.stored import Stored
from cre.core.vault.streams import open_saved, open_stream, save_sealed, seal_stream

__all__ = [
    "NoKey",
    "Sealed",
    "SealedTextField",
    "Shredded",
    "Stored",
    "Tampered",
    "VaultError",
    "blind_index",
    "load_keys",
    "missing_versions",
    "open_saved",
    "open_stream",
    "open_system",
    "require_keys",
    "rotate",
    "save_sealed",
    "seal_stream",
    "seal_system",
    "shred",
    "sweep_orphans",
    "tombstones",
]
