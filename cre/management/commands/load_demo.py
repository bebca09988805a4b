"""Builds the made-up world of the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cre.demo.world import NoPlaceForDemo, load_world


class Command(BaseCommand):
    help = "Build the made-up world, once; only with DEMO=1 and in a database without real people."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This installation is not a demonstration. Set DEMO=1 to make it one.")
        try:
            is_new = load_world(say=self.stdout.write)
        except NoPlaceForDemo as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("The demonstration is complete." if is_new else "The demonstration is there already.")
