"""Migrations: named, and each with its way back, which is walked once."""

import os
import re
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

from tests.conftest import as_owner
from tests.core.access.questions import rows
from tests.source import APPS, ROOT

OURS = {"cre", "core", *APPS}


def our_migrations():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {key: migration for key, migration in loader.disk_migrations.items() if key[0] in OURS}


def test_every_migration_says_what_it_does():
    names = [f"{app}.{name}" for app, name in our_migrations()]
    assert [name for name in names if not re.fullmatch(r"\w+\.\d{4}_[a-z]\w+", name) or "_auto_" in name] == []


def test_every_app_has_one_line_of_migrations():
    names = sorted(our_migrations())
    for app in OURS:
        numbers = [int(name[:4]) for label, name in names if label == app]
        assert numbers == list(range(1, len(numbers) + 1)), app


def test_every_operation_has_a_way_back():
    one_way = [
        f"{app}.{name}: {operation.describe()}"
        for (app, name), migration in our_migrations().items()
        for operation in migration.operations
        if isinstance(operation, RunSQL | RunPython) and not operation.reversible
    ]
    assert one_way == []


def by_hand():
    """The operations in SQL of our own, in the order in which they run."""
    loader = MigrationLoader(connection)
    plan = [key for leaf in loader.graph.leaf_nodes() for key in loader.graph.forwards_plan(leaf)]
    return [
        (app, operation)
        for app, name in dict.fromkeys(plan)
        if app in OURS
        for operation in loader.disk_migrations[app, name].operations
        if isinstance(operation, RunSQL)
    ]


def made_by_hand():
    """Our functions, policies, triggers and the rights of the application role."""
    return {
        *rows("SELECT 'function', oid::regprocedure::text, '' FROM pg_proc WHERE proname LIKE 'cre\\_%%'"),
        *rows("SELECT 'policy', tablename::text, policyname::text FROM pg_policies"),
        *rows("SELECT 'trigger', tgrelid::regclass::text, tgname::text FROM pg_trigger WHERE NOT tgisinternal"),
        *rows(
            "SELECT 'guarded', relname::text, relrowsecurity::text || relforcerowsecurity::text "
            "FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relrowsecurity"
        ),
        *rows(
            "SELECT privilege_type::text, table_name::text, '' FROM information_schema.role_table_grants "
            "WHERE grantee = 'cre_app'"
        ),
    }


@pytest.mark.django_db
def test_what_is_written_by_hand_can_be_taken_back_and_done_again():
    with as_owner(), connection.schema_editor(atomic=False) as editor:
        before = made_by_hand()
        for app, operation in reversed(by_hand()):
            operation.database_backwards(app, editor, None, None)
        left = {row for row in made_by_hand() if row[0] in ("function", "policy", "trigger", "guarded")}
        for app, operation in by_hand():
            operation.database_forwards(app, editor, None, None)
        assert left == set()
        assert made_by_hand() == before


# All the way back and forth again in one process; after each, what there is of ours.
WALK = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection

def ours():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        )
        mine = ("cre_", "core_", "collab", "grants_", "learning_")
        return sorted(name for name, in cursor.fetchall() if name.startswith(mine))

call_command("migrate", "collaborators", "zero", verbosity=0)
print(ours())
for label in ("collaborations", "core"):
    call_command("migrate", label, verbosity=0)
print(len(ours()) > 50)
"""


@pytest.fixture
def copy_of_the_database(transactional_db):
    """The address of a copy of the migrated test database, which is left alone for the moment of copying."""
    name = f"copy_for_migrations{settings.TEST_SUFFIX}"
    address, original = os.environ["DATABASE_URL"], settings.DATABASES["default"]["NAME"]
    connections.close_all()
    with psycopg.connect(address, autocommit=True) as maintenance:
        maintenance.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        maintenance.execute(f"CREATE DATABASE {name} TEMPLATE {original} OWNER cre_owner")
        yield re.sub(r"/[^/]*$", f"/{name}", address)
        maintenance.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.skipif(os.environ.get("PROOF") != "1", reason="half a minute of Django's own work; `make proof` walks it")
@pytest.mark.django_db(transaction=True)
def test_the_whole_way_back_and_forth_can_be_walked(copy_of_the_database):
    walked = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WALK], cwd=ROOT, text=True, capture_output=True, check=False,
        env=os.environ | {"DATABASE_URL": copy_of_the_database, "DJANGO_SETTINGS_MODULE": "cre.settings"},
    )  # fmt: skip
    assert walked.returncode == 0, walked.stderr
    assert walked.stdout.splitlines() == ["[]", "True"]
