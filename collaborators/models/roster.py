"""The roster: what others may read, what stays private, and the facets that matching ranks."""

from typing import ClassVar, Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from collaborators.models.people import User
from collaborators.models.places import GRANT_CLASSES
from collaborators.states import VETTING_MOVES, Vetting
from cre.core.access import VisibleQuerySet
from cre.core.access.grants import ContainerGrant
from cre.core.classes import CONFIDENTIAL, IDENTITY, INTERNAL, PUBLIC
from cre.core.history import Records
from cre.core.vault import Sealed, SealedTextField
from cre.core.vocabularies import AccessLevel, CollaboratorKind


class CollaboratorQuerySet(VisibleQuerySet["Collaborator"]):
    def approved(self) -> Self:
        return self.filter(status=Vetting.APPROVED)


class Collaborator(models.Model):
    """An entry of the roster, under the name that it chose to show."""

    MOVES = VETTING_MOVES
    CLASSES = {
        "uuid": PUBLIC,
        "version": INTERNAL,
        "kind": PUBLIC,
        "display_name": PUBLIC,
        "about": PUBLIC,
        "country": PUBLIC,
        "status": INTERNAL,
        "access_level": INTERNAL,
        "is_node": PUBLIC,
        "shows_name": INTERNAL,
        "shows_to_communities": INTERNAL,
        "last_confirmed_on": INTERNAL,
        "created_at": INTERNAL,
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=CollaboratorKind)
    display_name = models.CharField(_("display name"), max_length=120)
    about = models.CharField(_("what they do"), max_length=500, blank=True)
    country = models.CharField(_("base country"), max_length=2, blank=True)
    status = models.CharField(max_length=20, choices=Vetting, default=Vetting.NOMINATED, editable=False)
    access_level = models.PositiveSmallIntegerField(
        _("access level"), choices=AccessLevel, default=AccessLevel.PUBLIC, editable=False
    )
    is_node = models.BooleanField(_("is a node"), default=False)
    shows_name = models.BooleanField(_("communities may see the name before an answer"), default=False)
    shows_to_communities = models.BooleanField(_("communities find it in the directory"), default=False)
    last_confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CollaboratorQuerySet.as_manager()
    history = Records()

    class Meta:
        ordering: ClassVar[list[str]] = ["display_name", "id"]
        permissions = [("speak_for", "Speaks for the collaborator"), ("host", "Holds money as fiscal host")]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["display_name"], name="display_name_taken")]

    def __str__(self) -> str:
        return self.display_name


class CollaboratorGrant(ContainerGrant):
    CLASSES = GRANT_CLASSES
    content_object = models.ForeignKey(Collaborator, models.CASCADE, related_name="grants")
    history = Records()

    class Meta(ContainerGrant.Meta):
        pass


class CollaboratorPrivate(Sealed, models.Model):
    """What only the roster's keepers and the collaborator itself read. Key: (collaborator, private)."""

    KEY_PURPOSE = "private"
    CLASSES = {
        "collaborator": INTERNAL,
        "legal_name": IDENTITY,
        "contact": IDENTITY,
        "conflicts": CONFIDENTIAL,
        "version": INTERNAL,
    }

    version = models.PositiveIntegerField(default=1, editable=False)
    collaborator = models.OneToOneField(Collaborator, models.CASCADE, related_name="private")
    legal_name = SealedTextField(_("legal name"), max_length=200, blank=True)
    contact = SealedTextField(_("safe contact"), max_length=300, blank=True)
    conflicts = SealedTextField(_("ties and conflicts"), max_length=1000, blank=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    def __str__(self) -> str:
        return f"private part of {self.collaborator_id}"


class CollaboratorFacets(models.Model):
    """What matching ranks: ids, codes and numbers without names.

    The one table about people without row security: array operators are not leakproof, so that under
    row security the index would be lost. It holds nothing that identifies.
    """

    CLASSES = dict.fromkeys(
        (
            "collaborator", "is_active", "access_level", "areas", "skills", "languages", "countries",
            "refused_countries", "sectors", "financiers", "levels", "remote_only", "hours_a_month",
            "parallel_limit", "parallel_now", "away_until", "good_outcomes", "bad_outcomes",
        ),
        INTERNAL,
    )  # fmt: skip

    collaborator = models.OneToOneField(Collaborator, models.CASCADE, primary_key=True, related_name="facets")
    is_active = models.BooleanField(default=True)
    access_level = models.PositiveSmallIntegerField(choices=AccessLevel, default=AccessLevel.PUBLIC)
    areas = ArrayField(models.CharField(max_length=20), default=list)
    skills = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=35), default=list)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    refused_countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    sectors = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    financiers = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    levels = ArrayField(models.CharField(max_length=15), default=list, blank=True)
    remote_only = models.BooleanField(default=False)
    hours_a_month = models.PositiveSmallIntegerField(_("hours a month"), null=True)
    parallel_limit = models.PositiveSmallIntegerField(_("how many at the same time"), default=2)
    parallel_now = models.PositiveSmallIntegerField(default=0)
    away_until = models.DateField(_("not before"), null=True, blank=True)
    good_outcomes = models.PositiveSmallIntegerField(default=0)
    bad_outcomes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [GinIndex(fields=["areas", "languages"], name="facets_areas_languages", condition=Q(is_active=True))]

    def __str__(self) -> str:
        return f"facets of {self.collaborator_id}"


class LevelRaise(models.Model):
    """Somebody asks that an ally may meet an identified community; somebody else decides."""

    CLASSES = dict.fromkeys(
        (
            "uuid", "collaborator", "to_level", "asked_by", "asked_at", "decided_by", "decided_at", "approved",
        ),
        INTERNAL,
    )  # fmt: skip

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    collaborator = models.ForeignKey(Collaborator, models.CASCADE, related_name="level_raises")
    to_level = models.PositiveSmallIntegerField(choices=AccessLevel)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("decided_by")), name="raised_by_two_people"),
            models.UniqueConstraint(fields=["collaborator"], condition=Q(decided_at=None), name="one_open_raise"),
        ]

    def __str__(self) -> str:
        return f"level {self.to_level} for {self.collaborator_id}"
