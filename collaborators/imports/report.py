"""What an import would do, or has done, row by row."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class BadCell:
    """Why a row is wrong: the line on which it begins, the column, and a sentence."""

    line: int
    column: str
    cause: str


@dataclass(frozen=True)
class Known:
    """A row whose name is on the roster already; it stays as it is there."""

    line: int
    name: str


@dataclass(frozen=True)
class Entry:
    """A good row, as `register_collaborator` takes it."""

    line: int
    entry: dict[str, Any]
    private: dict[str, str]
    facets: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.entry["display_name"])


@dataclass
class Report:
    """The rows of a file: new, known and wrong ones; and the columns for which there is no place."""

    new: list[Entry] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)
    not_kept: list[str] = field(default_factory=list)
    is_stored: bool = False
    are_nominations: bool = False

    @property
    def bad_lines(self) -> list[int]:
        return sorted({cell.line for cell in self.bad})
