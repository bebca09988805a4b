"""Writers of files: what leaves as a table cannot run anything where it is opened."""

from cre.core.exports.tables import csv_bytes

__all__ = ["csv_bytes"]
