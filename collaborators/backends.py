"""How people prove who they are: a receipt code, or an e-mail address with a password."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from collaborators.codes import ReceiptCode, is_secret
from collaborators.models import ReceiptCredential, User


class ReceiptCodeBackend(BaseBackend):
    """Logs in by receipt code. A wrong secret and an unknown locator take the same time and say the same."""

    def authenticate(
        self, request: HttpRequest | None, receipt_code: ReceiptCode | None = None, **_: Any
    ) -> User | None:
        if receipt_code is None:
            return None
        found = (
            ReceiptCredential.objects.select_related("user")
            .filter(locator=receipt_code.locator, replaced_at=None)
            .first()
        )
        if is_secret(receipt_code.secret, found.secret_hash if found else None) and found:
            return found.user if found.user.is_active else None
        return None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True, is_system=False).first()


class EmailBackend(AuthenticationBackend):
    """E-mail address and password through allauth; what a person may do is answered by `ScopeBackend` only."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True, is_system=False).first()
