"""How people prove who they are: a receipt code, or an e-mail address with a password."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend
from django.db.models import BooleanField, F, Func, QuerySet
from django.http import HttpRequest

from collaborators.codes import ReceiptCode, is_secret
from collaborators.models import ReceiptCredential, User
from collaborators.selectors.ways import person_of_address
from cre.core.abuse import CODES, PASSWORDS, TooManyTries, Try, address_of
from cre.core.security_events import SecurityEvent, security_event


def may_enter() -> QuerySet[User]:
    """The people for whom a door opens: their account is open, and no freeze of their community shuts them out."""
    shut_out = Func(F("pk"), function="cre_is_shut_out", output_field=BooleanField())
    return User.objects.alias(is_shut_out=shut_out).filter(is_active=True, is_system=False, is_shut_out=False)


def living(code: ReceiptCode) -> QuerySet[ReceiptCredential]:
    """The row of the code that begins like this and was not replaced, whatever its secret is."""
    return ReceiptCredential.objects.filter(locator=code.locator, replaced_at=None)


def is_living(code: ReceiptCode) -> bool:
    """Whether there is a code that begins like this one, so that it is worth a slow check."""
    return living(code).exists()


def is_address(email: str) -> bool:
    """Whether somebody signs in with this address, so that it is worth a slow check."""
    return User.objects.filter(email=email, is_active=True).exists() or person_of_address(email) is not None


class ReceiptCodeBackend(BaseBackend):
    """Logs in by receipt code. A wrong secret and an unknown locator take the same time and say the same."""

    def authenticate(
        self, request: HttpRequest | None, receipt_code: ReceiptCode | None = None, **_: Any
    ) -> User | None:
        if receipt_code is None:
            return None
        attempt = Try(CODES, address_of(request), receipt_code.locator)
        found = living(receipt_code).select_related("user").first()
        if attempt.may_be_checked(is_known=found is not None):
            with attempt.checking():
                is_right = is_secret(
                    receipt_code.secret,
                    found.secret_hash if found else None,
                    found.pepper_version if found else None,
                )
            user = may_enter().filter(pk=found.user_id).first() if is_right and found else None
            if user is not None:
                attempt.succeeded()
                security_event(SecurityEvent.LOGIN_SUCCEEDED, person=user.pk, way="code")
                return user
        attempt.failed(person=found.user_id if found else None)
        return None

    def get_user(self, user_id: int) -> User | None:
        return may_enter().filter(pk=user_id).first()


class EmailBackend(AuthenticationBackend):
    """E-mail address and password through allauth; what a person may do is answered by `ScopeBackend` only."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """The person, or None. Raises `TooManyTries` for a wrong try after many others."""
        email = str(credentials.get("email") or "").strip().lower()
        if not email or not credentials.get("password"):
            return None
        attempt = Try(PASSWORDS, address_of(request), email)
        is_known = attempt.is_slowed and is_address(email)
        if attempt.may_be_checked(is_known=is_known):
            with attempt.checking():
                found = super().authenticate(request, **credentials)
            if found is not None:
                attempt.succeeded()
                security_event(SecurityEvent.LOGIN_SUCCEEDED, person=found.pk, way="password")
                return found
        attempt.failed()
        if attempt.is_slowed:
            raise TooManyTries(attempt.pace.slowly.every)
        return None

    def _authenticate_by_email(self, email: str, password: str) -> Any:
        """An account with this address, else somebody of a community who added it to their receipt code."""
        found = super()._authenticate_by_email(email, password)
        return found or self._check_password(person_of_address(email), password)

    @classmethod
    def _stash_user(cls, user: Any) -> None:
        """Allauth would tell whoever knows the password of a closed account that it is closed."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Not while the person's community is frozen; the answer is the same as for a wrong password."""
        return may_enter().filter(pk=user.pk).exists()

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def get_user(self, user_id: int) -> User | None:
        return may_enter().filter(pk=user_id).first()
