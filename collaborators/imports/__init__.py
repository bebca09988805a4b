"""The roster from a spreadsheet: read the file, check every row, store the good ones."""

from collaborators.imports.report import BadCell, Entry, Known, Report
from collaborators.imports.roster import import_roster
from collaborators.imports.sheet import BadSheet, Row, Sheet, read_sheet

__all__ = ["BadCell", "BadSheet", "Entry", "Known", "Report", "Row", "Sheet", "import_roster", "read_sheet"]
