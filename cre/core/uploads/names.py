"""Names of files: what the sender called one is only ever a text to show; what we call it says nothing."""

import unicodedata

from cre.core.uploads.kinds import FileKind

LONGEST_NAME = 120
LONGEST_ENDING = 12


def shown_name(given: str) -> str:
    """The sender's name for a file as a text: no folders, no signs that are not seen or that turn the reading."""
    last = given.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if not unicodedata.category(sign).startswith(("C", "Z")) or sign == " ")
    kept = " ".join(kept.split()).lstrip(".")
    if len(kept) > LONGEST_NAME:
        stem, dot, ending = kept.rpartition(".")
        tail = f"…{dot}{ending}" if stem and len(ending) <= LONGEST_ENDING else "…"
        kept = kept[: LONGEST_NAME - len(tail)] + tail
    return kept


def neutral_name(number: int, kind: str) -> str:
    """The name under which a file is downloaded: `file-1.jpg`."""
    return f"file-{number}.{FileKind(kind).value}"
