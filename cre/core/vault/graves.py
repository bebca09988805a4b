"""The list of what was deleted for good, kept beside the databases so that no restore can forget it.

Each line is `uuid purpose`. It holds nothing else, and is only ever added to.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

Grave = tuple[UUID, str]


class BadList(ValueError):
    """A list that cannot be read; the message names the line, never what stands in it."""


def write_down(object_uuid: UUID, purpose: str) -> None:
    """Add a line to TOMBSTONE_FILE and wait until the disk has it; nothing where no file is named.

    Raises OSError when it cannot be written: the deletion is then tried again.
    """
    if not settings.TOMBSTONE_FILE:
        return
    place = os.open(settings.TOMBSTONE_FILE, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        os.write(place, f"{object_uuid} {purpose}\n".encode())
        os.fsync(place)
    finally:
        os.close(place)


def written_down() -> list[Grave]:
    """What TOMBSTONE_FILE holds; empty where there is none yet. Raises `BadList`."""
    path = Path(settings.TOMBSTONE_FILE) if settings.TOMBSTONE_FILE else None
    return read_list(path) if path and path.exists() else []


def read_list(path: Path) -> list[Grave]:
    """The objects and purposes of a list. Raises `BadList` when one line is wrong: then nothing may be done."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise BadList(f"{path} cannot be read: {type(problem).__name__}.") from None
    return list(dict.fromkeys(parsed(lines, path)))


def parsed(lines: Iterable[str], path: Path) -> Iterable[Grave]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        object_text, _, purpose = line.strip().partition(" ")
        try:
            object_uuid = UUID(object_text)
        except ValueError:
            raise BadList(f"Line {number} of {path} is not `uuid purpose`.") from None
        if not purpose:
            raise BadList(f"Line {number} of {path} is not `uuid purpose`.")
        yield object_uuid, purpose
