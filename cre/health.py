"""Whether the product lives, and whether it can serve: two addresses for machines that look after it.

They are answered before every other middleware: a probe has no host name, no TLS and no session, and must
get its answer when the database or Redis is away.
"""

from collections.abc import Callable, Iterator
from functools import cache
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from cre.core.outbox import is_alive
from cre.core.vault import VaultError, missing_versions, require_keys
from cre.demo.mark import is_demo_loaded

REDIS_SECONDS = 0.05
DATABASES = {"default": "database", "keys": "keys database"}


class HealthMiddleware:
    """Answers `/health/live` and `/health/ready`; stands first in MIDDLEWARE."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = {"/health/live": live, "/health/ready": ready}.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        return response


def live(_request: HttpRequest) -> HttpResponse:
    """Answer 200: the process runs. It asks nothing and nobody."""
    return JsonResponse({"live": True})


def ready(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when everything is there, or 503 with the names, never the values, of what is missing.

    The relay is reported and not required: without it pages work, and what is told waits in the outbox.
    """
    missing = list(what_is_missing())
    status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
    return JsonResponse({"ready": not missing, "missing": missing, "relay": relay_state()}, status=status)


def what_is_missing() -> Iterator[str]:
    """The names of the parts without which nobody can be served."""
    migrated = {}
    for alias, name in DATABASES.items():
        is_there = is_reachable(alias)
        migrated[alias] = is_there and is_migrated(alias)
        if not migrated[alias]:
            yield f"migrations of the {name}" if is_there else name
    if not holds_master_key(for_stored_keys=migrated["keys"]):
        yield "master key"
    if not is_redis_there():
        yield "Redis"
    if settings.DEMO and migrated["default"] and not is_demo_loaded():
        yield "demonstration world"


def relay_state() -> str:
    """Whether the relay has been at work lately, as a word."""
    try:
        return "alive" if is_alive() else "silent"
    except (DatabaseError, ImproperlyConfigured):
        return "unknown"


def is_reachable(alias: str) -> bool:
    """Whether the database answers."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, ImproperlyConfigured):
        return False
    return True


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Every migration of this version of the code, read once."""
    return frozenset(MigrationLoader(None).disk_migrations)


def is_migrated(alias: str) -> bool:
    """Whether the database is as new as the code."""
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return known_migrations() <= applied.keys()


def holds_master_key(*, for_stored_keys: bool) -> bool:
    """Whether the master key loads, and whether it has every version that the stored keys need."""
    try:
        require_keys()
        return not (for_stored_keys and missing_versions())
    except VaultError:
        return False


def is_redis_there() -> bool:
    """Whether Redis answers at once."""
    try:
        with Redis.from_url(
            settings.REDIS_URL,
            socket_connect_timeout=REDIS_SECONDS,
            socket_timeout=REDIS_SECONDS,
            retry=Retry(NoBackoff(), 0),
        ) as redis:
            return bool(redis.ping())
    except (RedisError, ValueError):
        return False
