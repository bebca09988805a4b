"""A copy of a file for others, without what it says of its maker.

The libraries that open pictures and documents are loaded by name when a file is cleaned: only the worker cleans, and
so the web stays small and never opens what a stranger sent.
"""

from collections.abc import Callable
from functools import partial

from django.utils.module_loading import import_string

from cre.core.uploads.boxes import clean_sound_boxes
from cre.core.uploads.kinds import Cleaned, FileKind, Uncleanable
from cre.core.uploads.recognising import recognise

HOME = "cre.core.uploads"


def clean(data: bytes, kind: FileKind) -> Cleaned:
    """The cleaned copy. Raises `Uncleanable` when we cannot know what a copy would say."""
    try:
        if recognise(data) != kind:
            raise Uncleanable
        return cleaner_of(kind)(data)
    except Exception as error:
        # Those who read strangers' files trip over damage in many ways; whichever it is, there is no copy.
        raise Uncleanable from error


def cleaner_of(kind: FileKind) -> Callable[[bytes], Cleaned]:
    """What cleans this kind of file."""
    if kind == FileKind.TXT:
        return lambda data: Cleaned(data, frozenset())
    if kind == FileKind.M4A:
        return clean_sound_boxes
    if kind == FileKind.PDF:
        found: Callable[[bytes], Cleaned] = import_string(f"{HOME}.documents.clean_pdf")
        return found
    name = (
        "pictures.clean_picture"
        if kind.is_picture
        else "sounds.clean_sound"
        if kind.is_sound
        else "office.clean_office"
    )
    return partial(import_string(f"{HOME}.{name}"), kind=kind)
