"""Peppers: secrets outside the database that are mixed into what is hashed, so that a copy of it cannot be tried.

Each has a version, which stands beside the hash. A new one takes the name `CODE_PEPPER`, the one of before goes
into `CODE_PEPPERS_OLD`, and `CODE_PEPPER_VERSION` counts up.
"""

import hashlib
import hmac

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def newest_version() -> int:
    """The version of the pepper under which new hashes are made."""
    return int(settings.CODE_PEPPER_VERSION)


def pepper(version: int) -> bytes:
    """The pepper of that version. Raises LookupError when the installation does not have it any more."""
    if version == newest_version():
        return settings.CODE_PEPPER.encode()
    return old_peppers()[version].encode()


def old_peppers() -> dict[int, str]:
    """Earlier peppers by version. Raises ImproperlyConfigured, naming no value, when they cannot be read."""
    try:
        pairs = [entry.split(":", 1) for entry in settings.CODE_PEPPERS_OLD]
        return {int(version): value for version, value in pairs}
    except ValueError:
        raise ImproperlyConfigured("CODE_PEPPERS_OLD holds `version:pepper`, with commas between them.") from None


def peppered_code(secret: str, version: int) -> str:
    """The secret of a receipt code under a pepper."""
    return hmac.new(pepper(version), secret.encode(), hashlib.sha256).hexdigest()


def peppered_password(password: str, version: int) -> str:
    """A password under a key of its own, so that a hash of one kind says nothing about the other."""
    key = hmac.new(pepper(version), b"cre password", hashlib.sha256).digest()
    return hmac.new(key, password.encode(), hashlib.sha256).hexdigest()
