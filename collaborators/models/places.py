"""Regions, the countries that map to them, and the platform as a whole."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cre.core.access.grants import ContainerGrant
from cre.core.classes import INTERNAL, PUBLIC, DataClass
from cre.core.history import Records

GRANT_CLASSES: dict[str, DataClass] = dict.fromkeys(
        (
            "permission", "user", "content_object", "starts_at", "ends_at", "given_by",
        ),
        INTERNAL,
    )  # fmt: skip


class Region(models.Model):
    """One of the exchange's own regions, or "to be placed", where requests wait for a place."""

    CLASSES = {
        "code": PUBLIC,
        "name": PUBLIC,
        "is_waiting_room": PUBLIC,
        "answer_days": PUBLIC,
        "urgent_hours": PUBLIC,
        "weekend": PUBLIC,
    }

    code = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=60)
    is_waiting_room = models.BooleanField(_("requests wait here to be placed"), default=False)
    answer_days = models.PositiveSmallIntegerField(_("first answer within working days"), default=5)
    urgent_hours = models.PositiveSmallIntegerField(_("first answer within hours when urgent"), default=72)
    weekend = models.CharField(_("days off, Monday is 0"), max_length=13, default="5,6")

    class Meta:
        permissions = [
            ("facilitate", "Facilitates the region"),
            ("guard", "Is the region's security focal person"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        """The name, in the reader's language where the catalogue has it."""
        return gettext(self.name)


class RegionGrant(ContainerGrant):
    CLASSES = GRANT_CLASSES
    content_object = models.ForeignKey(Region, models.CASCADE, related_name="grants")
    history = Records()

    class Meta(ContainerGrant.Meta):
        pass


class Country(models.Model):
    """An ISO 3166-1 country and the region that looks after it."""

    CLASSES = {"code": PUBLIC, "region": PUBLIC}

    code = models.CharField(max_length=2, primary_key=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="countries")

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return self.code


class Platform(models.Model):
    """The exchange itself: one row, on which the roles that reach across regions are held."""

    CLASSES = {"code": PUBLIC}

    code = models.SlugField(unique=True, default="cre")

    class Meta:
        permissions = [
            ("coordinate", "Coordinates the exchange"),
            ("handle_grants", "Handles the grants"),
            ("steward", "Looks after data and accounts"),
            ("advise", "Sits on the Advisory Committee"),
            ("evaluate", "Evaluates the exchange"),
            ("operate", "Runs timers and deliveries (the system account)"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return self.code


class PlatformGrant(ContainerGrant):
    CLASSES = GRANT_CLASSES
    content_object = models.ForeignKey(Platform, models.CASCADE, related_name="grants")
    history = Records()

    class Meta(ContainerGrant.Meta):
        pass
