"""Look for what belongs to nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cre.core.retention.orphans import orphans


class Command(BaseCommand):
    help = (
        "Count keys without rows, sealed rows without keys, notices and messages about what is gone, and files "
        "without rows or rows without files. "
        "Ends with an error when there are any but sealed rows, which a draft taken back leaves until its day."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        found = orphans()
        for name, number in found.items():
            self.stdout.write(f"{name}: {number}")
        if any(number for name, number in found.items() if name != "locked_rows"):
            raise CommandError("Something belongs to nothing.")
