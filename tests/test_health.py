"""The two addresses that tell machines whether the product lives and can serve."""

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import RequestFactory

from cre import health
from cre.core.outbox.heartbeat import beat
from cre.demo.mark import MARK
from tests.conftest import as_owner


def ask(path: str, method: str = "get"):
    """What the middleware answers, before any other one."""
    middleware = health.HealthMiddleware(lambda request: pytest.fail("the request went on"))
    return middleware(getattr(RequestFactory(), method)(path))


def answer_of(response) -> tuple[int, bytes]:
    return response.status_code, response.content


def test_live_asks_no_database():
    # Without the django_db mark a query would be an error.
    assert answer_of(ask("/health/live")) == (200, b'{"live": true}')


def test_other_pages_go_on():
    middleware = health.HealthMiddleware(lambda request: HttpResponse("the page"))

    assert middleware(RequestFactory().get("/health/")).content == b"the page"


def test_a_probe_only_reads():
    assert ask("/health/ready", "post").status_code == 405


@pytest.mark.django_db
def test_with_everything_there_the_product_is_ready():
    assert answer_of(ask("/health/ready")) == (200, b'{"ready": true, "missing": [], "relay": "silent"}')


@pytest.mark.django_db
def test_a_relay_at_work_is_reported():
    beat()

    assert b'"relay": "alive"' in ask("/health/ready").content


@pytest.mark.django_db
def test_a_database_older_than_the_code_is_not_ready(monkeypatch):
    monkeypatch.setattr(health, "known_migrations", lambda: frozenset({("core", "9999_tomorrow")}))

    response = ask("/health/ready")

    assert response.status_code == 503
    assert b'"missing": ["migrations of the database", "migrations of the keys database"]' in response.content


@pytest.mark.django_db
def test_without_redis_nobody_waits_and_its_address_is_not_told(settings):
    settings.REDIS_URL = "redis://:hidden@127.0.0.1:1/0"

    response = ask("/health/ready")

    assert answer_of(response) == (503, b'{"ready": false, "missing": ["Redis"], "relay": "silent"}')


@pytest.mark.django_db
def test_without_a_master_key_the_product_is_not_ready(settings):
    settings.MASTER_KEY, settings.MASTER_KEY_FILE = "", ""

    assert b'"missing": ["master key"]' in ask("/health/ready").content


@pytest.mark.django_db
def test_a_demonstration_is_ready_when_its_world_is_complete(settings):
    settings.DEMO = True
    before = ask("/health/ready")
    with as_owner(), connections["default"].cursor() as cursor:
        cursor.execute(MARK)
        cursor.execute("UPDATE demo_world SET finished_at = now()")

    assert (before.status_code, ask("/health/ready").status_code) == (503, 200)
    assert b"demonstration world" in before.content


@pytest.mark.django_db
def test_a_database_that_is_away_is_named_and_the_rest_is_still_looked_at(monkeypatch):
    def is_reachable(alias: str) -> bool:
        return alias != "keys"

    monkeypatch.setattr(health, "is_reachable", is_reachable)

    assert b'"missing": ["keys database"]' in ask("/health/ready").content
