"""Wrap all data keys with the newest master key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cre.core.vault import VaultError, rotate


class Command(BaseCommand):
    help = "Wrap every data key with the newest master key of MASTER_KEY_FILE. Can be broken off and run again."

    def handle(self, *_: Any, **__: Any) -> None:
        try:
            rotated = rotate()
        except VaultError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{rotated} keys are wrapped anew; the older master keys are not needed any more.")
