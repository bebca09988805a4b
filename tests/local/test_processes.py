"""What is ours is stopped and started again, a stranger with its number is not touched."""

import os
import signal
import stat
import subprocess
import sys
import time

import pytest

from cre.local.demo import stop_demo
from cre.local.environment import full_environment
from cre.local.errors import LocalError
from cre.local.processes import Process, birth, recorded, spawn, wait_until
from cre.local.product import Product, stop_parts
from cre.local.running import run_in_world
from cre.local.worlds import CLONE, World

NAP = ["-c", "import time; time.sleep(60)"]


def napping(world: World, name: str = "web") -> Process:
    return spawn([sys.executable, *NAP], record=world.record(name), log=world.log(name), env=os.environ, cwd=CLONE)


def test_a_recorded_process_is_stopped(world):
    process = napping(world)

    assert stop_parts(world) is True
    assert process.is_alive is False
    assert world.record("web").exists() is False


def test_a_stranger_with_a_recorded_number_is_not_stopped(world, stranger):
    Process(stranger.pid, "an earlier birth").save(world.record("web"))

    assert stop_parts(world) is False
    assert stop_demo(world) is False
    assert stranger.poll() is None


def test_a_broken_record_counts_as_none(world):
    world.make_folder()
    world.record("web").write_text("{")

    assert recorded(world.record("web")) is None
    assert world.record("web").exists() is False


def test_children_that_outlive_their_parent_are_ended_with_it(world):
    parent = "import subprocess, time; child = subprocess.Popen(['sleep', '60']); "
    parent += "print(child.pid, flush=True); time.sleep(60)"
    process = spawn(
        [sys.executable, "-c", parent],
        record=world.record("web"),
        log=world.log("parent"),
        env=os.environ,
        cwd=CLONE,
    )
    assert wait_until(lambda: world.log("parent").read_text().endswith("\n"), 10)
    orphan = int(world.log("parent").read_text())
    os.kill(process.pid, signal.SIGKILL)
    assert wait_until(lambda: not process.is_alive, 5)
    assert birth(orphan) is not None

    stop_parts(world)

    assert wait_until(lambda: birth(orphan) is None, 5)


def test_a_dead_child_is_not_alive(world):
    process = napping(world)
    os.kill(process.pid, signal.SIGKILL)

    assert wait_until(lambda: not process.is_alive, 5)
    assert birth(process.pid) is None


def test_a_process_that_does_not_listen_is_killed_with_its_group(world):
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    process = spawn(
        [sys.executable, "-c", stubborn],
        record=world.record("web"),
        log=world.log("stubborn"),
        env=os.environ,
        cwd=CLONE,
    )
    assert wait_until(lambda: world.log("stubborn").read_text() == "1\n", 10)

    process.stop(patience=0.2)

    assert process.is_alive is False


def test_a_part_that_ends_is_started_again_after_a_longer_pause_each_time(world):
    said: list[str] = []
    product = Product(world, os.environ, said.append, commands={"web": ["-c", "raise SystemExit(3)"]})
    world.make_folder()
    product.start()

    end = time.monotonic() + 20
    while len(said) < 2 and time.monotonic() < end:
        product.look_after()
        time.sleep(0.02)

    assert said == [
        "web has ended (exit code 3); starting it again in 1 s.",
        "web has ended (exit code 3); starting it again in 2 s.",
    ]


def test_stop_ends_every_part(world):
    world.make_folder()
    product = Product(world, os.environ, print, commands={"web": NAP, "relay": NAP})
    product.start()

    product.stop()

    assert [part.process.is_alive for part in product.parts.values()] == [False, False]


def test_secrets_are_made_once_and_for_our_eyes_only(world):
    first = world.secret("actor_key")

    assert World(world.name, world.root).secret("actor_key") == first
    assert world.secret("code_pepper") != first
    assert stat.S_IMODE(world.secret_file("actor_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(world.secret_file("actor_key").parent.stat().st_mode) == 0o700


@pytest.mark.usefixtures("empty_environment")
def test_a_command_runs_in_its_world_and_its_exit_code_comes_back(world):
    script = "import os, redis, sys; redis.Redis.from_url(os.environ['REDIS_URL']).ping(); sys.exit(7)"

    assert run_in_world(world, [sys.executable, "-c", script]) == 7


@pytest.mark.usefixtures("empty_environment")
def test_an_unknown_command_is_named(world):
    with pytest.raises(LocalError, match="no-such-command could not be started"):
        run_in_world(world, ["no-such-command"])


@pytest.mark.usefixtures("empty_environment")
def test_the_exports_can_be_read_by_a_shell(world):
    expected = full_environment(world)["SECRET_KEY"]
    code = "from cre.local.__main__ import exports; from cre.local.worlds import World; import pathlib, sys; "
    code += "print(exports(World('test', pathlib.Path(sys.argv[1]))))"
    lines = subprocess.run(
        [sys.executable, "-c", code, world.root], capture_output=True, text=True, check=True, cwd=CLONE
    ).stdout

    answer = subprocess.run(
        ["sh", "-c", 'eval "$1"; printf %s "$SECRET_KEY"', "sh", lines],
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == expected
