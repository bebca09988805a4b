"""What the tests of the roster share."""

import csv
import io

import pytest

from collaborators.models import Collaborator, CollaboratorFacets, CollaboratorPrivate
from cre.core.access import acting_as
from tests.collaborators.spreadsheet import GOOD, HEADINGS


@pytest.fixture
def sheet_of(tmp_path):
    """A file of rows, each the good row with some cells changed."""

    def write(*rows, headings=HEADINGS, encoding="utf-8-sig", delimiter=","):
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerow(headings)
        for row in rows:
            cells = {**GOOD, **row} if row is not None else {}
            writer.writerow([cells.get(heading, "") for heading in headings])
        path = tmp_path / "roster.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


@pytest.fixture
def stored(coordinator):
    """Everything that the roster holds, as its coordinator sees it."""

    def read():
        with acting_as(coordinator):
            return [
                Collaborator.objects.count(),
                CollaboratorPrivate.objects.count(),
                CollaboratorFacets.objects.count(),
                Collaborator.history.count(),
            ]

    return read
