"""People, and the receipt code that brings one of them back."""

from collections.abc import Collection
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import verify_password
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cre.core.access import acting_as
from cre.core.classes import IDENTITY, INTERNAL


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None = None, password: str | None = None, **fields: object) -> "User":
        """A person, with or without an e-mail address and a password (a receipt code needs neither)."""
        user = self.model(email=self.normalize_email(email).lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def told_by_mail(self, people: Collection[int]) -> set[int]:
        """Those of these people of communities who asked for a mail when something waits for them."""
        told = self.filter(pk__in=people, sign_in_address__is_told=True, sign_in_address__confirmed_at__isnull=False)
        return set(told.values_list("pk", flat=True))


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can act here. What they may do lies in dated grants on containers, not in groups."""

    CLASSES = {
        "uuid": INTERNAL,
        "email": IDENTITY,
        "password": INTERNAL,
        "language": INTERNAL,
        "is_active": INTERNAL,
        "is_staff": INTERNAL,
        "is_superuser": INTERNAL,
        "is_system": INTERNAL,
        "last_login": INTERNAL,
        "joined_at": INTERNAL,
        "groups": INTERNAL,
        "user_permissions": INTERNAL,
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_system = models.BooleanField(_("system account"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_system"], condition=Q(is_system=True), name="one_system_account"),
        ]

    def __str__(self) -> str:
        return self.email or f"person {self.pk}"

    @property
    def notice_address(self) -> str:
        """Where a mail without content goes, as the person themselves reads it; empty for whoever wants none."""
        own = getattr(self, "sign_in_address", None)
        return self.email or (own.email if own and own.is_told and own.confirmed_at else "")

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. The right one is hashed anew where its cost or its pepper is old.

        That is a change of theirs, which the database takes from nobody else; the right password proves them.
        """
        is_right, is_old = verify_password(raw_password, self.password)
        if is_right and is_old:
            self.set_password(raw_password)
            with transaction.atomic(), acting_as(self):
                User.objects.filter(pk=self.pk).update(password=self.password)
        return is_right


class ReceiptCredential(models.Model):
    """A receipt code: the locator finds it, the secret is only kept as a slow salted hash."""

    CLASSES = {
        "user": INTERNAL,
        "locator": INTERNAL,
        "secret_hash": INTERNAL,
        "pepper_version": INTERNAL,
        "created_at": INTERNAL,
        "confirmed_at": INTERNAL,
        "replaced_at": INTERNAL,
        "seen_by_helper": INTERNAL,
    }

    user = models.ForeignKey(User, models.CASCADE, related_name="receipt_credentials")
    locator = models.CharField(max_length=8, unique=True)
    secret_hash = models.CharField(max_length=200)
    pepper_version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)
    # Somebody of the desk or of the community handed it over: the person's first use replaces it.
    seen_by_helper = models.BooleanField(default=False, db_default=False)

    def __str__(self) -> str:
        return f"receipt code of {self.user_id}"
