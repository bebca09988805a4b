"""What allauth asks about second factors: how their secrets are kept, and what counts as one."""

from collections.abc import Collection
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from collaborators.selectors.ways import comes_with_code
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
        """Whether signing in asks the person for a factor.

        A printed sheet is one of its own: not everybody has a second device. For people of communities a passkey is a
        way of its own beside their receipt code, never a step that a lost phone could keep them from taking.
        """
        if types is not None and set(types) >= ASKED_AT_LOGIN:
            types = None
        return bool(super().is_mfa_enabled(user, types)) and not comes_with_code(user)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What the person's device calls this place: its host, which it knows anyhow."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": entity["id"]}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """What the device shows beside a passkey. For people of communities it names neither them nor the matter."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        if comes_with_code(user):
            words, day = gettext("My page"), date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
            entity |= {"name": f"{words} {day}", "display_name": f"{words} {day}"}
        return entity

    def build_totp_svg(self, url: str) -> str:
        """The address of a new app as a picture that stands in the page itself."""
        return str(segno.make(url, micro=False).svg_inline(omitsize=True, border=2))

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)
