"""Links that people get by mail: worked out from the installation's key, kept nowhere."""

from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac


def invitation_secret(invited: UUID, version: int) -> str:
    """The secret part of an invitation's link, another one each time it is sent: 64 hexadecimal digits."""
    return salted_hmac("collaborators.invitation", f"{invited}:{version}", algorithm="sha256").hexdigest()


def address_secret(given: UUID) -> str:
    """The secret part of the link that confirms an e-mail address: 64 hexadecimal digits."""
    return salted_hmac("collaborators.address", str(given), algorithm="sha256").hexdigest()


def proof_of(secret: str) -> bytes:
    """What the database keeps of a secret (SHA-256), enough to know it again and too little to use it."""
    return sha256(secret.encode()).digest()
