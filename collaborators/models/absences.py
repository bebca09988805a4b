"""Who is away, and who covers."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborators.models.people import User
from collaborators.models.places import Region
from cre.core.access import VisibleQuerySet
from cre.core.classes import INTERNAL
from cre.core.history import Records


class Absence(models.Model):
    """Somebody is away and somebody else covers, on a region or, without one, as coordinator.

    The cover's role is a dated grant that the database gives with this row and that ends by itself.
    """

    CLASSES = dict.fromkeys(
        ("uuid", "version", "person", "cover", "region", "starts_at", "ends_at", "entered_by", "called_off_at"),
        INTERNAL,
    )

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="absences")
    cover = models.ForeignKey(User, models.PROTECT, related_name="covered_absences")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="absences")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    called_off_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("cover")), name="covered_by_somebody_else"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_has_a_length"),
        ]

    def __str__(self) -> str:
        return f"absence {self.uuid}"

    @property
    def is_now(self) -> bool:
        return self.called_off_at is None and self.starts_at <= timezone.now() < self.ends_at
