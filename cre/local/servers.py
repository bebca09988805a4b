"""PostgreSQL and Redis of a world: started, checked, stopped; or those that the environment names."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import psycopg
import redis

from cre.local.environment import DATABASE_VARIABLES, own_databases, own_redis
from cre.local.errors import LocalError
from cre.local.postgres import running_postgres, start_postgres, stop_postgres
from cre.local.redis_server import running_redis, start_redis, stop_redis
from cre.local.worlds import World


def start_servers(world: World) -> None:
    """Start what is not running; servers that the environment names are only asked whether they are there."""
    if own_databases():
        for variable in DATABASE_VARIABLES:
            check_database(variable)
    if own_redis():
        check_redis()
    with world.locked():
        if not own_databases():
            start_postgres(world)
        if not own_redis():
            start_redis(world)


def stop_servers(world: World) -> bool:
    """Stop this world's embedded servers; whether there was one to stop."""
    if not world.folder.exists():
        return False
    with world.locked():
        were_running = servers_run(world)
        stop_redis(world)
        stop_postgres(world)
        _kept(world, False)
    return were_running


def servers_run(world: World) -> bool:
    if not world.folder.exists():
        return False
    return running_postgres(world) is not None or running_redis(world) is not None


def keep_servers(world: World) -> None:
    """Start the servers and let them run until they are told to stop, whoever else uses them."""
    start_servers(world)
    _kept(world, True)


@contextlib.contextmanager
def servers_in_use(world: World) -> Iterator[None]:
    """The servers run inside; then they stop, unless someone else still uses them or asked to keep them."""
    world.make_folder()
    with (world.folder / "in-use").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            start_servers(world)
            yield
        finally:
            _stop_if_last(world, users.fileno())


def stop_unless_used(world: World) -> bool:
    """Stop servers that a killed command left and nobody uses; whether there was one to stop."""
    if not world.folder.exists():
        return False
    with (world.folder / "in-use").open("w") as users:
        return _stop_if_last(world, users.fileno())


def _stop_if_last(world: World, users: int) -> bool:
    if (world.folder / "kept").exists() or not _was_last(users):
        return False
    return stop_servers(world)


def _was_last(users: int) -> bool:
    """Whether nobody else holds the shared lock; if so it is ours, and a newcomer waits until we are done."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _kept(world: World, is_kept: bool) -> None:
    mark = world.folder / "kept"
    if is_kept:
        mark.touch()
    else:
        mark.unlink(missing_ok=True)


def check_database(variable: str) -> None:
    """LocalError that names the server, where it was looked for and what to do, if it does not answer."""
    url = os.environ[variable]
    try:
        with psycopg.connect(url, connect_timeout=5):
            return
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
    raise LocalError(
        f"PostgreSQL does not answer. {variable} names {_where(url)}.\nIt said: {reason}\n"
        f"Start that server (cre/deploy/roles.sql makes its roles and databases) or correct {variable}; to "
        f"use the embedded one, unset {', '.join(DATABASE_VARIABLES)}."
    )


def check_redis() -> None:
    """LocalError that says where Redis was looked for and what to do, if it does not answer."""
    url = os.environ["REDIS_URL"]
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as client:
            client.ping()
            return
    except (redis.RedisError, ValueError) as error:
        reason = str(error)
    raise LocalError(
        f"Redis does not answer. REDIS_URL names {_where(url)}.\nIt said: {reason}\n"
        "Start that server or correct REDIS_URL; to use the embedded one, unset REDIS_URL."
    )


def _where(url: str) -> str:
    """The place that an address names, without its password."""
    parts = urlsplit(url)
    host = unquote(parts.netloc.rpartition("@")[2]) or "the default place"
    return f"{parts.path.lstrip('/') or '(no name)'} at {host}"
