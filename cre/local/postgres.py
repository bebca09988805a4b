"""A PostgreSQL cluster of a world: made once, started and stopped as a process of ours."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from cre.local.errors import LocalError
from cre.local.processes import Process, birth, comes_up, last_words, recorded, spawn
from cre.local.worlds import CLONE, World

SUPERUSER = "postgres"
START_SECONDS = 60
STOP_SECONDS = 60
# Two cores and a small memory. The log holds no statement, no parameter and no value of a row.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "80",
    "shared_buffers": "256MB",
    "effective_cache_size": "2GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "1",
    "max_locks_per_transaction": "256",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
WITHOUT_WAITING_FOR_THE_DISK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start_postgres(world: World) -> Process:
    """The running server of this world, started if need be, its roles and databases in place."""
    running = running_postgres(world)
    if running is not None:
        return running
    _make_cluster(world)
    process = _start(world)
    _make_roles(world)
    return process


def running_postgres(world: World) -> Process | None:
    return recorded(world.record("postgres")) or _adopted(world)


def stop_postgres(world: World) -> None:
    """End the server at once but cleanly; open transactions are rolled back."""
    running = running_postgres(world)
    if running is not None:
        running.stop(signal.SIGINT, patience=STOP_SECONDS)
    world.record("postgres").unlink(missing_ok=True)


def _data(world: World) -> Path:
    return world.place.home / "postgres"


def _adopted(world: World) -> Process | None:
    """A server of this cluster whose record was lost, known by the folder that it works in."""
    if not (world.folder / "secrets" / "clone").exists():
        return None
    data = _data(world)
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        works_here = Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
    except (OSError, ValueError):
        return None
    born = birth(pid) if works_here else None
    if born is None:
        return None
    process = Process(pid, born)
    process.save(world.record("postgres"))
    return process


def _make_cluster(world: World) -> None:
    data, place = _data(world), world.place
    _forget_another_clone(world, data)
    program = place.binaries.program("postgres")
    major = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    if (data / "PG_VERSION").exists():
        made_by = (data / "PG_VERSION").read_text().strip()
        if made_by != major.split(".")[0]:
            raise LocalError(
                f"The data in {data} were made by PostgreSQL {made_by}, the installed one is {major}. "
                "They are only demonstration or test data: `make clean` removes them."
            )
        return
    shutil.rmtree(data, ignore_errors=True)
    place.account.owns_alone(data)
    # Trust is right here: the only way in is a socket in a folder that nobody else (but root) can enter.
    options = ["--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", "--locale=C", "--no-sync"]
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--username={SUPERUSER}"]
    user, group = place.account.identity or (None, None)
    answer = subprocess.run(
        [place.binaries.program("initdb"), "-D", data, *options, *locale],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=_environment(),
        user=user,
        group=group,
        extra_groups=None if place.account.identity is None else [],
    )
    if answer.returncode != 0:
        shutil.rmtree(data, ignore_errors=True)
        raise LocalError(f"PostgreSQL could not make its data folder {data}:\n{answer.stderr.strip()}")
    # Only now does the folder belong to this clone.
    (world.place.home / "clone").write_text(_clone_mark(world))


def _forget_another_clone(world: World, data: Path) -> None:
    """Remove data of a clone that lay at this path before: its keys went with it, nobody can read them."""
    mark = world.place.home / "clone"
    if data.exists() and (not mark.exists() or mark.read_text() != _clone_mark(world)):
        shutil.rmtree(data)


def _clone_mark(world: World) -> str:
    return world.secret("clone")


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}


def _start(world: World) -> Process:
    place, data, log = world.place, _data(world), world.log("postgres")
    # No living server works in this folder (see `_adopted`), so a lock file is left from one that was killed,
    # and the number in it may by now be a stranger's.
    (data / "postmaster.pid").unlink(missing_ok=True)
    settings = SETTINGS | {"unix_socket_directories": str(place.sockets)}
    if world.is_throwaway:
        settings |= WITHOUT_WAITING_FOR_THE_DISK
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    for _attempt in range(3):
        process = spawn(
            [place.binaries.program("postgres"), "-D", data, *options],
            record=world.record("postgres"),
            log=log,
            env=_environment(),
            cwd=Path("/"),
            identity=place.account.identity,
        )
        if comes_up(process, lambda: _answers(world), START_SECONDS):
            return process
        process.stop()
        # The children of a server that was killed need a moment to notice.
        time.sleep(1)
    raise LocalError(f"PostgreSQL did not start. Its last words are in {log}:\n{last_words(log)}")


def _answers(world: World) -> bool:
    try:
        with psycopg.connect(host=str(world.place.sockets), user=SUPERUSER, dbname="postgres", connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def _make_roles(world: World) -> None:
    files = [CLONE / "cre" / "deploy" / "roles.sql"]
    if world.has_test_login:
        files.append(CLONE / "cre" / "local" / "roles_for_tests.sql")
    options = [
        "-X",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        str(world.place.sockets),
        "-U",
        SUPERUSER,
        "-d",
        "postgres",
    ]
    answer = subprocess.run(
        [
            world.place.binaries.program("psql"),
            *options,
            *(word for file in files for word in ("-f", str(file))),
        ],
        capture_output=True,
        text=True,
        check=False,
        env=_environment(),
    )
    if answer.returncode != 0:
        stop_postgres(world)
        raise LocalError(f"The database roles could not be made:\n{answer.stderr.strip()}")
