"""Write the master keys as two halves for two sealed envelopes."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cre.core.vault import VaultError
from cre.core.vault.halves import split
from cre.core.vault.master import masters


class Command(BaseCommand):
    help = "Write two files, each with one half of every master key: print each, seal it, and delete the file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("first", type=Path)
        parser.add_argument("second", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            sheets = split(masters())
            for path, sheet in zip((options["first"], options["second"]), sheets, strict=True):
                write_new(path, sheet)
        except (VaultError, OSError) as problem:
            raise CommandError(f"Nothing usable was written: {problem}") from problem
        self.stdout.write("Written. Print each half, seal it, hand them to two people, and delete both files.")


def write_new(path: Path, text: str) -> None:
    """Make a file that only its owner reads; one that is there already is left alone (FileExistsError)."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write(text)
