"""What waits to be delivered, what was delivered into the portal, and the relay's sign of life."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cre.core.access import Branches, Scope, VisibleQuerySet, sees
from cre.core.classes import INTERNAL


class OutboxMessage(models.Model):
    """Something that must reach people or be carried out, written with the change that caused it.

    It holds ids only. It starts without a recipient and is fanned out into one message for each person
    and channel. Only the system account sees these rows; `emit()` goes through a definer function.
    """

    CLASSES = {
        "key": INTERNAL,
        "topic": INTERNAL,
        "payload": INTERNAL,
        "recipient": INTERNAL,
        "channel": INTERNAL,
        "urgent": INTERNAL,
        "created_at": INTERNAL,
        "due_at": INTERNAL,
        "attempts": INTERNAL,
        "tries": INTERNAL,
        "begun": INTERNAL,
        "leased_until": INTERNAL,
        "done_at": INTERNAL,
        "dead": INTERNAL,
        "error": INTERNAL,
    }

    key = models.CharField(max_length=200, unique=True)
    topic = models.CharField(max_length=80)
    payload = models.JSONField()
    # No foreign key: a message may outlive the person it was for, and is then simply done.
    recipient = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=8, blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    # How often it was claimed, how often a delivery really began, and which claim began last. Only tries make
    # a dead letter, so that a queue without workers loses nothing; each claim can begin only once.
    attempts = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    begun = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    dead = models.BooleanField(default=False)
    error = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at__isnull=True, dead=False), name="core_outbox_open"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class NoticeQuerySet(VisibleQuerySet["Notice"]):
    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something that waits for one person in their portal; its words are made when they read it."""

    CLASSES = {
        "uuid": INTERNAL,
        "recipient": INTERNAL,
        "topic": INTERNAL,
        "object_uuid": INTERNAL,
        "key": INTERNAL,
        "created_at": INTERNAL,
        "read_at": INTERNAL,
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False)
    topic = models.CharField(max_length=80)
    object_uuid = models.UUIDField()
    key = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="core_notice_once"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="core_notice_page"),
        ]

    def __str__(self) -> str:
        return f"notice {self.uuid}"


@sees(Notice)
def notice_branches(scope: Scope) -> Branches:
    """Everybody sees their own; nobody sees another's."""
    yield Q(recipient_id=scope.user_id)


class Heartbeat(models.Model):
    """When a process that must run was last at work; it holds nothing else, so everybody may read it."""

    CLASSES = {"name": INTERNAL, "seen_at": INTERNAL}

    name = models.CharField(max_length=20, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
