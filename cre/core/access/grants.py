"""Dated grants on containers: the one truth about who holds what, written only by definer functions."""

from django.conf import settings
from django.db import models
from guardian.models import UserObjectPermissionBase


class ContainerGrant(UserObjectPermissionBase):
    """Somebody holds a permission on one container, from a moment to a moment."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True
