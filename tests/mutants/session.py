"""The part that runs inside pytest: takes its share of the mutants, and looks until a test would turn red."""

import fcntl
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from pytest_django.plugin import blocking_manager_key

from cre.core.vault import cache
from tests.conftest import take_role
from tests.mutants import pages, standing
from tests.mutants.choosing import likely
from tests.mutants.database import database_mutants
from tests.mutants.mutant import Mutant
from tests.mutants.python_code import living_functions
from tests.mutants.recording import Recorded, marks, note_database, noting, version_of, write_part
from tests.mutants.rules import files, python_mutants
from tests.mutants.workers import WORKER, WORKERS

# Any test that uses the database: it makes it.
FIRST = "test_every_address_has_a_row"
# With MUTANTS=worlds nothing is run test by test: quick, while the worlds of the walls are written.
ONLY_WORLDS = os.environ.get("MUTANTS") == "worlds"
Item = Any


def numbered(mutants: Iterator[Mutant]) -> dict[str, Mutant]:
    """The mutants by their names; the same words a second time get a number."""
    named: dict[str, Mutant] = {}
    for mutant in mutants:
        name, number = mutant.name, 2
        while name in named:
            name, number = f"{mutant.name} ({number})", number + 1
        named[name] = mutant
    return named


def is_undone(item: Item) -> bool:
    """Whether nothing stays of what a test wrote; others empty the database, and whatever came later would be red."""
    marker = item.get_closest_marker("django_db")
    is_committed = marker is not None and marker.kwargs.get("transaction", False)
    return not is_committed and not {"transactional_db", "live_server"} & set(item.fixturenames)


class Hunt:
    """One worker's share of the hunt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.killers: dict[str, str] = json.loads((folder / "killers.json").read_text(encoding="utf-8"))
        self.green: dict[str, bool] = {}
        self.recorded = Recorded(folder / "recorded.json")
        self.is_recording = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the hunt in place of the tests: first in worlds that stand, then test by test."""
        first = next(item for item in session.items if item.name == FIRST)
        if self.is_red(first):
            raise pytest.UsageError(f"{first.nodeid} is red before anything was changed")
        self.blocker = session.config.stash[blocking_manager_key]
        with self.blocker.unblock():
            mutants = self.share(numbered(database_mutants()) | numbered(python_mutants()))
            living_functions()
            left = self.sifted(mutants)
        items = [] if ONLY_WORLDS else [item for item in session.items if is_undone(item)]
        if left:
            self.record(items)
        for name in left:
            self.tell(self.verdict(name, mutants[name], items))
        return True

    def record(self, items: list[Item]) -> None:
        """Note what each test comes by that is not known yet; every worker notes its part, and reads the others'."""
        mine = [item for item in items if self.recorded.is_missing(item)][int(os.environ[WORKER]) :: WORKERS]
        noted = {}
        self.is_recording = True
        with noting(files()):
            for item in mine:
                marks.clear()
                self.is_red(item)
                noted[item.nodeid] = {"version": version_of(item), "marks": sorted(marks)}
        self.is_recording = False
        write_part(self.folder / f"{os.environ[WORKER]}.recorded", noted)
        for number in range(WORKERS):
            self.recorded.add(self.folder / f"{number}.recorded")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: Item) -> Iterator[None]:
        """While tests are recorded, ask the database too, before it forgets."""
        try:
            return (yield)
        finally:
            if self.is_recording and item.get_closest_marker("django_db"):
                note_database()

    def share(self, mutants: dict[str, Mutant]) -> dict[str, Mutant]:
        """This worker's part of those that are wanted: with LEFT, of those that no run has caught so far."""
        wanted, known = re.compile(os.environ.get("ONLY", "")), self.killers if "LEFT" in os.environ else {}
        names = [name for name in mutants if wanted.search(name) and name not in known]
        # Mixed, so that what was tried so far speaks for the rest; the same order for every worker.
        Random(len(names)).shuffle(names)
        self.tell({"total": len(names)})
        return {name: mutants[name] for name in names[int(os.environ[WORKER]) :: WORKERS]}

    def sifted(self, mutants: dict[str, Mutant]) -> list[str]:
        """The names of those that no world betrays."""
        left = dict.fromkeys(mutants)
        for where in (standing, pages):
            take_role("cre_app")
            # A key that an earlier test made went with that test.
            cache.keys.clear()
            for name, place in where.sift(mutants):
                self.tell({"name": name, "killer": place})
                del left[name]
        take_role("cre_owner")
        return list(left)

    def verdict(self, name: str, mutant: Mutant, items: list[Item]) -> dict[str, Any]:
        """Which test noticed the mutant, if any did."""
        began, found, tried, why = time.monotonic(), "", 0, ""
        try:
            for item in likely(mutant, items, self.killers.get(name), self.recorded):
                tried += 1
                if self.notices(mutant, item):
                    found = item.nodeid
                    break
        except Exception as error:  # noqa: BLE001 - whatever it is, the mutant was not caught
            found, why = "", f"{type(error).__name__}: {str(error).splitlines()[0]}"
        seconds = round(time.monotonic() - began, 1)
        return {"name": name, "killer": found, "tried": tried, "seconds": seconds, "why": why}

    def notices(self, mutant: Mutant, item: Item) -> bool:
        """Whether the test is red with the mutant, and green without."""
        with self.blocker.unblock(), mutant.apply(), self.blocker.block():
            is_red = self.is_red(item)
        if is_red and item.nodeid not in self.green:
            self.green[item.nodeid] = not self.is_red(item)
        return is_red and self.green[item.nodeid]

    def is_red(self, item: Item) -> bool:
        # What follows is the session: so everything is put away after each test but what lives as long as it.
        return any(report.failed for report in runtestprotocol(item, nextitem=item.session, log=False))

    def tell(self, what: dict[str, Any]) -> None:
        with (self.folder / "found").open("a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(json.dumps(what) + "\n")
