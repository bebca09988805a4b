"""Make the master key file again from its two halves."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cre.core.management.commands.split_master_key import write_new
from cre.core.vault import VaultError
from cre.core.vault.halves import join


class Command(BaseCommand):
    help = "Read the two halves, as typed from the two envelopes, and write the master key file."
    # It runs where there is no key yet, so the checks of the settings would refuse it.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("first", type=Path)
        parser.add_argument("second", type=Path)
        parser.add_argument("file", type=Path, help="the new master key file; it must not be there yet")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            halves = [options[name].read_text(encoding="ascii") for name in ("first", "second")]
            write_new(options["file"], join(*halves))
        except (VaultError, OSError, UnicodeDecodeError) as problem:
            raise CommandError(f"The file was not written: {problem}") from problem
        self.stdout.write(f"Written to {options['file']}. Delete what you typed.")
