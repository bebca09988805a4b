"""Committees and working groups: how many sit there, who does and until when, and who they are as a whole."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from collaborators.models.people import User
from collaborators.models.places import GRANT_CLASSES, Region
from cre.core.access import VisibleQuerySet
from cre.core.access.grants import ContainerGrant
from cre.core.classes import IDENTITY, INTERNAL
from cre.core.history import Records
from cre.core.vault import Sealed, SealedTextField


class PanelKind(models.TextChoices):
    COMMITTEE = "committee", _("Committee")
    WORKING_GROUP = "working_group", _("Regional working group")


class Panel(models.Model):
    """A body whose members judge what is put before them. A seat is a dated grant."""

    CLASSES = dict.fromkeys(("uuid", "version", "name", "kind", "region", "seats"), INTERNAL)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=15, choices=PanelKind)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="panels")
    seats = models.PositiveSmallIntegerField(_("seats"), default=5)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        permissions = [("review", "Has a seat on the panel")]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class PanelGrant(ContainerGrant):
    CLASSES = GRANT_CLASSES
    content_object = models.ForeignKey(Panel, models.CASCADE, related_name="grants")
    history = Records()

    class Meta(ContainerGrant.Meta):
        pass


class Composition(Sealed, models.Model):
    """What a panel member says of themselves, if they like; others read only how many. Key: (person, composition)."""

    KEY_PURPOSE = "composition"
    QUESTIONS = ("origin", "gender", "age", "affected", "indigenous")
    CLASSES = {"user": INTERNAL, "version": INTERNAL} | dict.fromkeys(QUESTIONS, IDENTITY)

    version = models.PositiveIntegerField(default=1, editable=False)
    user = models.OneToOneField(User, models.CASCADE, related_name="composition")
    origin = SealedTextField(_("Region of origin"), max_length=20, blank=True)
    gender = SealedTextField(_("Gender"), max_length=20, blank=True)
    age = SealedTextField(_("Age"), max_length=20, blank=True)
    affected = SealedTextField(_("From a community that resists a project"), max_length=20, blank=True)
    indigenous = SealedTextField(_("Indigenous"), max_length=20, blank=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    def __str__(self) -> str:
        return f"composition answers of {self.user_id}"
