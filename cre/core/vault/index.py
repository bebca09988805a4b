"""Blind indexes: finding the same words again without keeping them."""

import hmac
import unicodedata
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cre.core.vault.keys import SYSTEM, key_by_id, key_for

INDEX_BYTES = 16


def blind_index(purpose: str, text: str) -> bytes:
    """Sixteen bytes that are equal for equal words of one purpose, whatever their case, form and spaces.

    The secret is a system key: it survives the rotation of the master key and differs for each purpose.
    Shredding does not reach these bytes, so whoever deletes a record empties them too.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    words = " ".join(folded.split())
    secret = HKDF(SHA256(), 32, salt=None, info=b"blind index|" + purpose.encode()).derive(_index_secret())
    return hmac.new(secret, words.encode(), sha256).digest()[:INDEX_BYTES]


def _index_secret() -> bytes:
    raw = key_by_id(key_for(SYSTEM, "blind-index").id).raw
    assert raw is not None
    return raw
