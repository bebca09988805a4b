"""Starts the workers, prints what they find, and ends with the score, by kind.

`ONLY=pattern` takes the mutants in whose names it is found, `LEFT=1` those that no run has caught so far: so a hunt
that was broken off goes on.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.mutants.mutant import kind_of
from tests.mutants.workers import FOLDER, WALLS, WORKER, WORKERS
from tests.source import ROOT

# Where the name of the test that noticed a mutant is kept, so that the next run begins with it.
KILLERS = ROOT / ".data" / "mutants.json"
# What each test comes by, so that only changed test files are noted again.
RECORDED = ROOT / ".data" / "mutants_recorded.json"
# Those that start servers, browsers or whole demonstrations say nothing about who sees what.
ELSEWHERE = {"bench", "browser", "demo", "faults", "fuzz", "local", "look", "mutants"}


def places_of_tests() -> list[str]:
    """The folders and files whose tests may notice a mutant; `TESTS` names some, to try a few quickly."""
    if chosen := os.environ.get("TESTS"):
        return chosen.split()
    folders = sorted(file.parent for file in (ROOT / "tests").glob("*/__init__.py"))
    return [
        *(f"tests/{folder.name}" for folder in folders if folder.name not in ELSEWHERE),
        *(f"tests/test_{name}.py" for name in WALLS),
    ]


def start(folder: Path, number: int) -> subprocess.Popen[bytes]:
    """One worker, with databases of its own; what it prints goes to the folder."""
    suffix = f"{os.environ.get('CRE_TEST_SUFFIX', '')}_mutants_{number}"
    own = {FOLDER: str(folder), WORKER: str(number), "CRE_TEST_SUFFIX": suffix}
    words = ["-p", "no:xdist", "-p", "no:cacheprovider", "-q", "--create-db", "--show-capture=no"]
    command = [sys.executable, "-m", "cre.local", "test", "tests/mutants", *places_of_tests(), *words]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log)


def findings(folder: Path, workers: list[subprocess.Popen[bytes]]) -> Iterator[dict[str, Any]]:
    """What the workers tell, as it comes, until all have ended."""
    with (folder / "found").open(encoding="utf-8") as file:
        while True:
            are_done = all(worker.poll() is not None for worker in workers)
            for line in file:
                yield json.loads(line)
            if are_done:
                return
            time.sleep(0.5)


def hunt(folder: Path, caught: dict[str, str], survivors: list[str]) -> int:
    """How many mutants there are; the tests that caught some, and the names of those that lived on, are added."""
    total = 0
    workers = [start(folder, number) for number in range(WORKERS)]
    for found in findings(folder, workers):
        if "total" in found:
            total = found["total"]
            continue
        if found["killer"]:
            caught[found["name"]] = found["killer"]
        else:
            survivors.append(found["name"])
            print(f"LIVES ON  {found['name']}  ({found['tried']} tests) {found['why']}", flush=True)
        if (len(caught) + len(survivors)) % 25 == 0:
            print(f"{len(caught) + len(survivors)} of {total} mutants tried", flush=True)
    return total


def keep_recorded(folder: Path) -> None:
    """Remember for the next run what the workers noted of the tests."""
    known = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    for part in folder.glob("*.recorded"):
        known |= json.loads(part.read_text(encoding="utf-8"))
    RECORDED.parent.mkdir(exist_ok=True)
    RECORDED.write_text(json.dumps(known), encoding="utf-8")


def keep_killers(caught: dict[str, str]) -> None:
    """Remember for the next run which test noticed which mutant."""
    KILLERS.parent.mkdir(exist_ok=True)
    KILLERS.write_text(json.dumps(caught, indent=0, sort_keys=True), encoding="utf-8")


def print_score(caught: Iterable[str], survivors: Iterable[str]) -> None:
    """A line for each kind of thing that was taken away."""
    noticed, lived_on = Counter(map(kind_of, caught)), Counter(map(kind_of, survivors))
    for kind in sorted(noticed | lived_on):
        print(f"{kind}: {noticed[kind]} of {noticed[kind] + lived_on[kind]}")


def main() -> int:
    """0 only when every mutant was caught."""
    known = json.loads(KILLERS.read_text(encoding="utf-8")) if KILLERS.exists() else {}
    total, caught, survivors = 0, dict[str, str](), list[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "killers.json").write_text(json.dumps(known), encoding="utf-8")
        (folder / "found").touch()
        if RECORDED.exists():
            shutil.copy(RECORDED, folder / "recorded.json")
        try:
            total = hunt(folder, caught, survivors)
        finally:
            keep_recorded(folder)
            keep_killers(known | caught)
        if len(caught) + len(survivors) < total or not total:
            print((folder / "log").read_text(encoding="utf-8")[-4000:], file=sys.stderr)
    print_score(caught, survivors)
    print(f"{len(caught)} of {total} mutants are caught by a test.")
    return 0 if total and len(caught) == total else 1


if __name__ == "__main__":
    sys.exit(main())
