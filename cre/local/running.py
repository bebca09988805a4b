"""One command, the tests for instance, with the servers of a world up while it runs."""

import contextlib
import fcntl
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import FrameType

from cre.local.environment import full_environment, own_databases, own_redis
from cre.local.errors import LocalError
from cre.local.redis_server import DATABASES, redis_url
from cre.local.servers import servers_in_use
from cre.local.worlds import CLONE, World, world_named


def run_tests(arguments: Sequence[str]) -> int:
    """pytest with these arguments on real servers; its exit code."""
    world = world_named("test")
    with _place_for_a_run(world) as number, servers_in_use(world):
        env = full_environment(world)
        if number and not (env.get("CRE_TEST_SUFFIX") or own_databases() or own_redis()):
            env |= {"CRE_TEST_SUFFIX": f"_{number}", "REDIS_URL": redis_url(world, number)}
        return _foreground([sys.executable, "-m", "pytest", *arguments], env)


def run_in_world(world: World, command: Sequence[str]) -> int:
    """Run the command with the world's servers and variables; its exit code (128 + signal if killed)."""
    if not command:
        raise LocalError("Say what to run: python -m cre.local run NAME -- COMMAND …")
    with servers_in_use(world):
        return _foreground(command, full_environment(world))


@contextlib.contextmanager
def _place_for_a_run(world: World) -> Iterator[int]:
    """A number of its own for each test run in this clone, so that runs at the same time share no data."""
    world.make_folder()
    for number in range(DATABASES):
        with (world.folder / f"run-{number}").open("w") as place:
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield number
            return
    raise LocalError(f"{DATABASES} test runs are under way already. Wait for one to end.")


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
