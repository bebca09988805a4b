"""Tells how to enter the demonstration."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from cre.demo.code import DEMO_CODE
from cre.demo.people import PASSWORD, demo_people


class Command(BaseCommand):
    help = "Print the address of the demonstration, its people, their password and the receipt code."

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
        people = demo_people()
        width = max(len(str(person.role)) for person in people)
        self.stdout.write(f"Address       http://{host}:{port}/\n\nPeople")
        for person in people:
            self.stdout.write(f"  {person.role!s:<{width}}  {person.email}")
        self.stdout.write(f"\nPassword      {PASSWORD}\nReceipt code  {DEMO_CODE}")
