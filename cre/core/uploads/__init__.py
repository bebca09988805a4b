"""Files that people send: taken in bounded, known by their content, cleaned for others, called by neutral names."""

from cre.core.uploads.cleaning import clean
from cre.core.uploads.kinds import ACCEPTED, Cleaned, Fault, FileKind, NotTaken, Trace, Uncleanable
from cre.core.uploads.names import neutral_name, shown_name
from cre.core.uploads.receiving import Refused
from cre.core.uploads.recognising import recognise

__all__ = [
    "ACCEPTED",
    "Cleaned",
    "Fault",
    "FileKind",
    "NotTaken",
    "Refused",
    "Trace",
    "Uncleanable",
    "clean",
    "neutral_name",
    "recognise",
    "shown_name",
]
