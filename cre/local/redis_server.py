"""A Redis of a world, in memory only: nothing is ever written to disk, because the day's salt lives there."""

import os
import socket
from pathlib import Path

import redis

from cre.local.errors import LocalError
from cre.local.processes import Process, comes_up, last_words, recorded, spawn, stop_recorded
from cre.local.worlds import World

HOST = "127.0.0.1"
START_SECONDS = 20
DATABASES = 16


def redis_url(world: World, database: int = 0) -> str:
    """The address of this world's Redis; its password keeps other users of the machine out."""
    return f"redis://:{_password(world)}@{HOST}:{_port(world)}/{database}"


def start_redis(world: World) -> Process:
    """The running Redis of this world, started if need be."""
    running = running_redis(world)
    if running is not None:
        return running
    for _attempt in range(3):
        if not _is_free(_port(world)):
            _port_file(world).unlink()
        process = _start(world)
        if comes_up(process, lambda: _answers(world), START_SECONDS):
            return process
        process.stop()
    log = world.log("redis")
    raise LocalError(f"Redis did not start. Its last words are in {log}:\n{last_words(log)}")


def running_redis(world: World) -> Process | None:
    return recorded(world.record("redis"))


def stop_redis(world: World) -> None:
    stop_recorded(world.record("redis"))


def _start(world: World) -> Process:
    place = world.place
    configuration = place.sockets / "redis.conf"
    lines = [
        f"bind {HOST}",
        f"port {_port(world)}",
        f"requirepass {_password(world)}",
        'save ""',
        "appendonly no",
        "daemonize no",
        f"databases {DATABASES}",
        f'dir "{place.sockets}"',
        "maxmemory-policy noeviction",
    ]
    configuration.unlink(missing_ok=True)
    configuration.touch(mode=0o600)
    configuration.write_text("\n".join(lines) + "\n")
    os.chown(configuration, place.account.uid, place.account.gid)
    return spawn(
        [place.binaries.redis, configuration],
        record=world.record("redis"),
        log=world.log("redis"),
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
        cwd=Path("/"),
        identity=place.account.identity,
    )


def _answers(world: World) -> bool:
    try:
        with redis.Redis.from_url(redis_url(world), socket_connect_timeout=1, socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _password(world: World) -> str:
    # Base64 has letters that an address would have to quote.
    return world.secret("redis").translate(str.maketrans("+/", "-_", "="))


def _port_file(world: World) -> Path:
    return world.folder / "redis.port"


def _port(world: World) -> int:
    """The port of this world's Redis: a free one, chosen once and kept."""
    file = _port_file(world)
    try:
        return int(file.read_text())
    except (FileNotFoundError, ValueError):
        with socket.socket() as candidate:
            candidate.bind((HOST, 0))
            port = int(candidate.getsockname()[1])
        world.make_folder()
        file.write_text(str(port))
        return port


def _is_free(port: int) -> bool:
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((HOST, port))
        except OSError:
            return False
    return True
