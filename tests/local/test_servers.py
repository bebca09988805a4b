"""The embedded servers are real ones: they keep their data, survive a hard end, and leave strangers alone."""

import os
import signal

import psycopg
import pytest
import redis

from cre.local.environment import world_environment
from cre.local.postgres import running_postgres
from cre.local.processes import wait_until
from cre.local.redis_server import running_redis
from cre.local.servers import keep_servers, servers_in_use, servers_run, start_servers, stop_servers
from cre.local.worlds import World

pytestmark = pytest.mark.usefixtures("empty_environment")


def query(world: World, variable: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(world_environment(world)[variable], autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_servers_stop_and_start_again_with_their_data(world):
    start_servers(world)
    query(world, "OWNER_DATABASE_URL", "CREATE TABLE kept AS SELECT 1 AS one")
    assert stop_servers(world) is True
    assert servers_run(world) is False

    start_servers(world)

    assert query(world, "OWNER_DATABASE_URL", "SELECT one FROM kept") == [(1,)]
    with redis.Redis.from_url(world_environment(world)["REDIS_URL"]) as client:
        assert client.config_get("save") | client.config_get("appendonly") == {"save": "", "appendonly": "no"}


def test_servers_that_were_killed_start_again_and_a_stranger_with_the_old_number_lives(world, stranger):
    start_servers(world)
    for process in (running_postgres(world), running_redis(world)):
        os.kill(process.pid, signal.SIGKILL)
    assert wait_until(lambda: not servers_run(world), 10)
    lock = world.place.home / "postgres" / "postmaster.pid"
    lock.write_text("\n".join([str(stranger.pid), *lock.read_text().splitlines()[1:]]))

    start_servers(world)

    assert query(world, "DATABASE_URL", "SELECT 1") == [(1,)]
    stop_servers(world)
    assert stranger.poll() is None


def test_a_server_whose_record_was_lost_is_found_again(world):
    start_servers(world)
    before = running_postgres(world)
    world.record("postgres").unlink()

    assert running_postgres(world) == before


def test_the_roles_can_do_what_they_must_and_no_more(world):
    start_servers(world)

    found = query(
        world,
        "DATABASE_URL",
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname ~ '^cre' ORDER BY 1",
    )

    assert found == [
        ("cre_app", False, False, False),
        ("cre_backup", False, True, False),
        ("cre_keys", False, False, True),
        ("cre_owner", False, False, True),
        ("cre_test", False, False, True),
    ]
    assert query(world, "DATABASE_URL", "SHOW track_activities") == [("off",)]
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(world_environment(world)["KEYS_DATABASE_URL"].replace("cre_test", "cre_app"))


def test_servers_stop_when_the_last_user_leaves(world):
    with servers_in_use(world):
        with servers_in_use(world):
            assert servers_run(world) is True
        assert servers_run(world) is True
    assert servers_run(world) is False


def test_servers_that_someone_asked_to_keep_stay(world):
    keep_servers(world)
    with servers_in_use(world):
        pass

    assert servers_run(world) is True


def test_below_a_private_folder_servers_get_a_place_that_only_they_can_enter(private_world):
    start_servers(private_world)

    place = private_world.place
    assert query(private_world, "DATABASE_URL", "SELECT 1") == [(1,)]
    for folder in (place.sockets, place.home / "postgres"):
        status = folder.stat()
        assert (status.st_mode & 0o777, status.st_uid) == (0o700, place.account.uid)
    assert place.account.can_enter(place.home)
    assert private_world.root.parent.stat().st_mode & 0o777 == 0o700


def test_a_long_path_still_has_room_for_a_socket(world):
    deep = World("test", root=world.root / ("deep" * 30))

    assert len(str(deep.place.sockets / ".s.PGSQL.5432")) < 100
    assert deep.place.sockets.stat().st_mode & 0o777 == 0o700
    deep.remove()


def test_data_of_a_clone_that_lay_at_the_same_path_are_not_taken_for_ours(world):
    start_servers(world)
    query(world, "OWNER_DATABASE_URL", "CREATE TABLE left_behind AS SELECT 1 AS one")
    stop_servers(world)
    world.secret_file("clone").unlink()

    start_servers(world)

    assert query(world, "OWNER_DATABASE_URL", "SELECT to_regclass('left_behind') IS NULL") == [(True,)]
