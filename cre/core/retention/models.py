"""How long each class is kept, what must not go yet, and the proofs of what went."""

from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cre.core.access import VisibleQuerySet
from cre.core.classes import INTERNAL, PUBLIC
from cre.core.history import Records


class RetentionRule(models.Model):
    """For how many days one class is kept, and how many days before its end people are asked."""

    CLASSES = dict.fromkeys(("name", "days", "asks_before_days", "version"), PUBLIC)

    version = models.PositiveIntegerField(default=1, editable=False)
    name = models.SlugField(max_length=40, unique=True)
    days = models.PositiveIntegerField(_("days"))
    asks_before_days = models.PositiveIntegerField(_("asked so many days before"), default=0)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=F("asks_before_days")), name="asked_within_the_time")
        ]

    def __str__(self) -> str:
        return self.name


class LegalHoldQuerySet(VisibleQuerySet["LegalHold"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None)


class LegalHold(models.Model):
    """A reason why an object must not be removed yet; one person places it, another one ends it."""

    CLASSES = dict.fromkeys(
        (
            "uuid", "version", "object_label", "object_uuid", "reason", "placed_by", "placed_at", "ended_by",
            "ended_at",
        ),
        INTERNAL,
    )  # fmt: skip

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    object_label = models.CharField(max_length=100)
    object_uuid = models.UUIDField(db_index=True)
    reason = models.CharField(_("why it must be kept"), max_length=300)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = LegalHoldQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering = ["-placed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["object_uuid"], condition=Q(ended_at=None), name="held_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | (Q(ended_at__isnull=False) & ~Q(ended_by=F("placed_by"))),
                name="another_person_ends_a_hold",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.uuid}"


class RetentionProof(models.Model):
    """That something of one class was removed, when, by which rule and how many rows; never what it was.

    `fingerprint` is a keyed hash of the object's uuid: whoever knows the uuid can ask whether it went; from the
    proof alone nobody learns it.
    """

    CLASSES = dict.fromkeys(("uuid", "rule", "days", "rows", "fingerprint", "removed_at"), INTERNAL)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    rule = models.CharField(max_length=40)
    days = models.PositiveIntegerField()
    rows = models.JSONField(default=dict)
    fingerprint = models.BinaryField(null=True)
    removed_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-removed_at", "-id"]
        indexes = [models.Index(fields=["-removed_at", "-id"], name="retention_proof_page")]

    def __str__(self) -> str:
        return f"proof {self.uuid}"


class CondemnedKey(models.Model):
    """An object that is gone and whose keys wait to be destroyed; the row leaves with the keys."""

    CLASSES = dict.fromkeys(("object_uuid", "condemned_at"), INTERNAL)

    object_uuid = models.UUIDField(unique=True)
    condemned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"condemned {self.pk}"


class CondemnedFile(models.Model):
    """A file whose row is gone and that waits to be destroyed; the row leaves with the file."""

    CLASSES = dict.fromkeys(("name", "condemned_at"), INTERNAL)

    name = models.CharField(max_length=80, unique=True)
    condemned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"condemned {self.pk}"
