"""How passwords are hashed: Argon2id under a pepper that is not in the database."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from collaborators.codes import slow_work
from collaborators.peppers import newest_version, peppered_password


class PepperedArgon2Hasher(Argon2PasswordHasher):
    """Stores `peppered$<version of the pepper>$argon2id$…`; whoever stole the table has nothing to try words on.

    A password under an older pepper, or at another cost, is hashed anew when its person signs in.
    """

    algorithm = "peppered"
    time_cost = 3
    memory_cost = settings.PASSWORD_HASH_KIB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        version = newest_version()
        with slow_work():
            plain = super().encode(peppered_password(password, version), salt)
        return plain.replace("$", f"${version}$", 1)

    def decode(self, encoded: str) -> dict[str, Any]:
        version, plain = parts_of(encoded)
        return super().decode(plain) | {"pepper": version}

    def verify(self, password: str, encoded: str) -> bool:
        version, plain = parts_of(encoded)
        try:
            mixed = peppered_password(password, version)
        except LookupError:
            # Nobody can sign in with it, which the time of the answer does not tell.
            mixed = ""
        with slow_work():
            return bool(super().verify(mixed, plain)) and mixed != ""

    def must_update(self, encoded: str) -> bool:
        return parts_of(encoded)[0] != newest_version() or bool(super().must_update(encoded))


def parts_of(encoded: str) -> tuple[int, str]:
    """The version of the pepper, and the hash as Django's own class knows it."""
    algorithm, version, rest = encoded.split("$", 2)
    return int(version), f"{algorithm}${rest}"
