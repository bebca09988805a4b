"""Sealed files: read and written in pieces, so that no file is ever whole in memory or plain on disk.

A sealed file is: format (1 byte), key id (16), salt (16), then pieces of 64 KiB, each with its tag.
Every file has a key of its own, derived from the data key and the salt. The number of a piece and
whether it is the last are its nonce: a piece left out, moved, repeated or cut off does not open.
"""

import os
import tempfile
from collections.abc import Iterator
from typing import Protocol
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.files import File
from django.core.files.storage import Storage, default_storage

from cre.core.vault.cache import OpenKey
from cre.core.vault.errors import NoKey, Tampered
from cre.core.vault.keys import key_by_id, key_for
from cre.core.vault.sealing import about

FORMAT = b"\x02"
SALT_BYTES = 16
HEADER_BYTES = 1 + 16 + SALT_BYTES
PIECE_BYTES = 64 * 1024
TAG_BYTES = 16
IN_MEMORY_BYTES = 1024 * 1024
# Where in the storage they lie.
FOLDER = "sealed"


class Readable(Protocol):
    """Whatever gives bytes: an open file, an upload, a member of an archive."""

    def read(self, size: int, /) -> bytes: ...


def seal_stream(plain: Readable, *, object_uuid: UUID, purpose: str, label: str, identity: UUID) -> Iterator[bytes]:
    """The sealed bytes of a stream, piece by piece. Raises `NoKey`, `Shredded` at the first piece."""
    key, salt = key_for(object_uuid, purpose), os.urandom(SALT_BYTES)
    header = FORMAT + key.id.bytes + salt
    cipher, bound = _file_cipher(key, salt), header + about(label, identity)
    yield header
    for number, (piece, last) in enumerate(_pieces(plain, PIECE_BYTES)):
        yield cipher.encrypt(_nonce(number, last), piece, bound)


def open_stream(sealed: Readable, *, label: str, identity: UUID) -> Iterator[bytes]:
    """The plain bytes of a sealed stream, piece by piece.

    Each piece is checked before it is given, and the last one closes the file: whoever needs to know
    that nothing was cut off reads to the end. Raises `Tampered`, `Shredded`, `NoKey`.
    """
    header = _read(sealed, HEADER_BYTES)
    if len(header) != HEADER_BYTES or not header.startswith(FORMAT):
        raise Tampered("This is not a sealed file.")
    key = key_by_id(UUID(bytes=header[1:17]))
    cipher, bound = _file_cipher(key, header[17:]), header + about(label, identity)
    for number, (piece, last) in enumerate(_pieces(sealed, PIECE_BYTES + TAG_BYTES)):
        try:
            yield cipher.decrypt(_nonce(number, last), piece, bound)
        except InvalidTag:
            raise Tampered(f"This file was not sealed for {label} of this row, or was cut or changed.") from None


def save_sealed(
    plain: Readable,
    *,
    object_uuid: UUID,
    purpose: str,
    label: str,
    identity: UUID,
    storage: Storage = default_storage,
) -> str:
    """Seal a file into the storage and return its random name; only sealed bytes touch a disk."""
    name = uuid4().hex
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as sealed:
        for piece in seal_stream(plain, object_uuid=object_uuid, purpose=purpose, label=label, identity=identity):
            sealed.write(piece)
        sealed.seek(0)
        return storage.save(f"{FOLDER}/{name[:2]}/{name}", File(sealed))


def open_saved(name: str, *, label: str, identity: UUID, storage: Storage = default_storage) -> Iterator[bytes]:
    """The plain bytes of a file that `save_sealed` stored, piece by piece. Raises as `open_stream` does."""
    with storage.open(name, "rb") as sealed:
        yield from open_stream(sealed, label=label, identity=identity)


def _file_cipher(key: OpenKey, salt: bytes) -> AESGCM:
    if key.raw is None:
        raise NoKey("A destroyed key seals nothing.")
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=b"sealed file").derive(key.raw))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _pieces(source: Readable, size: int) -> Iterator[tuple[bytes, bool]]:
    """The pieces of a stream, each with whether it is the last; an empty stream is one empty piece."""
    piece = _read(source, size)
    while True:
        following = _read(source, size) if len(piece) == size else b""
        yield piece, not following
        if not following:
            return
        piece = following


def _read(source: Readable, size: int) -> bytes:
    """Exactly `size` bytes, fewer only at the end: a socket or a zip member may give less at a time."""
    parts: list[bytes] = []
    missing = size
    while missing and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
