"""A spreadsheet saved as CSV: its headings, and its rows with the lines on which they begin."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

# Enough for the largest roster that anybody keeps by hand, and little enough to check while one waits.
MOST_BYTES = 2_000_000
MOST_ROWS = 2_000
DELIMITERS = (",", ";", "\t")


class BadSheet(ValueError):
    """The file as a whole cannot be read; the sentence says why and what to do."""


@dataclass(frozen=True)
class Row:
    """One row with something in it: the line on which it begins, and its cells by heading."""

    line: int
    cells: dict[str, str]
    surplus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The headings as they are written, and the rows that are not empty."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(path: Path) -> Sheet:
    """Read a CSV file in UTF-8, with commas, semicolons or tabs between its cells. Raises `BadSheet`."""
    text = _text_of(path)
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        rows = list(_numbered(text, delimiter))
    except csv.Error as error:
        raise BadSheet(_("This is not a CSV file: {error}.").format(error=error)) from error
    if not rows:
        raise BadSheet(_("The file is empty."))
    (_line, headings), *others = rows
    if len(others) > MOST_ROWS:
        raise BadSheet(_("The file has more than {limit} rows; split it.").format(limit=MOST_ROWS))
    headings = [" ".join(heading.split()) for heading in headings]
    return Sheet(tuple(headings), tuple(_row(line, headings, cells) for line, cells in others))


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadSheet(_("{path} cannot be read: {why}.").format(path=path, why=error.strerror)) from error
    if len(content) > MOST_BYTES:
        limit = MOST_BYTES // 1_000_000
        raise BadSheet(_("The file is larger than {limit} MB; split it.").format(limit=limit))
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise BadSheet(_("This is a workbook, not a CSV file. Save the sheet as “CSV UTF-8” first."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSheet(_("The file is not in UTF-8. Save the sheet as “CSV UTF-8”.")) from error


def _numbered(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty; a cell may have several lines, so a row's number is not its line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _row(line: int, headings: list[str], cells: list[str]) -> Row:
    filled = [cell.strip() for cell in cells] + [""] * (len(headings) - len(cells))
    surplus = tuple(cell for cell in filled[len(headings) :] if cell)
    return Row(line, dict(zip(headings, filled, strict=False)), surplus)
