"""Where something is missing, the command says what, where it looked and what to do."""

import socket

import pytest

from cre.local.demo import Address, check_port, chosen_address
from cre.local.environment import own_databases
from cre.local.errors import LocalError
from cre.local.servers import start_servers
from cre.local.worlds import world_named


@pytest.fixture
def taken_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        yield door.getsockname()[1]


@pytest.fixture
def closed_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@pytest.fixture
def own_servers(empty_environment, closed_port):
    """Addresses at which nobody listens."""
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "KEYS_DATABASE_URL"):
        empty_environment.setenv(name, f"postgresql://cre_app:hidden@127.0.0.1:{closed_port}/cre")
    return empty_environment


def test_a_taken_port_is_named_with_a_way_out(taken_port):
    with pytest.raises(LocalError) as error:
        check_port(Address("127.0.0.1", taken_port))

    assert f"Port {taken_port} on 127.0.0.1" in str(error.value)
    assert f"make demo PORT={taken_port + 1}" in str(error.value)


def test_a_free_port_is_accepted(closed_port):
    check_port(Address("127.0.0.1", closed_port))


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1", "80.5"])
def test_a_port_that_is_none_is_refused(port, monkeypatch):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(LocalError, match="is no port"):
        chosen_address()


def test_a_host_that_is_not_ours_is_refused():
    with pytest.raises(LocalError, match=r"HOST=nowhere\.invalid"):
        check_port(Address("nowhere.invalid", 8000))


def test_a_missing_database_is_named_with_its_place_and_without_its_password(own_servers, closed_port, world):
    with pytest.raises(LocalError) as error:
        start_servers(world)

    assert f"DATABASE_URL names cre at 127.0.0.1:{closed_port}" in str(error.value)
    assert "unset DATABASE_URL" in str(error.value)
    assert "hidden" not in str(error.value)


def test_a_missing_redis_is_named_with_its_place_and_without_its_password(empty_environment, closed_port, world):
    empty_environment.setenv("REDIS_URL", f"redis://:hidden@127.0.0.1:{closed_port}/3")

    with pytest.raises(LocalError) as error:
        start_servers(world)

    assert f"REDIS_URL names 3 at 127.0.0.1:{closed_port}" in str(error.value)
    assert "hidden" not in str(error.value)


def test_half_an_address_book_is_refused(own_servers):
    own_servers.delenv("KEYS_DATABASE_URL")

    with pytest.raises(LocalError, match="KEYS_DATABASE_URL is not"):
        own_databases()


def test_addresses_of_embedded_servers_in_the_shell_are_not_taken_for_own_ones(own_servers):
    own_servers.setenv("CRE_LOCAL", "dev")

    assert own_databases() is False


def test_an_unknown_world_is_refused_with_the_known_ones():
    with pytest.raises(LocalError, match="dev, test, demo, bench"):
        world_named("production")
