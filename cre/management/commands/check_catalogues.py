"""Says which sentences lack a translation that the open languages promise, without changing a catalogue."""

import re
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import makemessages
from django.utils.translation import to_locale

from cre.catalogues import must_be_said

IGNORED = [".venv/*", ".data/*", "tests/*", "docs/*"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


class Command(makemessages.Command):
    help = "Compare the catalogues of the open languages with the sentences in the code; needs gettext (xgettext)."

    def add_arguments(self, parser: Any) -> None:
        """No options: every catalogue is compared."""

    def handle(self, *args: Any, **options: Any) -> None:
        self.faults: dict[str, None] = {}
        locales = [to_locale(code) for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        usual = {
            "locale": locales, "exclude": [], "domain": "django", "all": False, "extensions": ["html", "txt", "py"],
            "symlinks": False, "ignore_patterns": IGNORED, "use_default_ignore_patterns": True, "no_wrap": True,
            "no_location": False, "add_location": "file", "no_obsolete": True, "keep_pot": False,
        }  # fmt: skip
        super().handle(*args, **(options | usual | {"verbosity": 0}))
        if self.faults:
            raise CommandError("\n".join([*list(self.faults)[:40], f"{len(self.faults)} faults in the catalogues."]))
        self.stdout.write("The catalogues are complete.")

    def write_po_file(self, potfile: str, locale: str) -> None:
        """In place of merging: note what the catalogue of this language lacks or gets wrong."""
        catalogue = Path(potfile).parent / locale / "LC_MESSAGES" / "django.po"
        book = polib.pofile(str(catalogue)) if catalogue.exists() else []
        known = {(entry.msgctxt, entry.msgid): entry for entry in book}
        for wanted in polib.pofile(potfile):
            entry = known.get((wanted.msgctxt, wanted.msgid))
            is_needed = must_be_said(locale, [file for file, _line in wanted.occurrences])
            if fault := fault_of(wanted, entry, is_needed):
                self.faults[f"{locale}: {fault}: {wanted.msgid[:90]!r}"] = None


def fault_of(wanted: polib.POEntry, entry: polib.POEntry | None, is_needed: bool) -> str:
    """What is wrong with the translation of one sentence; empty when nothing is. A needless one may be missing."""
    if entry is None or not entry.translated() or "fuzzy" in entry.flags:
        return "not translated" if is_needed else ""
    # A plural form may say "one" in words; it must not bring a placeholder that the source lacks.
    given = set(PLACEHOLDER.findall(wanted.msgid + (wanted.msgid_plural or "")))
    for text in [entry.msgstr, *entry.msgstr_plural.values()]:
        if text and not set(PLACEHOLDER.findall(text)) <= given:
            return "a placeholder is wrong"
        if text and not wanted.msgid_plural and set(PLACEHOLDER.findall(text)) != given:
            return "a placeholder is missing"
    return ""
