"""A table as CSV that spreadsheet programs read right, and in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
# What makes a spreadsheet program compute (OWASP, "CSV Injection"); it also takes the wide forms for them.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table in UTF-8 with a byte-order mark; numbers stay numbers, texts are made harmless."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def harmless(cell: object) -> object:
    """A number as it is; a text that a program could take for a formula, after any space, with a ' before it."""
    if cell is None or isinstance(cell, int | float):
        return cell
    text = str(cell).replace("\0", "")
    return f"'{text}" if text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS) else text
