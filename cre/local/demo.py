"""`make demo`: the whole product in the foreground, and `make stop`, which ends it from elsewhere."""

import contextlib
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import FrameType

from cre.local.environment import full_environment, own_databases, own_redis
from cre.local.errors import LocalError
from cre.local.processes import (
    Process,
    birth,
    exit_code,
    last_words,
    recorded,
    spawn,
    stop_recorded,
    wait_until,
)
from cre.local.product import PARTS, Product, stop_parts
from cre.local.servers import servers_in_use, start_servers, stop_unless_used
from cre.local.worlds import CLONE, World

READY_SECONDS = 90
STOP_SECONDS = 90
LOOK_SECONDS = 0.5
STEPS = {
    "prepare": ("Preparing the databases", ["manage.py", "prepare"]),
    "collectstatic": (
        "Collecting the static files",
        ["manage.py", "collectstatic", "--no-input", "--verbosity=0"],
    ),
    "load_demo": ("Building the demonstration world", ["manage.py", "load_demo"]),
}


class Ended(BaseException):
    """The person wants the demo to end (Ctrl-C, `make stop`, a closed terminal); no error."""


@dataclass(frozen=True)
class Address:
    """Where the demo listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{self.to_reach}:{self.port}"

    @property
    def to_reach(self) -> str:
        return {"0.0.0.0": "127.0.0.1", "::": "localhost"}.get(self.host, self.host)  # noqa: S104 - it is compared, not bound


def run_demo(world: World) -> int:
    """Bring everything up, watch over it, take everything down; 0 when the person ended it."""
    address = chosen_address()
    with _only_demo(world), _wishes_to_end():
        try:
            stop_parts(world, (*PARTS, *STEPS))
            check_port(address)
            with servers_in_use(world):
                _serve(world, address)
        except Ended:
            say("Everything has stopped.")
    return 0


def stop_demo(world: World) -> bool:
    """End the demo that runs elsewhere, or what a killed one left; whether there was anything to end."""
    if not world.folder.exists():
        return False
    leader = recorded(world.record("demo"))
    if leader is not None:
        os.kill(leader.pid, signal.SIGTERM)
        if not wait_until(lambda: not leader.is_alive, STOP_SECONDS):
            leader.stop(patience=0)
    left = stop_parts(world, (*PARTS, *STEPS))
    return stop_unless_used(world) or left or leader is not None


def chosen_address() -> Address:
    """HOST and PORT of the environment, or 127.0.0.1:8000."""
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise LocalError(f"PORT={port} is no port. Choose a number from 1 to 65535.")
    return Address(os.environ.get("HOST") or "127.0.0.1", int(port))


def check_port(address: Address) -> None:
    """LocalError if we cannot listen there."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(place)
    except socket.gaierror:
        raise LocalError(f"HOST={address.host} is not an address of this machine.") from None
    except OSError as error:
        other = address.port + 1 if address.port < 65535 else 8001
        raise LocalError(
            f"Port {address.port} on {address.host} cannot be used ({error.strerror}). "
            f"Choose another: make demo PORT={other}"
        ) from None


def say(sentence: str, end: str = "\n") -> None:
    # The terminal may be gone; that is no reason to leave anything running.
    with contextlib.suppress(OSError):
        print(sentence, end=end, flush=True)


def _serve(world: World, address: Address) -> None:
    env = _environment(world, address)
    # The static files need no database, so they are collected on the side.
    with _step(world, "collectstatic", env) as static_files:
        for name in ("prepare", "load_demo"):
            with _step(world, name, env) as step:
                _finish(world, name, step)
        _finish(world, "collectstatic", static_files)
    product = Product(world, env, say)
    try:
        product.start()
        _wait_until_ready(product, address)
        _welcome(env, address)
        while True:
            time.sleep(LOOK_SECONDS)
            _look_after_servers(world)
            product.look_after()
    finally:
        say("Stopping …")
        product.stop()


def _environment(world: World, address: Address) -> dict[str, str]:
    hosts = {"127.0.0.1": None, "localhost": None, address.to_reach: None}
    given = {
        "HOST": address.host,
        "PORT": str(address.port),
        "ALLOWED_HOSTS": os.environ.get("ALLOWED_HOSTS"),
    }
    given["ALLOWED_HOSTS"] = given["ALLOWED_HOSTS"] or ",".join(hosts)
    size = "full" if os.environ.get("DEMO") == "full" else "small"
    return full_environment(world) | {"DEMO": "1", "DEMO_SIZE": size} | {k: v for k, v in given.items() if v}


@contextlib.contextmanager
def _step(world: World, name: str, env: Mapping[str, str]) -> Iterator[Process]:
    """One of `STEPS`, running; it ends with the block at the latest."""
    log = world.log(name)
    log.unlink(missing_ok=True)
    command = [sys.executable, *STEPS[name][1]]
    step = spawn(command, record=world.record(name), log=log, env=env, cwd=CLONE)
    try:
        yield step
    finally:
        stop_recorded(world.record(name))


def _finish(world: World, name: str, step: Process) -> None:
    """Wait for the end of a step; LocalError if it failed."""
    words, log, began = STEPS[name][0], world.log(name), time.monotonic()
    say(f"{words} …", end="")
    while step.is_alive:
        time.sleep(0.05)
    say(f" {time.monotonic() - began:.1f} s")
    if exit_code(step) != 0:
        raise LocalError(f"{words} failed. Its last words, from {log}:\n{last_words(log)}")


def _wait_until_ready(product: Product, address: Address) -> None:
    answer = ""

    def is_ready() -> bool:
        nonlocal answer
        product.look_after()
        status, answer = _ask(address, "/health/ready")
        return status == 200

    if not wait_until(is_ready, READY_SECONDS, every=0.3):
        falls = [name for name, part in product.parts.items() if part.restart_at is not None]
        logs = "\n".join(f"— {name}:\n{last_words(product.world.log(name))}" for name in falls or PARTS)
        raise LocalError(f"The product did not become ready. /health/ready said: {answer or 'nothing'}\n{logs}")


def _ask(address: Address, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(address.to_reach, address.port, timeout=5)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read(2000).decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error)
    finally:
        connection.close()


def _welcome(env: Mapping[str, str], address: Address) -> None:
    people = subprocess.run(
        [sys.executable, "manage.py", "demo_people"],
        env=dict(env),
        cwd=CLONE,
        capture_output=True,
        text=True,
        check=False,
    )
    if people.returncode != 0:
        raise LocalError(f"The demo people could not be listed:\n{people.stderr.strip()}")
    servers = [name for name, is_own in (("PostgreSQL", own_databases()), ("Redis", own_redis())) if is_own]
    say(f"\n{people.stdout.strip()}\n")
    if servers:
        say(f"{' and '.join(servers)}: your own, as the environment says.")
    say(f"The demonstration is ready: {address.url}   (Ctrl-C or `make stop` ends it)")


def _look_after_servers(world: World) -> None:
    embedded = {"postgres": not own_databases(), "redis": not own_redis()}
    ended = [name for name, is_ours in embedded.items() if is_ours and recorded(world.record(name)) is None]
    if ended:
        say(f"{' and '.join(ended)} ended; starting again.")
        start_servers(world)


@contextlib.contextmanager
def _only_demo(world: World) -> Iterator[None]:
    """Hold the one place for a demo of this world, and leave a record for `make stop`."""
    world.make_folder()
    with (world.folder / "demo.lock").open("w") as place:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LocalError("The demo is already running. `make stop` ends it.") from None
        Process(os.getpid(), birth(os.getpid()) or "").save(world.record("demo"))
        try:
            yield
        finally:
            world.record("demo").unlink(missing_ok=True)


@contextlib.contextmanager
def _wishes_to_end() -> Iterator[None]:
    """Turn the signals that ask us to end into `Ended`, once: further ones do not disturb the taking down."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def end(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise Ended

    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
