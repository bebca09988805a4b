"""The files that tell of the made-up world, as they lie in `data/`."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
ROSTER = DATA / "roster.csv"
# The day on which the files were written: dates in them are moved as far as today is from it.
WRITTEN_ON = date(2026, 11, 22)
Told = dict[str, Any]


def read_requests() -> list[Told]:
    """The requests, each with the community that asks and how far it came."""
    return _read_json("requests.json")


def read_people() -> list[Told]:
    """The people with an e-mail address and what they hold."""
    return _read_json("people.json")


def read_projects() -> list[dict[str, str]]:
    """The real public projects, a row for each financier."""
    with (DATA / "projects.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _read_json(name: str) -> list[Told]:
    told: list[Told] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return told
