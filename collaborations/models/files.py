"""Files that a community sends with its request, and the copies of them that it shares with one ally."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from collaborations.models.consent import Consent
from collaborations.models.introductions import Introduction
from collaborations.models.requests import SupportRequest
from collaborators.models import Community, User
from cre.core.access import VisibleQuerySet
from cre.core.classes import CONFIDENTIAL, INTERNAL
from cre.core.history import Records
from cre.core.uploads import FileKind, Trace, neutral_name
from cre.core.vault import SealedTextField, Stored


class CopyState(models.TextChoices):
    """Whether there is a copy of a file without what it says of its maker."""

    WAITING = "waiting", _("a copy without hidden details is being made")
    READY = "ready", _("there is a copy without hidden details")
    NONE = "none", _("no copy without hidden details can be made; it cannot be shared")


class KnownFile(Stored):
    """What is known of a file without opening it."""

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=4, choices=FileKind)
    size = models.PositiveIntegerField()

    class Meta:
        abstract = True

    @property
    def neutral_name(self) -> str:
        """Under which name it is downloaded."""
        return neutral_name(self.number, self.kind)

    @property
    def is_sound(self) -> bool:
        return FileKind(self.kind).is_sound


class RequestFile(KnownFile):
    """A file of a request: the original for the community and its desk, and a cleaned copy. Key: (request, story).

    The name that the sender gave it is a sealed text and nothing more. History leaves it out: a file that is removed
    leaves no word behind.
    """

    KEY_PURPOSE = "story"
    SUBJECT = {"request": "key_object"}
    FILES = ("stored", "clean_stored")
    CLASSES = {
        "request": INTERNAL,
        "number": INTERNAL,
        "kind": INTERNAL,
        "size": INTERNAL,
        "name": CONFIDENTIAL,
        "stored": INTERNAL,
        "clean_stored": INTERNAL,
        "copy_state": INTERNAL,
        "removed": INTERNAL,
        "added_by": INTERNAL,
        "added_at": INTERNAL,
    }

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="files")
    name = SealedTextField(_("name of the file"), max_length=200, blank=True)
    stored = models.CharField(_("the file itself"), max_length=80)
    clean_stored = models.CharField(_("the copy without hidden details"), max_length=80, blank=True)
    copy_state = models.CharField(max_length=7, choices=CopyState, default=CopyState.WAITING)
    removed = ArrayField(models.CharField(max_length=10, choices=Trace), default=list, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()
    history = Records(excluded_fields=["name"])

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="file_numbered_once")]

    def __str__(self) -> str:
        return f"file {self.number} of {self.request_id}"


class FileDisclosure(KnownFile):
    """The cleaned copy of one file, sealed once more for one introduction; withdrawal deletes row and copy.

    Key: (introduction, shared). It has no history on purpose, as `Disclosure` has none.
    """

    KEY_PURPOSE = "shared"
    FILES = ("stored",)
    CLASSES = {
        "introduction": INTERNAL,
        "community": INTERNAL,
        "consent": INTERNAL,
        "file": INTERNAL,
        "request_uuid": INTERNAL,
        "number": INTERNAL,
        "kind": INTERNAL,
        "size": INTERNAL,
        "stored": INTERNAL,
        "disclosed_at": INTERNAL,
    }

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="file_disclosures")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="file_disclosures")
    file = models.ForeignKey(RequestFile, models.CASCADE, related_name="disclosures")
    # For the ledger: an ally does not see the request.
    request_uuid = models.UUIDField()
    stored = models.CharField(_("the shared copy"), max_length=80)
    disclosed_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["introduction", "file"], name="file_shared_once")]

    def __str__(self) -> str:
        return f"copy of a file for {self.introduction_id}"
