"""What production refuses to start with, each cause as one sentence that says what to do.

The settings are looked at by every command of `manage.py`, the servers by `check --deploy`, and both by
whatever serves: `refuse_unsafe_start()` stands in `cre.wsgi` and `cre.celery`.
"""

import logging
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's own name
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections
from redis import Redis, RedisError

from collaborators.peppers import newest_version, old_peppers
from cre.core.vault import VaultError, require_keys
from cre.demo.mark import is_demo_database

logger = logging.getLogger(__name__)
Apps = Sequence[AppConfig] | None
SECRETS = ("SECRET_KEY", "ACTOR_KEY", "CODE_PEPPER")
# 32 signs of base64 hold 192 bits; fewer different ones were typed by hand.
SHORTEST, FEWEST_SIGNS = 32, 10
# What stands in examples and in step-by-step guides, never in a random value.
EXAMPLES = ("change", "example", "insecure", "only-for", "password", "secret")
LEAST_HASH_KIB = 19_456
OWN_MACHINE = {"127.0.0.1", "localhost", "::1", "[::1]", ".localhost"}
ROLE = """
SELECT rolsuper, rolbypassrls, EXISTS (
    SELECT 1 FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE n.nspname = 'public' AND t.relkind = 'r' AND pg_has_role(current_user, t.relowner, 'MEMBER'))
FROM pg_roles WHERE rolname = current_user
"""


def is_production() -> bool:
    """Whether this installation serves real people."""
    return not (settings.DEBUG or settings.DEMO or settings.TESTING)


@register(Tags.security)
def unsafe_settings(app_configs: Apps = None, **_: Any) -> list[CheckMessage]:
    """What is wrong with the settings, without asking a server."""
    if not is_production():
        return list(open_windows())
    return [*weak_secrets(), *lost_peppers(), *weak_vault(), *weak_transport(), *examples_in_addresses()]


@register(Tags.security, deploy=True)
def unsafe_servers(app_configs: Apps = None, **_: Any) -> list[CheckMessage]:
    """What is wrong with the servers that the settings name."""
    if not is_production():
        return []
    try:
        return [*weak_role(), *demo_data(), *kept_on_disk()]
    except (DatabaseError, ImproperlyConfigured) as problem:
        return [
            Error(
                f"The database cannot be asked whether it is safe ({type(problem).__name__}); "
                "look at DATABASE_URL and at the server.",
                id="cre.E020",
            )
        ]


def refuse_unsafe_start() -> None:
    """End the program with one sentence for each unsafe thing; warnings go to the log.

    No connection is left open, because the servers that call this split into several processes afterwards.
    """
    found = [*unsafe_settings(), *unsafe_servers()]
    connections.close_all()
    refused = [message for message in found if message.is_serious()]
    for message in found:
        if message not in refused:
            logger.warning("%s", message.msg)
    if refused:
        lines = ["The exchange does not start, because people could be harmed:"]
        raise SystemExit("\n- ".join([*lines, *(f"{message.msg} ({message.id})" for message in refused)]))


def setting(name: str) -> str:
    """A setting as text; Django itself refuses to hand out an empty SECRET_KEY."""
    try:
        return str(getattr(settings, name))
    except ImproperlyConfigured:
        return ""


def open_windows() -> Iterator[CheckMessage]:
    """Switches that show or skip things, while strangers can come in."""
    is_public = bool(set(settings.ALLOWED_HOSTS) - OWN_MACHINE)
    for name in ("DEBUG", "TESTING"):
        if is_public and getattr(settings, name) and not (name == "TESTING" and settings.DEBUG):
            yield Error(
                f"{name} is on while ALLOWED_HOSTS names a public host; take {name} out of the environment.",
                id="cre.E001",
            )


def weak_secrets() -> Iterator[CheckMessage]:
    """Secrets that are missing, short, copied from an example, or used twice."""
    values = {name: setting(name) for name in SECRETS}
    for name, value in values.items():
        if not value:
            yield Error(f"{name} is missing; make one as .env.example says.", id="cre.E002")
        elif any(word in value.lower() for word in EXAMPLES):
            yield Error(f"{name} comes from an example; make one as .env.example says.", id="cre.E003")
        elif len(value) < SHORTEST or len(set(value)) < FEWEST_SIGNS:
            yield Error(f"{name} is too short; make one as .env.example says.", id="cre.E004")
    given = [value for value in values.values() if value]
    if len(set(given)) < len(given):
        yield Error(f"{', '.join(SECRETS)} must differ from each other; two are the same.", id="cre.E005")


def lost_peppers() -> Iterator[CheckMessage]:
    """Earlier peppers that cannot be read or stand under a wrong version: codes made with them would open nothing."""
    try:
        old = old_peppers()
    except ImproperlyConfigured as problem:
        yield Error(str(problem), id="cre.E016")
        return
    if not all(0 < version < newest_version() for version in old):
        yield Error(
            "CODE_PEPPERS_OLD holds a version that is not older than CODE_PEPPER_VERSION; count that one up.",
            id="cre.E016",
        )


def weak_vault() -> Iterator[CheckMessage]:
    """No key for what is sealed, keys beside it, or codes that are cheap to guess."""
    try:
        require_keys()
    except VaultError as problem:
        yield Error(f"Nothing can be sealed: {problem}", id="cre.E006")
    keys, main = (connections.settings[alias] for alias in ("keys", "default"))
    if (keys["HOST"], keys["PORT"], keys["NAME"]) == (main["HOST"], main["PORT"], main["NAME"]):
        yield Error("KEYS_DATABASE_URL names the main database; a dump would hold the keys to itself.", id="cre.E007")
    if not settings.TOMBSTONE_FILE:
        yield Warning(
            "A restored backup would bring back what was deleted for good; set TOMBSTONE_FILE.",
            id="cre.W002",
        )
    if settings.CODE_HASH_KIB < LEAST_HASH_KIB:
        yield Error(
            f"CODE_HASH_KIB is below {LEAST_HASH_KIB}; receipt codes could be guessed cheaply.",
            id="cre.E008",
        )


def weak_transport() -> Iterator[CheckMessage]:
    """Answers to any host, or words that travel unencrypted."""
    hosts = set(settings.ALLOWED_HOSTS)
    if "*" in hosts:
        yield Error("ALLOWED_HOSTS holds a star; name the hosts that people use.", id="cre.E009")
    elif not hosts - OWN_MACHINE:
        yield Error("ALLOWED_HOSTS names no public host; name the hosts that people use.", id="cre.E010")
    if not (settings.SECURE_SSL_REDIRECT or getattr(settings, "SECURE_PROXY_SSL_HEADER", None)):
        yield Error(
            "Without TLS everybody on the way reads along; leave SSL_REDIRECT on, or set "
            "BEHIND_PROXY=1 where a proxy does it.",
            id="cre.E011",
        )


def examples_in_addresses() -> Iterator[CheckMessage]:
    """Servers whose password is that of an example."""
    for alias, variable in (("default", "DATABASE_URL"), ("keys", "KEYS_DATABASE_URL")):
        password = str(connections.settings[alias]["PASSWORD"] or "")
        if any(word in password.lower() for word in EXAMPLES):
            yield Error(f"The password in {variable} comes from an example; give the role its own.", id="cre.E012")
    if ":PASSWORD@" in settings.REDIS_URL:
        yield Error("The password in REDIS_URL comes from an example; give Redis its own.", id="cre.E012")


def weak_role() -> Iterator[CheckMessage]:
    """A database role that row security does not bind."""
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        is_superuser, bypasses, owns = cursor.fetchone()
    if is_superuser or bypasses:
        yield Error(
            "The role in DATABASE_URL is not bound by row security; serve as cre_app of cre/deploy/roles.sql.",
            id="cre.E013",
        )
    elif owns:
        yield Error(
            "The role in DATABASE_URL owns the tables or may become their owner; serve as cre_app of "
            "cre/deploy/roles.sql.",
            id="cre.E014",
        )


def demo_data() -> Iterator[CheckMessage]:
    """A database whose people have public passwords."""
    if is_demo_database():
        yield Error("The database was a demonstration, with public passwords; make a new one.", id="cre.E015")


def kept_on_disk() -> Iterator[CheckMessage]:
    """A Redis that writes the day's salt to a disk; one that does not say is left alone."""
    try:
        with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as redis:
            kept: Any = redis.config_get("save", "appendonly")
    except (RedisError, ValueError):
        return
    if kept.get("save") or kept.get("appendonly") == "yes":
        yield Warning('Redis writes to a disk; set save "" and appendonly no.', id="cre.W001")
