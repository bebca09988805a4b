"""`python -m tests.promises`: which of the thirty promises hold, by the tests that are marked with them.

It runs every marked test. A promise is held when all its tests pass, broken when one fails, and untested when
none has run: a skipped test proves nothing.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

PROMISES = [f"P{number:02}" for number in range(1, 31)]
REPORT = "PROMISES_REPORT"
NOTE = "promise"
# pytest's own exit codes for "all passed" and "some failed"; any other means that it could not run them.
RAN = (0, 1)

Outcomes = Mapping[str, Mapping[str, str]]


class Recorder:
    """Notes the outcome of every marked test; pytest calls it, in one process or in several."""

    def __init__(self, *, is_worker: bool = False) -> None:
        self.is_worker = is_worker
        self.outcomes: dict[str, dict[str, str]] = defaultdict(dict)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Let each report carry the promises of its test."""
        for item in items:
            item.user_properties += [(NOTE, name) for marker in item.iter_markers(NOTE) for name in marker.args]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A failure in any phase counts; a pass counts when the test itself has run."""
        if report.failed or report.when == "call":
            outcome = "failed" if report.failed or hasattr(report, "wasxfail") else report.outcome
            for name, promise in report.user_properties:
                if name == NOTE and self.outcomes[str(promise)].get(report.nodeid) != "failed":
                    self.outcomes[str(promise)][report.nodeid] = outcome

    def pytest_sessionfinish(self) -> None:
        if not self.is_worker:
            Path(os.environ[REPORT]).write_text(json.dumps(self.outcomes), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Take part in the test run that this program starts, and only in that one."""
    if REPORT in os.environ:
        config.pluginmanager.register(Recorder(is_worker=hasattr(config, "workerinput")), "promises")


def line_of(promise: str, tests: Mapping[str, str]) -> str:
    """`P01 held (4 tests)`, `P01 broken (names)` or `P01 untested`."""
    broken = sorted(name.rpartition("::")[2] for name, outcome in tests.items() if outcome == "failed")
    passed = sum(outcome == "passed" for outcome in tests.values())
    if broken:
        return f"{promise} broken ({', '.join(broken)})"
    return f"{promise} held ({passed} test{'' if passed == 1 else 's'})" if passed else f"{promise} untested"


def lines_of(outcomes: Outcomes) -> list[str]:
    """A line for each promise, and how many are held. Raises KeyError for a promise that nobody made."""
    unknown = sorted(set(outcomes) - set(PROMISES))
    if unknown:
        raise KeyError(f"There is no promise {', '.join(unknown)}.")
    lines = [line_of(promise, outcomes.get(promise, {})) for promise in PROMISES]
    return [*lines, f"{sum(' held ' in line for line in lines)} of {len(PROMISES)} promises are held."]


def are_all_held(lines: Iterable[str]) -> bool:
    return all(" held (" in line for line in list(lines)[: len(PROMISES)])


def run_marked_tests(report: Path) -> int:
    """pytest's exit code; its own output goes to the error stream, only our lines are on the other."""
    side_by_side = ["-n", "2", "--maxschedchunk", "4"]
    command = [sys.executable, "-m", "cre.local", "test", "-m", NOTE, "-p", "tests.promises", "-q", *side_by_side]
    environment = os.environ | {REPORT: str(report)}
    return subprocess.run(command, env=environment, stdout=sys.stderr, check=False).returncode


def main() -> int:
    """Run the tests and print the lines; 0 only when all thirty promises hold."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "outcomes.json"
        code = run_marked_tests(report)
        if code not in RAN or not report.exists():
            print("The tests could not be run; see above.", file=sys.stderr)
            return 2
        lines = lines_of(json.loads(report.read_text(encoding="utf-8")))
    print("\n".join(lines))
    return 0 if are_all_held(lines) else 1


if __name__ == "__main__":
    sys.exit(main())
