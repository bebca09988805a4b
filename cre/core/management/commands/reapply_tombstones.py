"""After a restore: destroy again what was deleted for good since the backup was made."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cre.core.vault import shred, tombstones
from cre.core.vault.graves import BadList, read_list, written_down


class Command(BaseCommand):
    help = (
        "Destroy the keys of everything that was deleted for good: what the keys database remembers, what stands "
        "in TOMBSTONE_FILE, and in each --file. Run it after every restore, before anybody is let in; it may be "
        "run as often as you like."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, action="append", default=[], help="another list, of `shred --list`")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            lists = [*written_down(), *(grave for path in options["file"] for grave in read_list(path))]
        except BadList as problem:
            raise CommandError(str(problem)) from problem
        graves = dict.fromkeys([*tombstones(), *lists])
        destroyed = sum(shred(object_uuid, purpose) for object_uuid, purpose in graves)
        self.stdout.write(f"{len(graves)} were deleted for good; {destroyed} of their keys had come back and are gone.")
