"""The ledger's two tables, both insert-only: what happened, and the chain that shows a later change."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cre.core.access import VisibleQuerySet
from cre.core.classes import INTERNAL
from cre.core.history import Records
from cre.core.ledger.kinds import Kind


class LedgerEntry(models.Model):
    """Who read, exported, downloaded, did or was refused what, when and why; never what it said.

    The key is made here and not by the database: an insert that gives back the row would be refused
    to people who may not see it. People are kept by number, without a constraint, so that an entry
    outlives them.
    """

    CLASSES = dict.fromkeys(
        [
            "id",
            "at",
            "person_id",
            "role",
            "kind",
            "object_label",
            "object_uuid",
            "community_id",
            "request_uuid",
            "region_id",
            "fields",
            "reason",
            "view",
        ],
        INTERNAL,
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField()
    role = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    object_label = models.CharField(max_length=100, blank=True)
    object_uuid = models.UUIDField(null=True)
    community_id = models.BigIntegerField(null=True)
    request_uuid = models.UUIDField(null=True)
    region_id = models.BigIntegerField(null=True)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    reason = models.CharField(max_length=1000, blank=True)
    view = models.CharField(max_length=120, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["at", "id"], name="ledger_at"),
            models.Index(fields=["person_id", "at"], name="ledger_person"),
            models.Index(fields=["community_id", "at"], name="ledger_community"),
            models.Index(fields=["region_id", "at"], name="ledger_region"),
            models.Index(fields=["request_uuid", "at"], name="ledger_request"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_label} {self.id}"


class LedgerAlarm(models.Model):
    """A check found the ledger damaged: how often, and the first findings, which hold numbers and ids only."""

    CLASSES = dict.fromkeys(["uuid", "found_at", "damages", "findings"], INTERNAL)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    found_at = models.DateTimeField(default=timezone.now)
    damages = models.PositiveIntegerField()
    findings = models.JSONField(default=list)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"alarm of {self.found_at:%Y-%m-%d}"


class LedgerLink(models.Model):
    """One link of the chain: an entry, the hash before it, and the hash of both."""

    CLASSES = dict.fromkeys(["seq", "entry_id", "previous", "hash"], INTERNAL)

    seq = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    previous = models.BinaryField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"link {self.seq}"


class BulkAccess(models.Model):
    """Somebody wants much at once; somebody else says yes or no; a yes is used once, within a day.

    `purpose` says what for, `chosen` with which ids and codes; neither holds content.
    """

    CLASSES = dict.fromkeys(
        [
            "uuid",
            "version",
            "purpose",
            "chosen",
            "reason",
            "asked_by",
            "asked_at",
            "decided_by",
            "decided_at",
            "approved",
            "used_at",
        ],
        INTERNAL,
    )

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    purpose = models.CharField(max_length=40)
    chosen = models.JSONField(default=dict)
    reason = models.CharField(max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    used_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("decided_by")), name="bulk_by_two_people"),
            models.CheckConstraint(condition=Q(used_at=None) | Q(approved=True), name="bulk_used_with_a_yes"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.uuid}"
