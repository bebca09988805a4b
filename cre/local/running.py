"""One command, the tests for instance, with the servers of a world up while it runs."""

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import FrameType

from cre.local.environment import full_environment
from cre.local.errors import LocalError
from cre.local.servers import servers_in_use
from cre.local.worlds import CLONE, World, world_named


def run_tests(arguments: Sequence[str]) -> int:
    """pytest with these arguments on real servers; its exit code."""
    return run_in_world(world_named("test"), [sys.executable, "-m", "pytest", *arguments])


def run_in_world(world: World, command: Sequence[str]) -> int:
    """Run the command with the world's servers and variables; its exit code (128 + signal if killed)."""
    if not command:
        raise LocalError("Say what to run: python -m cre.local run NAME -- COMMAND …")
    with servers_in_use(world):
        return _foreground(command, full_environment(world))


def _foreground(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run the command in our terminal: a Ctrl-C reaches it by itself, other wishes to end are handed on."""
    try:
        child = subprocess.Popen(command, env=dict(env), cwd=CLONE if command[0] == sys.executable else None)
    except OSError as error:
        raise LocalError(f"{command[0]} could not be started: {error.strerror}.") from error

    def hand_on(number: int, _frame: FrameType | None) -> None:
        child.send_signal(number)

    before = {number: signal.signal(number, hand_on) for number in (signal.SIGTERM, signal.SIGHUP)}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        code = child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code
