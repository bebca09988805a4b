"""Promise P01: the address and the browser of a person of a community are kept nowhere at all."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connections
from django.test import Client
from redis import Redis

from collaborators.actions import Intake, begin_intake
from collaborators.models import Region, User
from tests.access_rows import ROWS
from tests.community.walking import REACH
from tests.conftest import as_owner
from tests.delivering import deliver_all
from tests.log_lines import log
from tests.test_access_matrix import address_of
from tests.three_communities import World, build_world

__all__ = ["log"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise("P01")]
# An address of each kind, and a browser, that occur nowhere else.
MARKS = ("203.0.113.77", "198.51.100.77", "2001:db8:77::77", "2001:db8:77", "CanaryBrowser", "CanaryHint")
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def browser(address: str = "203.0.113.77") -> Client:
    """A browser that gives away whatever browsers do."""
    return Client(
        raise_request_exception=False,
        REMOTE_ADDR=address,
        HTTP_X_FORWARDED_FOR="198.51.100.77, 203.0.113.77",
        HTTP_X_REAL_IP="198.51.100.77",
        HTTP_FORWARDED="for=198.51.100.77",
        HTTP_USER_AGENT="CanaryBrowser/7.7 (CanaryHint)",
        HTTP_SEC_CH_UA='"CanaryHint"',
    )


def marks_in(text: str) -> set[str]:
    """The marks in a text; bytes of a table are written in hexadecimal."""
    return {mark for mark in MARKS if mark.lower() in text.lower() or mark.encode().hex() in text}


def rows_of(alias: str) -> Iterator[tuple[str, str]]:
    """Each row of each table as text, bytes readable, as the owner of the tables sees it."""
    with connections[alias].cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
            for (row,) in cursor.fetchall():
                yield table, row


def kept_in_redis() -> Iterator[str]:
    """Every key and value in the memory of Redis."""
    with Redis.from_url(settings.REDIS_URL) as redis:
        readers: dict[bytes, Any] = {
            b"string": redis.get,
            b"hash": redis.hgetall,
            b"list": lambda key: redis.lrange(key, 0, -1),
            b"set": redis.smembers,
            b"zset": lambda key: redis.zrange(key, 0, -1),
        }
        for key in redis.scan_iter():
            yield f"{key!r} {readers.get(redis.type(key), str)(key)!r}"


def leaks(log: io.StringIO, *browsers: Client) -> list[str]:
    """Everywhere a mark was kept; sessions are sealed, so they are opened by the browsers that hold their keys."""
    found = []
    opened = [str(dict(client.session)) for client in browsers]
    with as_owner():
        for alias in ("default", "keys"):
            found += [f"table {table}: {marks_in(row)}" for table, row in rows_of(alias) if marks_in(row)]
    found += [f"session: {marks_in(text)}" for text in opened if marks_in(text)]
    found += [f"Redis: {text}" for text in kept_in_redis() if marks_in(text)]
    found += [f"log: {line}" for line in log.getvalue().splitlines() if marks_in(line)]
    found += [f"mail: {marks_in(str(letter.message()))}" for letter in mail.outbox if marks_in(str(letter.message()))]
    files = Path(settings.MAIL_DIR).rglob("*") if settings.MAIL_DIR else ()
    found += [f"file {file}" for file in files if file.is_file() and marks_in(file.read_text(errors="replace"))]
    return found


@pytest.fixture
def world(coordinator: User) -> World:
    return build_world(coordinator)


def community_addresses(world: World) -> Iterator[str]:
    for name, row in ROWS.items():
        if name.startswith("community:") or not row.kind:
            yield address_of(name, row, world, "own")


@pytest.mark.parametrize("address", ["203.0.113.77", "2001:db8:77::77"], ids=["IPv4", "IPv6"])
def test_no_page_of_the_community_keeps_who_opened_it(world: World, log: io.StringIO, address: str) -> None:
    member, nobody = browser(address), browser(address)
    person = world.people["member_own"]
    assert person is not None
    member.force_login(person, backend="collaborators.backends.ReceiptCodeBackend")
    for path in community_addresses(world):
        if path == "/exit":
            continue
        for client in (member, nobody):
            assert client.get(path).status_code < 500, path
            assert client.post(path, {"text": "words", "version": "1"}).status_code < 500, path
    deliver_all()

    assert leaks(log, member, nobody) == []


@pytest.fixture
def intake(region: Region) -> Intake:
    return begin_intake(language="en", region=region, channel="check-here", chosen_name="Coders")


def test_asking_and_coming_back_keep_nobodys_address(intake: Intake, log: io.StringIO) -> None:
    asking, returning, guessing = browser(), browser(), browser()
    assert asking.get("/community/ask/").status_code == 200
    assert asking.post("/community/ask/reach/", REACH).status_code == 200
    assert returning.post("/community/code/", {"door-code": str(intake.code)}).status_code == 302
    for _ in range(25):
        guessing.post("/community/code/", {"door-code": "0" * 28})
    deliver_all()

    assert leaks(log, asking, returning, guessing) == []


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/"])
def test_signing_in_keeps_nobodys_address(facilitator: User, log: io.StringIO, address: str) -> None:
    typed = {"login": facilitator.email, "password": "wrong-wrong-wrong", "email": facilitator.email}
    client = browser()
    for _ in range(12):
        client.post(address, typed)
    client.post(address, typed | {"password": "demo-only-password"})
    deliver_all()

    assert leaks(log, client) == []


def test_an_error_keeps_nobodys_address(log: io.StringIO, settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.failing.FailingMiddleware"]
    for path in ("/", "/community/", "/community/code/"):
        assert browser().post(path, {"text": "words"}).status_code == 500

    assert leaks(log) == []


def test_the_search_finds_an_address_in_each_place(log: io.StringIO, facilitator: User, region: Region) -> None:
    logging.getLogger("cre.probe").warning("from %s", MARKS[0])
    mail.send_mail("x", MARKS[0], None, ["x@test.example"])
    with as_owner():
        Region.objects.filter(pk=region.pk).update(name=MARKS[0])
    client = Client()
    client.force_login(facilitator, backend="collaborators.backends.EmailBackend")
    session = client.session
    session["from"] = MARKS[0]
    session.save()
    key = f"{settings.REDIS_PREFIX}probe"
    with Redis.from_url(settings.REDIS_URL) as redis:
        redis.set(key, MARKS[0], ex=60)

    found = leaks(log, client)

    with Redis.from_url(settings.REDIS_URL) as redis:
        redis.delete(key)
    assert {what.partition(" ")[0].rstrip(":") for what in found} == {"table", "session", "Redis", "log", "mail"}
