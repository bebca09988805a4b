"""A copy of a sound without its tags. Only the worker loads this module."""

from contextlib import suppress
from io import BytesIO
from typing import Any

import mutagen
from mutagen import apev2
from mutagen import id3 as id3_tags
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggvorbis import OggVorbis

from cre.core.uploads.kinds import Cleaned, FileKind, Trace, Uncleanable
from cre.core.uploads.recognising import is_mp3

# The package says no types for reading tags.
id3: Any = id3_tags
ape: Any = apev2
TAGS = {
    "location": Trace.PLACE,
    "geo": Trace.PLACE,
    "encoder": Trace.DEVICE,
    "encoder_options": Trace.DEVICE,
    "encoded-by": Trace.DEVICE,
    "tsse": Trace.DEVICE,
    "tenc": Trace.DEVICE,
    "date": Trace.TIME,
    "creation_time": Trace.TIME,
    "tdrc": Trace.TIME,
    "tden": Trace.TIME,
    "artist": Trace.AUTHOR,
    "author": Trace.AUTHOR,
    "tpe1": Trace.AUTHOR,
    "title": Trace.NOTES,
    "tit2": Trace.NOTES,
    "comment": Trace.NOTES,
    "comm": Trace.NOTES,
    "description": Trace.NOTES,
}


def clean_sound(data: bytes, kind: FileKind) -> Cleaned:
    """The same sound without tags. Raises `Uncleanable`."""
    return clean_mp3(data) if kind == FileKind.MP3 else clean_ogg(data)


def clean_ogg(data: bytes) -> Cleaned:
    copy = BytesIO(data)
    found: Any = mutagen.File(copy, options=[OggOpus, OggVorbis, OggSpeex, OggFLAC])
    if found is None or found.tags is None:
        raise Uncleanable
    removed = traces(found.tags.keys())
    copy.seek(0)
    found.delete(copy)
    return Cleaned(copy.getvalue(), removed)


def clean_mp3(data: bytes) -> Cleaned:
    copy = BytesIO(data)
    removed: frozenset[Trace] = frozenset()
    with suppress(id3.ID3NoHeaderError):
        removed = traces(frame[:4] for frame in id3.ID3(copy))
    copy.seek(0)
    id3.delete(copy)
    copy.seek(0)
    try:
        removed |= traces(ape.APEv2(copy).keys())
    except ape.APENoHeaderError:
        pass
    else:
        copy.seek(0)
        ape.delete(copy)
    if b"ID3" in copy.getvalue()[:3] or not is_mp3(copy.getvalue()):
        raise Uncleanable
    return Cleaned(copy.getvalue(), removed)


def traces(tags: Any) -> frozenset[Trace]:
    """What these tags say; one that nobody knows says something too."""
    return frozenset(TAGS.get(str(tag).lower(), Trace.OTHER) for tag in tags)
