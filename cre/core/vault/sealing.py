"""Sealing and opening of bytes and texts: AES-256-GCM, bound to a label and an identity.

A sealed value is: format (1 byte), key id (16), nonce (12), ciphertext and tag.
"""

import base64
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag

from cre.core.vault.cache import OpenKey
from cre.core.vault.errors import NoKey, Tampered
from cre.core.vault.keys import SYSTEM, key_by_id, key_for
from cre.core.vault.master import NONCE_BYTES

FORMAT = b"\x01"
HEADER_BYTES = 1 + 16
LEAST_BYTES = HEADER_BYTES + NONCE_BYTES + 16


def seal_bytes(plain: bytes, *, key: OpenKey, label: str, identity: UUID) -> bytes:
    """Seal with this key; it opens again only under the same label and identity."""
    if key.cipher is None:
        raise NoKey("A destroyed key seals nothing.")
    header, nonce = FORMAT + key.id.bytes, os.urandom(NONCE_BYTES)
    return header + nonce + key.cipher.encrypt(nonce, plain, header + about(label, identity))


def open_bytes(sealed: bytes, *, label: str, identity: UUID) -> bytes:
    """What was sealed. Raises `Tampered` for changed or moved bytes, `Shredded`, `NoKey`."""
    key = key_by_id(key_id_of(sealed))
    assert key.cipher is not None
    header, nonce = sealed[:HEADER_BYTES], sealed[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES]
    try:
        return key.cipher.decrypt(nonce, sealed[HEADER_BYTES + NONCE_BYTES :], header + about(label, identity))
    except InvalidTag:
        raise Tampered(f"This value was not sealed for {label} of this row.") from None


def is_sealed(value: bytes) -> bool:
    """Whether these bytes have the form of a sealed value."""
    return len(value) >= LEAST_BYTES and value.startswith(FORMAT)


def key_id_of(sealed: bytes) -> UUID:
    """The id of the key that opens these bytes. Raises `Tampered` when they are not a sealed value."""
    if not is_sealed(sealed):
        raise Tampered("This is not a sealed value.")
    return UUID(bytes=sealed[1:HEADER_BYTES])


def seal_system(purpose: str, text: str) -> str:
    """Seal a secret of the installation or of an account (a TOTP secret) with a system key, as ASCII text."""
    sealed = seal_bytes(text.encode(), key=key_for(SYSTEM, purpose), label=f"system.{purpose}", identity=SYSTEM)
    return base64.urlsafe_b64encode(sealed).decode()


def open_system(purpose: str, sealed: str) -> str:
    """What `seal_system` sealed. Raises as `open_bytes` does."""
    try:
        raw = base64.urlsafe_b64decode(sealed)
    except ValueError:
        raise Tampered("This is not a sealed value.") from None
    return open_bytes(raw, label=f"system.{purpose}", identity=SYSTEM).decode()


def about(label: str, identity: UUID) -> bytes:
    """The associated data: what the value is, and of which row."""
    return label.encode() + b"|" + identity.bytes
