"""The e-mail address with which somebody of a community comes back, apart from the accounts that staff can look up."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collaborators.models.people import User
from cre.core.access import VisibleQuerySet
from cre.core.classes import IDENTITY, INTERNAL

# How long the link works that confirms an address.
LINK_HOLDS = timedelta(hours=24)


class SignInAddress(models.Model):
    """An address that somebody of a community gave, read by nobody else; it opens nothing before it is confirmed.

    `password` is the hash of the password that begins to count with the address, empty from then on; `proof` is the
    SHA-256 of the secret in the link. It has no history on purpose: an address that was removed must not live on there.
    """

    CLASSES = dict.fromkeys(("uuid", "user", "password", "proof", "asked_at", "confirmed_at", "is_told"), INTERNAL) | {
        "email": IDENTITY
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    # The migration makes the constraint itself: an address goes with its person, whoever removes them.
    user = models.OneToOneField(User, models.DO_NOTHING, related_name="sign_in_address", db_constraint=False)
    email = models.EmailField(_("e-mail address"))
    password = models.CharField(max_length=255, blank=True)
    proof = models.BinaryField(max_length=32)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    # The person wants a mail without content when something waits for them; nobody gets one unasked.
    is_told = models.BooleanField(default=False, db_default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=Q(confirmed_at__isnull=False), name="one_person_of_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"address of {self.user_id}"
