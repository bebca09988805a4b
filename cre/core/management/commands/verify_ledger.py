"""Check the ledger; exit status 1 when it is not whole."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cre.core.access import acting_system
from cre.core.ledger.verify import verify_ledger


class Command(BaseCommand):
    help = "Check the whole access ledger: entries removed, changed, inserted, or cut off."

    def handle(self, *_: Any, **__: Any) -> None:
        with transaction.atomic(), acting_system():
            verdict = verify_ledger()
        for finding in verdict.findings:
            self.stderr.write(str(finding))
        state = "whole" if verdict.is_whole else "NOT whole"
        self.stdout.write(f"The ledger is {state}: {verdict.links} links, {verdict.waiting} entries wait for theirs.")
        if not verdict.is_whole:
            sys.exit(1)
