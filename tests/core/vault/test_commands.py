from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from cre.core.vault import shred
from cre.core.vault.keys import key_for
from cre.core.vault.models import DataKey, Tombstone
from tests.core.vault.conftest import add_master, keep_only

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def run(*arguments: str) -> str:
    said = StringIO()
    call_command(*arguments, stdout=said)
    return said.getvalue()


def test_rotate_keys_says_how_many(master_file):
    key_for(uuid4(), "story")
    add_master(master_file, 2)
    assert run("rotate_keys").startswith("1 keys")


def test_rotate_keys_without_the_old_key_says_which_one_it_needs(master_file):
    key_for(uuid4(), "story")
    add_master(master_file, 2)
    keep_only(master_file, 2)
    with pytest.raises(CommandError, match="version 1"):
        run("rotate_keys")


def test_shred_destroys_one_object():
    key = key_for(uuid4(), "story")
    assert run("shred", str(key.object_uuid), "story").startswith("1 keys destroyed")
    assert DataKey.objects.get(id=key.id).destroyed_at is not None


def test_a_list_of_the_deleted_is_applied_to_a_restored_database(tmp_path):
    key, other = key_for(uuid4(), "story"), key_for(uuid4(), "identity")
    shred(key.object_uuid, "story")
    graves = tmp_path / "graves"
    graves.write_text(run("shred", "--list") + f"{other.object_uuid} identity\n")
    assert run("shred", "--file", str(graves)).startswith("1 keys destroyed; 1 ")
    assert not DataKey.objects.filter(destroyed_at=None).exists()


@pytest.mark.parametrize("line", ["not-a-uuid story", "6d6f8d1e-8f4e-4b62-9d0c-0a3cf1e0b7aa", "story"])
def test_a_list_with_a_wrong_line_destroys_nothing(tmp_path, line):
    key = key_for(uuid4(), "story")
    graves = tmp_path / "graves"
    graves.write_text(f"{key.object_uuid} story\n{line}\n")
    with pytest.raises(CommandError, match="Line 2"):
        run("shred", "--file", str(graves))
    assert not Tombstone.objects.exists()


@pytest.mark.parametrize("arguments", [[], [str(uuid4())], ["--file", "/nowhere/graves"]])
def test_shred_without_knowing_what_is_refused(arguments):
    with pytest.raises(CommandError):
        run("shred", *arguments)
