"""A world of its own in a temporary folder, stopped and removed at the end."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cre.local.environment import DATABASE_VARIABLES, MARK
from cre.local.servers import stop_servers
from cre.local.worlds import World


def temporary(root: Path) -> Iterator[World]:
    world = World("test", root=root / "data")
    yield world
    stop_servers(world)
    world.remove()


@pytest.fixture(scope="module")
def module_world() -> Iterator[World]:
    """A world in a folder that the servers' account may enter; making its cluster takes the time."""
    with tempfile.TemporaryDirectory(prefix="cre-test-") as folder:
        Path(folder).chmod(0o711)
        yield from temporary(Path(folder))


@pytest.fixture
def world(module_world) -> Iterator[World]:
    """A world that is stopped before and after the test."""
    yield module_world
    stop_servers(module_world)


@pytest.fixture
def private_world(tmp_path) -> Iterator[World]:
    """A world below a folder that is closed to everyone but us."""
    tmp_path.chmod(0o700)
    yield from temporary(tmp_path)


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that has nothing to do with us."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        yield process
        process.kill()


@pytest.fixture
def empty_environment(monkeypatch) -> pytest.MonkeyPatch:
    """No variable names a server."""
    for name in (*DATABASE_VARIABLES, "REDIS_URL", MARK):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch
