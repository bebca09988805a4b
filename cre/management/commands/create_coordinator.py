"""Makes the first coordinator of a new installation."""

from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from collaborators.reference import install_first_coordinator


class Command(BaseCommand):
    help = "Make the first coordinator, whom nobody can invite; asks for a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        password = getpass("Password (12 characters or more): ")
        user = install_first_coordinator(options["email"], password, "owner")
        self.stdout.write(f"{user.email} coordinates the exchange now.")
