"""What allauth asks about second factors: how their secrets are kept, and what counts as one."""

from collections.abc import Collection
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from cre.core.vault import open_system, seal_system

PURPOSE = "factor"
# Allauth asks for these two when it decides whether a login needs a second step.
ASKED_AT_LOGIN = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


class FactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        """A secret as the table holds it: sealed under a key of the system."""
        return seal_system(PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises `Tampered` for what this vault did not seal."""
        return open_system(PURPOSE, encrypted_text)

    def is_mfa_enabled(self, user: Any, types: Collection[str] | None = None) -> bool:
        """Whether the person has a factor. A printed sheet is one of its own: not everybody has a second device."""
        if types is not None and set(types) >= ASKED_AT_LOGIN:
            types = None
        return bool(super().is_mfa_enabled(user, types))

    def build_totp_svg(self, url: str) -> str:
        """The address of a new app as a picture that stands in the page itself."""
        return str(segno.make(url, micro=False).svg_inline(omitsize=True, border=2))

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)
