"""The master keys: versioned, from a file or the environment, they only wrap data keys."""

import base64
import binascii
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from cre.core.vault.errors import NoKey, Tampered

KEY_BYTES = 32
NONCE_BYTES = 12


@dataclass(frozen=True)
class MasterKeys:
    """The master keys of this process by version; the newest one wraps, the older ones still unwrap."""

    by_version: dict[int, bytes] = field(repr=False)

    @property
    def newest(self) -> int:
        return max(self.by_version)


def parse_masters(text: str) -> MasterKeys:
    """Read lines `version:base64 of 32 bytes`; empty lines and `#` comments are skipped.

    Raises `NoKey` with the number of the line that is wrong, never with what stands in it.
    """
    found: dict[int, bytes] = {}
    for number, line in enumerate(text.replace(",", "\n").splitlines(), start=1):
        entry = line.split("#", 1)[0].strip()
        if not entry:
            continue
        version, _, encoded = entry.partition(":")
        try:
            key, rank = base64.b64decode(encoded, validate=True), int(version)
        except (binascii.Error, ValueError):
            raise NoKey(f"Master key line {number} is not `version:base64`.") from None
        if len(key) != KEY_BYTES or not 0 < rank < 2**31 or rank in found:
            raise NoKey(f"Master key line {number} needs a new version number and {KEY_BYTES} bytes.")
        found[rank] = key
    if not found:
        raise NoKey("There is no master key; set MASTER_KEY_FILE or MASTER_KEY.")
    return MasterKeys(found)


def masters() -> MasterKeys:
    """The master keys, read again whenever the file or the setting has changed. Raises `NoKey`."""
    return _load(*_source())


def require_keys() -> None:
    """Raise `NoKey`, with a sentence for the operator, unless this process can seal and open."""
    masters()
    if settings.DATABASES["keys"].get("ATOMIC_REQUESTS"):
        raise NoKey("The keys database must not join the request's transaction; drop its ATOMIC_REQUESTS.")


def wrap(data_key: bytes, key_id: UUID, object_uuid: UUID, purpose: str) -> tuple[bytes, int]:
    """A data key, sealed for its own row of the keys table, and the master version that did it."""
    held = masters()
    nonce = os.urandom(NONCE_BYTES)
    about = _about(key_id, object_uuid, purpose)
    return nonce + AESGCM(held.by_version[held.newest]).encrypt(nonce, data_key, about), held.newest


def unwrap(wrapped: bytes, version: int, key_id: UUID, object_uuid: UUID, purpose: str) -> bytes:
    """The data key. Raises `NoKey` for an unknown master version, `Tampered` for a moved or changed row."""
    master = masters().by_version.get(version)
    if master is None:
        raise NoKey(f"Master key version {version} is not in MASTER_KEY_FILE.")
    nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    try:
        return AESGCM(master).decrypt(nonce, sealed, _about(key_id, object_uuid, purpose))
    except (InvalidTag, ValueError):
        raise Tampered("This data key was not wrapped by that master key for that object.") from None


def _about(key_id: UUID, object_uuid: UUID, purpose: str) -> bytes:
    return f"{key_id}|{object_uuid}|{purpose}".encode()


@lru_cache(maxsize=1)
def _load(given: str, path: str, *_: object) -> MasterKeys:
    """Parse once for each state of the source."""
    return parse_masters(given or _read(path))


def _source() -> tuple[Any, ...]:
    """What tells one state of the settings and the file from another, without reading it."""
    if settings.MASTER_KEY or not settings.MASTER_KEY_FILE:
        return (settings.MASTER_KEY, "")
    try:
        state = Path(settings.MASTER_KEY_FILE).stat()
    except OSError:
        return ("", settings.MASTER_KEY_FILE)
    return ("", settings.MASTER_KEY_FILE, state.st_mtime_ns, state.st_size, state.st_ino)


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii") if path else ""
    except (OSError, UnicodeDecodeError) as problem:
        raise NoKey(f"MASTER_KEY_FILE cannot be read: {type(problem).__name__}.") from None
