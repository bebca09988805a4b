"""The kinds of files that people may send, why one is not taken, and what a copy for others is cleaned of."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """What a file is by its content; its name is never asked."""

    JPEG = "jpg", _("photo")
    PNG = "png", _("picture")
    WEBP = "webp", _("small picture")
    PDF = "pdf", _("PDF document")
    DOCX = "docx", _("text document")
    ODT = "odt", _("text document, open format")
    XLSX = "xlsx", _("table")
    ODS = "ods", _("table, open format")
    TXT = "txt", _("plain text")
    OGG = "ogg", _("voice or sound")
    M4A = "m4a", _("voice or sound from a phone")
    MP3 = "mp3", _("sound")

    @property
    def media_type(self) -> str:
        """The type that the answer with such a file says."""
        return MEDIA_TYPES[self]

    @property
    def is_sound(self) -> bool:
        """Whether it is played rather than opened."""
        return self in (FileKind.OGG, FileKind.M4A, FileKind.MP3)

    @property
    def is_picture(self) -> bool:
        return self in (FileKind.JPEG, FileKind.PNG, FileKind.WEBP)


OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
MEDIA_TYPES = {
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: f"{OFFICE}.wordprocessingml.document",
    FileKind.ODT: f"{OPEN}.text",
    FileKind.XLSX: f"{OFFICE}.spreadsheetml.sheet",
    FileKind.ODS: f"{OPEN}.spreadsheet",
    FileKind.TXT: "text/plain; charset=utf-8",
    FileKind.OGG: "audio/ogg",
    FileKind.M4A: "audio/mp4",
    FileKind.MP3: "audio/mpeg",
}


class Trace(models.TextChoices):
    """What a file can say of its maker without showing it; a copy for others goes without."""

    PLACE = "place", _("the place where it was made")
    DEVICE = "device", _("the name of the camera, phone or program")
    TIME = "time", _("when it was made")
    AUTHOR = "author", _("names of people who wrote or changed it")
    NOTES = "notes", _("comments, titles and hidden notes")
    OTHER = "other", _("other details that are not seen")


class Fault(models.TextChoices):
    """Why a file is not taken."""

    KIND = "kind", _("We cannot take this kind of file. Send photos, voice messages, PDF, text or table documents.")
    BIG = "big", _("It is too big for one file. Send a smaller one, or a part of it.")
    CROWDED = "crowded", _("It was too much at once. Send this one again, by itself.")
    FULL = "full", _("There is no more room. Remove a file first, or write to the regional desk.")
    EMPTY = "empty", _("It is empty. Try to send it once more.")
    BROKEN = "broken", _("It is broken, or did not come through whole. Try to send it once more.")
    BOMB = "bomb", _("It would grow too big when it is opened.")
    PIXELS = "pixels", _("This picture has too many points to be opened safely. Send a smaller one.")
    PROGRAM = "program", _("It holds a program. Save it as a document without macros, and send that.")
    LOCKED = "locked", _("It is locked with a password. Send it without one.")


class NotTaken(ValueError):
    """A file that is not taken; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault

    @property
    def sentence(self) -> str | Promise:
        return self.fault.label


class Uncleanable(ValueError):
    """No copy of this file can be made of which we know what it says."""


@dataclass(frozen=True)
class Cleaned:
    """A copy for others, and what it was cleaned of."""

    data: bytes
    removed: frozenset[Trace]


# For the file input of a page: phones then offer camera and recorder, and turn their own formats into these.
ACCEPTED = "image/jpeg,image/png,image/webp,audio/*,application/pdf,text/plain,.docx,.odt,.xlsx,.ods"
