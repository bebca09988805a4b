"""Brings a roster along from a spreadsheet that was saved as CSV."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from collaborators.imports import BadSheet, Report, import_roster, read_sheet
from collaborators.models import User


class Command(BaseCommand):
    help = (
        "Put the rows of a CSV file on the roster. A bad row is reported with its line and cause, and "
        "nothing of it is stored; a name that is on the roster already stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--as", dest="email", required=True, help="e-mail address of the person who keeps the roster"
        )
        parser.add_argument("--dry-run", action="store_true", help="only report; store nothing")
        parser.add_argument("--strict", action="store_true", help="store nothing and fail if one row is bad")
        parser.add_argument("--mark", default="", help="a sentence that every new entry begins with")

    def handle(self, *args: Any, **options: Any) -> None:
        report = self.report_of(options)
        self.tell(report, options["dry_run"])
        if options["strict"] and report.bad:
            raise CommandError("Nothing has been stored, because of the wrong rows.")

    def report_of(self, options: dict[str, Any]) -> Report:
        """Read, check and store. Raises CommandError with one sentence when nothing of it can be done."""
        person = User.objects.filter(email=options["email"].lower(), is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody has an account with the address {options['email']}.")
        try:
            return import_roster(
                read_sheet(options["file"]),
                is_trial=options["dry_run"],
                is_strict=options["strict"],
                mark=options["mark"],
                by=person,
            )
        except (BadSheet, PermissionDenied) as problem:
            raise CommandError(str(problem)) from problem
        except IntegrityError as problem:
            raise CommandError(
                "Somebody else changed the roster at the same moment. Nothing has been stored; try again."
            ) from problem

    def tell(self, report: Report, is_trial: bool) -> None:
        """Say what was done, or would be, and what is wrong."""
        self.stdout.write(f"New: {len(report.new)}")
        self.stdout.write(f"On the roster already, left as they are: {len(report.known)}")
        for known in report.known:
            self.stdout.write(f"  line {known.line}: {known.name}")
        self.stdout.write(f"Wrong, nothing of them is stored: {len(report.bad_lines)}")
        for cell in sorted(report.bad, key=lambda cell: cell.line):
            place = f"line {cell.line}, {cell.column}" if cell.column else f"line {cell.line}"
            self.stdout.write(f"  {place}: {cell.cause}")
        if report.not_kept:
            self.stdout.write(f"Columns that are not kept: {', '.join(report.not_kept)}")
        if report.are_nominations:
            self.stdout.write("The new ones are nominations; the coordinator approves them.")
        if is_trial:
            self.stdout.write("This was a trial: nothing has been stored.")
