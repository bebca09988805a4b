"""Compiles the message catalogues in Python, so that no system tool is needed."""

from pathlib import Path

import polib
from django.conf import settings


def sources() -> list[Path]:
    """The catalogues as translators write them."""
    return [path for folder in settings.LOCALE_PATHS for path in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))]


def compile_catalogues() -> int:
    """Compile each catalogue that is newer than its compiled form; gives how many were compiled."""
    compiled = 0
    for source in sources():
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source), wrapwidth=110).save_as_mofile(str(target))
            compiled += 1
    return compiled
