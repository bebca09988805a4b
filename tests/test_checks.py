"""A production start with unsafe settings refuses to run and says why."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks.registry import registry
from django.db import connections

from cre import checks
from cre.demo.mark import MARK
from tests.conftest import as_owner

CLONE = Path(__file__).parent.parent
SAFE = {
    "TESTING": False,
    "DEBUG": False,
    "DEMO": False,
    "SECRET_KEY": "q8Zr2kfWb5Yt0Vn7Lx3Hc9Jd1Gm4Ps6A",
    "ACTOR_KEY": "Tn4Bv8Kz1Xe6Rw3Uq9Yo2Mi7La5Hg0Fd",
    "CODE_PEPPER": "Wc7Jp2Ds9Nk4Ga1Zu6Ty8Eb3Vr5Qx0Lh",
    "ALLOWED_HOSTS": ["exchange.example.org"],
    "SECURE_SSL_REDIRECT": True,
    "CODE_HASH_KIB": 19_456,
    "TOMBSTONE_FILE": "/srv/tombstones",
}


@pytest.fixture
def production(settings):
    """Settings with which the exchange may serve people."""
    for name, value in SAFE.items():
        setattr(settings, name, value)
    return settings


def ids(messages) -> list[str]:
    return [message.id for message in messages]


def test_safe_settings_have_nothing_to_answer_for(production):
    assert checks.unsafe_settings() == []


@pytest.mark.promise("P28")
@pytest.mark.parametrize(
    ("name", "value", "cause"),
    [
        ("SECRET_KEY", "", "cre.E002"),
        ("ACTOR_KEY", "", "cre.E002"),
        ("CODE_PEPPER", "", "cre.E002"),
        ("SECRET_KEY", "django-insecure-3Vr5Qx0Lh7Jp2Ds9Nk4Ga1Zu6Ty8", "cre.E003"),
        ("CODE_PEPPER", "only-for-this-step-7Jp2Ds9Nk4Ga1Zu6Ty8", "cre.E003"),
        ("ACTOR_KEY", "q8Zr2kfWb5Yt0Vn", "cre.E004"),
        ("SECRET_KEY", "ababababababababababababababababababab", "cre.E004"),
        ("CODE_PEPPER", SAFE["ACTOR_KEY"], "cre.E005"),
        ("CODE_PEPPERS_OLD", ["Wc7Jp2Ds9Nk4Ga1Zu6Ty8Eb3Vr5Qx0Lh"], "cre.E016"),
        ("CODE_PEPPERS_OLD", ["one:Wc7Jp2Ds9Nk4Ga1Zu6Ty8Eb3Vr5Qx0Lh"], "cre.E016"),
        ("CODE_PEPPERS_OLD", ["1:Wc7Jp2Ds9Nk4Ga1Zu6Ty8Eb3Vr5Qx0Lh"], "cre.E016"),
        ("MASTER_KEY", "1:not-base64", "cre.E006"),
        ("CODE_HASH_KIB", 19_455, "cre.E008"),
        ("TOMBSTONE_FILE", "", "cre.W002"),
        ("ALLOWED_HOSTS", ["*"], "cre.E009"),
        ("ALLOWED_HOSTS", ["exchange.example.org", "*"], "cre.E009"),
        ("ALLOWED_HOSTS", ["127.0.0.1", "localhost"], "cre.E010"),
        ("ALLOWED_HOSTS", [], "cre.E010"),
        ("SECURE_SSL_REDIRECT", False, "cre.E011"),
        ("REDIS_URL", "redis://:PASSWORD@redis:6379/0", "cre.E012"),
    ],
)
def test_an_unsafe_setting_is_refused(production, name, value, cause):
    setattr(production, name, value)

    assert ids(checks.unsafe_settings()) == [cause]


@pytest.mark.promise("P28")
def test_a_missing_master_key_is_refused(production):
    production.MASTER_KEY, production.MASTER_KEY_FILE = "", ""

    assert ids(checks.unsafe_settings()) == ["cre.E006"]


def test_the_pepper_of_before_is_kept_under_its_own_version(production):
    production.CODE_PEPPER_VERSION, production.CODE_PEPPERS_OLD = 2, [f"1:{SAFE['ACTOR_KEY']}"]

    assert checks.unsafe_settings() == []


@pytest.mark.promise("P28")
@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "postgresql://me:Q7-not-told@host:a-port/cre"), ("CODE_PEPPER_VERSION", "Q7-not-told")],
)
def test_a_variable_that_cannot_be_read_is_named_without_its_value(name, value):
    ended = start("import cre.wsgi", **({"DATABASE_URL": address("cre_app")} | {name: value}))

    assert (ended.returncode, name in ended.stderr, "Q7-not-told" in ended.stderr) == (1, True, False)


def test_a_proxy_may_be_the_one_that_redirects_to_tls(production):
    production.SECURE_SSL_REDIRECT = False
    production.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    assert checks.unsafe_settings() == []


@pytest.mark.promise("P28")
@pytest.mark.parametrize("name", ["DEBUG", "TESTING"])
def test_what_shows_values_is_refused_where_strangers_come_in(production, name):
    setattr(production, name, True)

    assert ids(checks.unsafe_settings()) == ["cre.E001"]


def test_on_ones_own_machine_everything_goes(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]

    assert [checks.unsafe_settings(), checks.unsafe_servers()] == [[], []]


@pytest.mark.promise("P28")
def test_the_keys_beside_the_data_are_refused(production, monkeypatch):
    monkeypatch.setitem(connections.settings["keys"], "NAME", connections.settings["default"]["NAME"])

    assert ids(checks.unsafe_settings()) == ["cre.E007"]


@pytest.mark.promise("P28")
def test_the_password_of_an_example_is_refused(production, monkeypatch):
    monkeypatch.setitem(connections.settings["default"], "PASSWORD", "PASSWORD")

    assert ids(checks.unsafe_settings()) == ["cre.E012"]


@pytest.mark.django_db
def test_the_role_that_serves_is_bound_by_row_security(production):
    assert checks.unsafe_servers() == []


@pytest.mark.promise("P28")
@pytest.mark.django_db
def test_the_owner_of_the_tables_may_not_serve(production):
    with as_owner():
        found = ids(checks.unsafe_servers())

    assert found == ["cre.E014"]


@pytest.mark.promise("P28")
@pytest.mark.django_db
def test_a_demonstration_may_not_become_the_real_thing(production):
    with as_owner(), connections["default"].cursor() as cursor:
        cursor.execute(MARK)

    assert ids(checks.unsafe_servers()) == ["cre.E015"]


def test_commands_ask_the_settings_and_a_deployment_asks_the_servers_too():
    asked, asked_for_deployment = registry.get_checks(), registry.get_checks(include_deployment_checks=True)

    assert (checks.unsafe_settings in asked, checks.unsafe_servers in asked) == (True, False)
    assert checks.unsafe_servers in asked_for_deployment


def start(program: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Start a program as in production on the servers of these tests, with these variables changed."""
    safe = {"ALLOWED_HOSTS": "exchange.example.org", "CODE_HASH_KIB": "19456", "TOMBSTONE_FILE": "/srv/tombstones"}
    given = os.environ | safe | changes
    without = {"TESTING", "CRE_TEST_SUFFIX", "DEBUG", "DEMO"} - changes.keys()
    return subprocess.run(
        [sys.executable, "-c", program],
        env={name: value for name, value in given.items() if value is not None and name not in without},
        cwd=CLONE, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def address(role: str) -> str:
    return os.environ["DATABASE_URL"].replace("cre_test@", f"{role}@")


@pytest.mark.promise("P28")
@pytest.mark.parametrize("program", ["import cre.wsgi", "import cre.celery"])
def test_the_web_and_the_worker_refuse_an_unsafe_start_and_say_why(program):
    ended = start(program, DATABASE_URL=address("cre_app"), SECRET_KEY="", ALLOWED_HOSTS="*")

    assert ended.returncode == 1
    assert "SECRET_KEY is missing" in ended.stderr
    assert "ALLOWED_HOSTS holds a star" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.promise("P28")
def test_a_superuser_may_not_serve():
    ended = start("import cre.wsgi", DATABASE_URL=address("postgres"))

    assert (ended.returncode, "not bound by row security" in ended.stderr) == (1, True)


@pytest.mark.promise("P28")
def test_a_database_that_does_not_answer_is_not_taken_for_safe():
    ended = start("import cre.wsgi", DATABASE_URL="postgresql://cre_app@127.0.0.1:1/cre")

    assert (ended.returncode, "cannot be asked" in ended.stderr) == (1, True)


@pytest.mark.promise("P22")
@pytest.mark.parametrize(
    "crash",
    [
        "raise ValueError('Q7-not-told')",
        "import threading; thread = threading.Thread(target=int, args=['Q7-not-told']); thread.start(); thread.join()",
    ],
    ids=["the program", "a thread of it"],
)
def test_of_a_program_that_crashes_the_kind_and_place_are_printed(crash):
    ended = start(f"import cre.wsgi; {crash}", DATABASE_URL=address("cre_app"))

    assert re.search(r'"event": "ValueError at [^"]+:\d+"', ended.stderr)
    assert ("Q7-not-told" in ended.stderr, "Traceback" in ended.stderr) == (False, False)


def test_a_safe_start_goes_through():
    ended = start("import cre.wsgi", DATABASE_URL=address("cre_app"))

    assert (ended.returncode, ended.stderr) == (0, "")
