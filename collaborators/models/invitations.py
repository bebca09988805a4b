"""Who is invited to a role, and whose access was ended all at once."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborators.models.people import User
from collaborators.states import INVITATION_MOVES, InvitationStatus
from cre.core.access import VisibleQuerySet
from cre.core.classes import IDENTITY, INTERNAL
from cre.core.history import Records


class Holder(models.TextChoices):
    """On what kind of container a role is held."""

    REGION = "region", _("a region")
    PLATFORM = "platform", _("the exchange")
    COLLABORATOR = "collaborator", _("an entry of the roster")
    PANEL = "panel", _("a committee or working group")


class EndReason(models.TextChoices):
    """Why somebody's access was ended all at once."""

    ARRESTED = "arrested", _("The person was arrested or has vanished")
    COMPROMISED = "compromised", _("Somebody else may be using the account or the device")
    LEFT = "left", _("The person no longer works with us")


class Invitation(models.Model):
    """A role that waits for somebody to accept it, by a link that was mailed.

    The link itself is kept nowhere: `proof` is the SHA-256 of its secret, which is worked out from the
    installation's key, the uuid and the version. The address goes when the invitation ends.
    """

    MOVES = INVITATION_MOVES
    CLASSES = dict.fromkeys(
        (
            "uuid", "version", "language", "container", "codename", "held_id", "ends_at", "status", "proof",
            "invited_by", "invited_at", "expires_at", "accepted_by", "accepted_at",
        ),
        INTERNAL,
    ) | {"email": IDENTITY}  # fmt: skip

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    container = models.CharField(max_length=12, choices=Holder)
    codename = models.CharField(max_length=20)
    held_id = models.BigIntegerField()
    ends_at = models.DateTimeField(_("the role ends"), null=True)
    status = models.CharField(max_length=10, choices=InvitationStatus, default=InvitationStatus.OPEN, editable=False)
    proof = models.BinaryField(max_length=32)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("the link works until"))
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()
    history = Records(excluded_fields=["email", "proof"])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email", "container", "codename", "held_id"],
                condition=Q(status=InvitationStatus.OPEN),
                name="one_open_invitation",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | ~Q(accepted_by=models.F("invited_by")),
                name="invited_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.uuid}"

    @property
    def is_open(self) -> bool:
        return self.status == InvitationStatus.OPEN and self.expires_at > timezone.now()


class AccessEnd(models.Model):
    """All access of somebody ended at one moment. What they leave behind is worked out from `regions`."""

    CLASSES = dict.fromkeys(("uuid", "person", "reason", "ended_by", "ended_at", "regions"), INTERNAL)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("why"), max_length=12, choices=EndReason)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(default=timezone.now)
    # Those that the person facilitated until then; their grants go when the clock tidies up.
    regions = ArrayField(models.BigIntegerField(), default=list)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"end of access {self.uuid}"
