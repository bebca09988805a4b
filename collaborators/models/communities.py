"""Communities: what lists may show, and who they are, apart from it and sealed."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from collaborators.models.people import User
from collaborators.models.places import GRANT_CLASSES, Region
from cre.core.access import VisibleQuerySet
from cre.core.access.grants import ContainerGrant
from cre.core.classes import CONFIDENTIAL, IDENTITY, INTERNAL
from cre.core.history import Records
from cre.core.vault import Sealed, SealedTextField
from cre.core.vocabularies import Channel


class Community(models.Model):
    """A group of affected people. Who they are is in `CommunityIdentity`."""

    CLASSES = {
        "uuid": INTERNAL,
        "region": INTERNAL,
        "language": INTERNAL,
        "created_at": INTERNAL,
        "version": INTERNAL,
        "reached_at": INTERNAL,
        "decides_together": INTERNAL,
        "alone_asked_by": INTERNAL,
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="communities")
    language = models.CharField(_("language"), max_length=35, default="en")
    created_at = models.DateTimeField(auto_now_add=True)
    # Until a community has sent something, nobody but itself knows that it is there.
    reached_at = models.DateTimeField(_("reached us"), null=True)
    # Two of its people have to agree before an ally learns who they are; and who asked to end that.
    decides_together = models.BooleanField(default=False, db_default=False)
    alone_asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = VisibleQuerySet.as_manager()
    history = Records()

    class Meta:
        permissions = [
            ("represent", "Speaks as the community"),
            ("support", "Supports the community with a mandate"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"community {self.uuid}"


class CommunityGrant(ContainerGrant):
    CLASSES = GRANT_CLASSES
    content_object = models.ForeignKey(Community, models.CASCADE, related_name="grants")
    history = Records()

    class Meta(ContainerGrant.Meta):
        pass


class CommunityIdentity(Sealed, models.Model):
    """The name it wants us to use, and how to reach it safely. Key: (community, identity)."""

    KEY_PURPOSE = "identity"
    CLASSES = {
        "community": INTERNAL,
        "chosen_name": IDENTITY,
        "channel": CONFIDENTIAL,
        "handle": IDENTITY,
        "safe_hours": IDENTITY,
        "not_to_mention": IDENTITY,
        "languages": IDENTITY,
        "version": INTERNAL,
    }

    version = models.PositiveIntegerField(default=1, editable=False)
    community = models.OneToOneField(Community, models.CASCADE, related_name="identity")
    chosen_name = SealedTextField(_("the name you want us to use"), max_length=120, blank=True)
    channel = models.CharField(_("how we can reach you"), max_length=20, choices=Channel)
    handle = SealedTextField(_("number, address or name there"), max_length=200, blank=True)
    safe_hours = SealedTextField(_("when it is safe"), max_length=200, blank=True)
    not_to_mention = SealedTextField(_("what we must not mention"), max_length=500, blank=True)
    languages = SealedTextField(_("languages you speak or read"), max_length=200, blank=True)

    objects = VisibleQuerySet.as_manager()
    history = Records()

    def __str__(self) -> str:
        return f"identity of {self.community_id}"


class CommunityPerson(Sealed, models.Model):
    """What a community calls somebody whom it let in; the grant says if they still come in. Key: (community, identity).

    Only the community's own people read it. Nothing here changes, so it has no history.
    """

    KEY_PURPOSE = "identity"
    CLASSES = {"community": INTERNAL, "user": INTERNAL, "called": IDENTITY, "let_in_at": INTERNAL}

    community = models.ForeignKey(Community, models.CASCADE, related_name="people")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    called = SealedTextField(_("what you call this person"), max_length=40, blank=True)
    let_in_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "user"], name="called_once_by_a_community")]

    def __str__(self) -> str:
        return f"person {self.user_id} of {self.community_id}"
