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
from cre.local.processes import Process, birth, exit_code, last_words, recorded, spawn, wait_until
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
        stop_parts(world)
        check_port(address)
        try:
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
    left = stop_parts(world)
    for name in STEPS:
        step = recorded(world.record(name))
        if step is not None:
            step.stop()
            left = True
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


def say(sentence: str) -> None:
    print(sentence, flush=True)


def _serve(world: World, address: Address) -> None:
    env = _environment(world, address)
    for name, (words, command) in STEPS.items():
        _take_step(world, name, words, command, env)
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


def _take_step(world: World, name: str, words: str, command: list[str], env: Mapping[str, str]) -> None:
    print(f"{words} …", end="", flush=True)
    began, log = time.monotonic(), world.log(name)
    log.unlink(missing_ok=True)
    step = spawn([sys.executable, *command], record=world.record(name), log=log, env=env, cwd=CLONE)
    try:
        while step.is_alive:
            time.sleep(0.05)
    finally:
        step.stop()
        world.record(name).unlink(missing_ok=True)
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

    if not wait_until(is_ready, READY_SECONDS):
        falls = [name for name, part in product.parts.items() if part.restart_at is not None]
        logs = "\n".join(f"— {name}:\n{last_words(product.world.log(name))}" for name in falls or PARTS)
        raise LocalError(
            f"The product did not become ready. /health/ready said: {answer or 'nothing'}\n{logs}"
        )


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
    for name, is_own in (("postgres", own_databases()), ("redis", own_redis())):
        if not is_own and recorded(world.record(name)) is None:
            say(f"{name} has ended; starting it again.")
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
