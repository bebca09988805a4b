"""What we keep of being signed in: sealed sessions, and what happened to an account."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from collaborators.models.people import User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, INTERNAL


class SessionQuerySet(VisibleQuerySet["Session"]):
    """Written and ended by functions in the database only; see `collaborators.sessions`."""

    def awake(self) -> "SessionQuerySet":
        """Those that neither limit has ended; the database asks the same when a browser comes back."""
        idle = ExpressionWrapper(F("idle_seconds") * Value(timedelta(seconds=1)), output_field=models.DurationField())
        return self.filter(ends_at__gt=Now(), seen_at__gt=Now() - idle)


class Session(models.Model):
    """Somebody at a browser. Neither the key in their cookie nor an address or a browser's name is kept."""

    CLASSES = {
        "uuid": INTERNAL,
        "key_hash": INTERNAL,
        "user": INTERNAL,
        "sealed": CONFIDENTIAL,
        "begun_at": INTERNAL,
        "seen_at": INTERNAL,
        "idle_seconds": INTERNAL,
        "ends_at": INTERNAL,
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    # The migration makes the constraint itself: a session goes with its person, whoever removes them.
    user = models.ForeignKey(User, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    sealed = models.BinaryField()
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    idle_seconds = models.PositiveIntegerField()
    ends_at = models.DateTimeField()

    objects = SessionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"session {self.pk}"


class AccountEventKind(models.TextChoices):
    """What can happen to the ways in which somebody signs in."""

    PASSWORD_CHANGED = "password_changed", _("The password was changed.")
    RESET_ALLOWED = "reset_allowed", _("After a talk, a new password was allowed for one day.")
    FACTOR_ADDED = "factor_added", _("A second step was added.")
    FACTOR_REMOVED = "factor_removed", _("A second step was removed.")
    PASSKEY_ADDED = "passkey_added", _("A passkey was added.")
    PASSKEY_REMOVED = "passkey_removed", _("A passkey was removed.")
    ADDRESS_ADDED = "address_added", _("An e-mail address with a password was added.")
    ADDRESS_REMOVED = "address_removed", _("The e-mail address and its password were removed.")
    WAYS_ENDED = "ways_ended", _("Every way to come back except the receipt code was ended.")


class AccountEventQuerySet(VisibleQuerySet["AccountEvent"]):
    def newest_first(self) -> "AccountEventQuerySet":
        return self.order_by("-happened_at", "-id")


class AccountEvent(models.Model):
    """Something that changed how a person signs in, by themselves or by a facilitator after a talk."""

    CLASSES = {"uuid": INTERNAL, "user": INTERNAL, "kind": INTERNAL, "by": INTERNAL, "happened_at": INTERNAL}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.DO_NOTHING, related_name="account_events", db_constraint=False)
    kind = models.CharField(max_length=20, choices=AccountEventKind)
    by = models.ForeignKey(User, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    happened_at = models.DateTimeField(auto_now_add=True)

    objects = AccountEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AccountEventKind.values), name="account_event_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"
