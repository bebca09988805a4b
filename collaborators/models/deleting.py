"""A community orders that what we keep of it is deleted for good, and may take that back while it waits."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from collaborators.models.communities import Community
from collaborators.models.people import User
from cre.core.access import VisibleQuerySet
from cre.core.classes import INTERNAL
from cre.core.history import Records


class DeletionQuerySet(VisibleQuerySet["Deletion"]):
    def open(self) -> Self:
        """Ordered, and not taken back."""
        return self.filter(cancelled_at=None)


class Deletion(models.Model):
    """An order to delete a whole community or, with `request_uuid`, one of its requests.

    It waits until `due_at`, which is set when nobody else has to confirm any more. The row goes with what it deletes.
    """

    CLASSES = dict.fromkeys(
        (
            "uuid", "version", "community", "request_uuid", "is_urgent", "needs_second", "ordered_by", "ordered_at",
            "confirmed_by", "confirmed_at", "due_at", "cancelled_by", "cancelled_at",
        ),
        INTERNAL,
    )  # fmt: skip

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    community = models.ForeignKey(Community, models.PROTECT, related_name="deletions")
    request_uuid = models.UUIDField(null=True)
    is_urgent = models.BooleanField(_("at once, because we are in danger"), default=False)
    needs_second = models.BooleanField(default=False)
    ordered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    objects = DeletionQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering: ClassVar[list[str]] = ["-ordered_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "request_uuid"],
                condition=Q(cancelled_at=None),
                nulls_distinct=False,
                name="deleted_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("ordered_by")), name="another_person_confirms"
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(needs_second=False) | Q(confirmed_at__isnull=False),
                name="waits_for_the_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"deletion {self.uuid}"
