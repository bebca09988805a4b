"""The databases of the bench, made once and kept: a facilitator with ten thousand requests, up to a million rows."""

import hashlib
import os
import subprocess
import sys
from functools import cache
from urllib.parse import unquote, urlsplit

import psycopg

from tests.source import APPS, ROOT

# name: how many requests lie in it
SIZES = {"bench_10k": 30_000, "bench_100k": 100_000, "bench_1m": 1_000_000}


def addresses_of(name: str) -> dict[str, str]:
    changed = {
        variable: os.environ[variable].rsplit("/", 1)[0] + f"/{name}"
        for variable in ("DATABASE_URL", "OWNER_DATABASE_URL")
    }
    return os.environ | changed | {"ALLOWED_HOSTS": "127.0.0.1", "REQUEST_LIMIT_SECONDS": "600"}


def superuser() -> "psycopg.Connection[tuple[object, ...]]":
    """A connection as the embedded server's superuser, which only the bench uses, to make databases."""
    host = unquote(urlsplit(os.environ["DATABASE_URL"]).hostname or "") or unquote(
        urlsplit(os.environ["DATABASE_URL"]).netloc.rpartition("@")[2]
    )
    return psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True)


def full_comment() -> str:
    """What the comment on a full database says: that it was made with the migrations of today."""
    migrations = sorted(file for top in ("cre", *APPS) for file in (ROOT / top).rglob("migrations/*.*"))
    parts = [file.read_bytes() for file in migrations if file.suffix in {".py", ".sql"}]
    return f"full {hashlib.sha256(b''.join(parts)).hexdigest()[:16]}"


@cache
def environment_of(name: str) -> dict[str, str]:
    """Our environment, with the addresses of one of the bench's databases.

    It is made and filled first when it is missing or older; a full one is recognised by its comment.
    """
    environment = addresses_of(name)
    with superuser() as connection:
        note = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if note != (full_comment(),):
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
            connection.execute(f"CREATE DATABASE {name} OWNER cre_owner")
            for step in (["manage.py", "prepare", "-v", "0"], ["-m", "tests.bench.fill", str(SIZES[name])]):
                subprocess.run([sys.executable, *step], env=environment, check=True)
            connection.execute(f"COMMENT ON DATABASE {name} IS '{full_comment()}'")
    return environment
