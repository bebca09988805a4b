"""Letters, somebody who opens them, and an empty key cache before each test."""

import base64
import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from cre.core.access import acting_as
from cre.core.vault import cache
from tests.core.vault.letters import Letter, make_tables


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        make_tables()


@pytest.fixture(autouse=True)
def cold_cache():
    cache.keys.clear()


@pytest.fixture(autouse=True)
def master_file(settings, tmp_path):
    """A master key file of one version; `add_master` gives it the next one."""
    path = tmp_path / "master.key"
    settings.MASTER_KEY, settings.MASTER_KEY_FILE = "", str(path)
    add_master(path, 1)
    return path


def add_master(path: Path, version: int) -> None:
    lines = path.read_text() if path.exists() else ""
    path.write_text(f"{lines}{version}:{base64.b64encode(os.urandom(32)).decode()}\n")


def keep_only(path: Path, version: int) -> None:
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if line.startswith(f"{version}:")))


@pytest.fixture
def reader(db):
    """Somebody who is acting, so that sealed fields open."""
    person = get_user_model().objects.create_user(email="reader@example.org")
    with acting_as(person):
        yield person


@pytest.fixture
def write_letter(db):
    def write(body="The river is grey.", **fields):
        return Letter.objects.create(**{"key_object": uuid4(), "body": body, **fields})

    return write


@pytest.fixture
def letter(write_letter):
    """A saved letter, read back from the database."""
    return Letter.objects.get(pk=write_letter().pk)
