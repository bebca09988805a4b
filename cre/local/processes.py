"""Processes that we started: told from a stranger with the same number by the moment of their birth."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cre.local.errors import LocalError

BOOT = Path("/proc/sys/kernel/random/boot_id")
POLL_SECONDS = 0.05

# Children of this very process: kept, so that the dead ones are reaped and no living one is forgotten.
_children: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Process:
    """One process, by its number and its birth."""

    pid: int
    born: str

    @property
    def is_alive(self) -> bool:
        return birth(self.pid) == self.born

    def save(self, record: Path) -> None:
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(json.dumps(asdict(self)))

    def stop(self, first: signal.Signals = signal.SIGTERM, *, patience: float = 10.0) -> None:
        """Ask the process to end, wait, then kill what is left of its group; a stranger is never touched."""
        if self.is_alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, first)
            wait_until(lambda: not self.is_alive, patience)
        # While a group has members its number is given to nobody else; a stranger has the number only if the
        # group is gone.
        if birth(self.pid) in (None, self.born):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            wait_until(lambda: not self.is_alive, 5.0)


def birth(pid: int) -> str | None:
    """What tells this process from a later one with its number; None if there is none, or only a corpse."""
    child = _children.get(pid)
    if child is not None:
        child.poll()
    if not BOOT.exists():
        return _birth_by_ps(pid)
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, started = fields[0], fields[19]
    return None if state in "ZX" else f"{BOOT.read_text().strip()}:{started}"


def _birth_by_ps(pid: int) -> str | None:
    answer = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.strip() or None


def read_record(record: Path) -> Process | None:
    """The process of this record, alive or not; a broken record is none."""
    try:
        return Process(**json.loads(record.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def recorded(record: Path) -> Process | None:
    """The living process of this record; a stale or broken record is removed and answers None."""
    process = read_record(record)
    if process is not None and process.is_alive:
        return process
    record.unlink(missing_ok=True)
    return None


def stop_recorded(record: Path) -> bool:
    """Stop the process of this record and what is left of its group; whether it was alive."""
    process = read_record(record)
    was_alive = process is not None and process.is_alive
    if process is not None:
        process.stop()
    record.unlink(missing_ok=True)
    return was_alive


def spawn(
    arguments: Sequence[str | Path],
    *,
    record: Path,
    log: Path,
    env: Mapping[str, str],
    cwd: Path,
    identity: tuple[int, int] | None = None,
) -> Process:
    """Start a process in a session of its own, its words in `log`, and write its record.

    `identity` is the (user, group) that it runs as, if another than ours.
    """
    user, group = identity or (None, None)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as words:
        child = subprocess.Popen(
            [str(argument) for argument in arguments],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd,
            user=user,
            group=group,
            extra_groups=None if identity is None else [],
            umask=0o077,
            start_new_session=True,
        )
    _children[child.pid] = child
    born = birth(child.pid)
    if born is None:
        raise LocalError(f"{arguments[0]} ended at once. Its last words are in {log}:\n{last_words(log)}")
    process = Process(child.pid, born)
    process.save(record)
    return process


def exit_code(process: Process) -> int | None:
    """The exit code of a child of ours that has ended; None while it lives or where it is not ours."""
    child = _children.get(process.pid)
    return None if child is None else child.poll()


def wait_until(is_true: Callable[[], bool], patience: float, *, every: float = POLL_SECONDS) -> bool:
    """Whether `is_true`, asked `every` so many seconds, came true within `patience` seconds."""
    end = time.monotonic() + patience
    while not is_true():
        if time.monotonic() > end:
            return False
        time.sleep(every)
    return True


def comes_up(process: Process, answers: Callable[[], bool], patience: float) -> bool:
    """Whether the process began to answer within `patience` seconds, and lives."""
    wait_until(lambda: answers() or not process.is_alive, patience)
    return process.is_alive and answers()


def last_words(log: Path, lines: int = 12) -> str:
    """The last lines of a log file, for an error message."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return "(no log)"
