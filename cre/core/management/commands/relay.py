"""`manage.py relay`: hands over what the outbox holds, until it is told to stop."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from cre.core.outbox.claims import LEASE, revive
from cre.core.outbox.relay import Relay


class Command(BaseCommand):
    help = "Hand over what the outbox holds, and chain the ledger, until told to stop."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--lease", type=int, default=LEASE, help="seconds until an unfinished message comes back")
        parser.add_argument("--poll", type=float, default=30.0, help="seconds between two looks without a bell")
        parser.add_argument("--revive", action="store_true", help="give dead letters new tries, and end")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["revive"]:
            self.stdout.write(f"{revive()} dead letters are tried again.")
            return
        relay = Relay(lease=options["lease"], poll=options["poll"])
        relay.bell.stop_on_signals()
        relay.run()
