"""What lives in the keys database: data keys, tombstones, the daily head of the ledger."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from cre.core.classes import INTERNAL


class DataKey(models.Model):
    """The key of one object for one purpose, wrapped by a master key; destroyed means overwritten."""

    CLASSES = dict.fromkeys(
        ["id", "object_uuid", "purpose", "wrapped", "master_version", "created_at", "destroyed_at"], INTERNAL
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    object_uuid = models.UUIDField()
    purpose = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    master_version = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_uuid", "purpose"],
                condition=Q(destroyed_at__isnull=True),
                name="one_live_key_per_object_and_purpose",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) | Q(wrapped=b""), name="destroyed_keys_are_empty"
            ),
        ]
        indexes = [models.Index(fields=["object_uuid", "purpose"], name="datakey_object")]

    def __str__(self) -> str:
        return f"key {self.id}"


class Tombstone(models.Model):
    """Proof without content that the keys of an object were destroyed; a restore applies it again."""

    CLASSES = dict.fromkeys(["id", "object_uuid", "purpose", "destroyed_at"], INTERNAL)

    object_uuid = models.UUIDField()
    purpose = models.CharField(max_length=40)
    destroyed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object_uuid", "purpose"], name="one_tombstone_per_object_and_purpose")
        ]

    def __str__(self) -> str:
        return f"tombstone {self.object_uuid} {self.purpose}"


class LedgerHead(models.Model):
    """The last link of the ledger at the end of a day, kept apart so that a cut tail shows."""

    CLASSES = dict.fromkeys(["day", "seq", "hash"], INTERNAL)

    day = models.DateField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"head of {self.day}"
