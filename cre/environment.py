"""What the settings read from the environment."""

import os
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

ROW_SECURITY = "cre.core.access.database"
# Row security makes planning dear: what a connection asks often is planned once and kept. Values then travel apart
# from the text of a statement, so that no log of statements holds them.
PREPARED: dict[str, object] = {"server_side_binding": True, "prepare_threshold": 3}


def flag(name: str, default: bool = False) -> bool:
    """Whether the environment variable `name` is switched on (1, true, yes, on)."""
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated values of the environment variable `name`."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """The whole number in the environment variable `name`. Raises ImproperlyConfigured, without the value."""
    try:
        return int(os.environ.get(name, "") or default)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not a whole number; .env.example says what it means.") from None


def database(variable: str, *, options: dict[str, object] | None = None, **settings: object) -> dict[str, Any]:
    """The Django database settings for the address in the environment variable `variable`.

    options: beside those that the address names, such as sslmode; settings: any others of Django's.
    Raises ImproperlyConfigured, without the address: it holds a password.
    """
    try:
        named = dj_database_url.parse(os.environ.get(variable, "postgresql://localhost/unset"), conn_max_age=60)
    except ValueError:
        raise ImproperlyConfigured(f"{variable} is not the address of a database; see .env.example.") from None
    return {
        **named,
        "ENGINE": ROW_SECURITY,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": named.get("OPTIONS", {}) | (options or {}),
        **settings,
    }


def databases(*, testing: bool, suffix: str = "") -> dict[str, dict[str, Any]]:
    """Where the data lies, for the application and for the owner of the tables, and, apart from it, the keys.

    testing: one login that may become either role, so that set-up and test share a transaction; suffix: part of the
    names of the databases of tests, so that several runs do not meet.
    """
    found = {
        "default": database("DATABASE_URL", options=PREPARED, ATOMIC_REQUESTS=True),
        "owner": database("OWNER_DATABASE_URL", CONN_MAX_AGE=0),
        "keys": database("KEYS_DATABASE_URL"),
    }
    found["default"]["TEST"] = {"NAME": f"test_cre{suffix}"}
    found["owner"]["TEST"] = {"MIRROR": "default"}
    found["keys"]["TEST"] = {"NAME": f"test_cre_keys{suffix}", "DEPENDENCIES": []}
    if testing:
        for alias, role in (("default", "cre_owner"), ("keys", "cre_keys")):
            found[alias]["OPTIONS"]["assume_role"] = role
            found[alias]["CONN_MAX_AGE"] = 0
    return found
