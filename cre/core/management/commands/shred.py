"""Destroy keys: of one object, or again of everything that was deleted for good before a restore."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from cre.core.vault import shred, tombstones
from cre.core.vault.graves import BadList, Grave, read_list


class Command(BaseCommand):
    help = (
        "Destroy the key of an object for one purpose: what it sealed is deleted for good. "
        "After a restore of the keys database, --file applies a list that --list printed before it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("object", nargs="?", type=UUID, help="uuid of the object")
        parser.add_argument("purpose", nargs="?", help="identity, story, private, shared, …")
        parser.add_argument("--list", action="store_true", help="print what was deleted for good, a line each")
        parser.add_argument("--file", type=Path, help="a list from --list, to apply again")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["list"]:
            for object_uuid, purpose in tombstones():
                self.stdout.write(f"{object_uuid} {purpose}")
            return
        if options["file"]:
            graves = self.read(options["file"])
        elif options["object"] and options["purpose"]:
            graves = [(options["object"], options["purpose"])]
        else:
            raise CommandError("Say which object and purpose, or --file FILE, or --list.")
        destroyed = sum(shred(object_uuid, purpose) for object_uuid, purpose in graves)
        self.stdout.write(f"{destroyed} keys destroyed; {len(graves) - destroyed} were destroyed before or never made.")

    def read(self, path: Path) -> list[Grave]:
        """The objects and purposes of a list; nothing is destroyed when one line is wrong."""
        try:
            return read_list(path)
        except BadList as problem:
            raise CommandError(str(problem)) from problem
