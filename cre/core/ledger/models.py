"""The ledger's two tables, both insert-only: what happened, and the chain that shows a later change."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from cre.core.access import VisibleQuerySet
from cre.core.classes import INTERNAL
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
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_label} {self.id}"


class LedgerLink(models.Model):
    """One link of the chain: an entry, the hash before it, and the hash of both."""

    CLASSES = dict.fromkeys(["seq", "entry_id", "previous", "hash"], INTERNAL)

    seq = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    previous = models.BinaryField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"link {self.seq}"
