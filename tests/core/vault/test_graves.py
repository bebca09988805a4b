"""The list of what was deleted for good: written at once, applied again after a restore."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from cre.core.vault import shred
from cre.core.vault.keys import key_for
from cre.core.vault.models import DataKey, Tombstone

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.promise("P15")]


@pytest.fixture
def graves(settings, tmp_path):
    settings.TOMBSTONE_FILE = str(tmp_path / "graves")
    return tmp_path / "graves"


def reapply(*arguments) -> str:
    said = StringIO()
    call_command("reapply_tombstones", *map(str, arguments), stdout=said)
    return said.getvalue()


def test_each_deletion_is_one_line_of_its_own_and_nothing_else(graves):
    first, second = uuid4(), uuid4()
    for object_uuid in (first, second, first):
        shred(object_uuid, "story")
    assert graves.read_text() == f"{first} story\n{second} story\n"
    assert graves.stat().st_mode & 0o777 == 0o600


def test_a_disk_that_is_full_delays_the_line_and_not_the_deletion(settings, tmp_path):
    settings.TOMBSTONE_FILE = str(tmp_path / "missing" / "graves")
    key = key_for(uuid4(), "story")
    with pytest.raises(OSError, match="missing"):
        shred(key.object_uuid, "story")
    assert not DataKey.objects.filter(destroyed_at=None).exists()
    assert not Tombstone.objects.exists()

    (tmp_path / "missing").mkdir()
    assert shred(key.object_uuid, "story") is False
    assert (tmp_path / "missing" / "graves").read_text() == f"{key.object_uuid} story\n"


def test_after_a_restore_of_both_databases_the_file_alone_is_enough(graves):
    key = key_for(uuid4(), "story")
    before = DataKey.objects.values().get(id=key.id)
    shred(key.object_uuid, "story")
    Tombstone.objects.all().delete()
    DataKey.objects.filter(id=key.id).update(**before)

    assert reapply() == "1 were deleted for good; 1 of their keys had come back and are gone.\n"
    assert (DataKey.objects.filter(destroyed_at=None).count(), Tombstone.objects.count()) == (0, 1)
    assert reapply() == "1 were deleted for good; 0 of their keys had come back and are gone.\n"


def test_another_list_is_applied_too(graves, tmp_path):
    key = key_for(uuid4(), "story")
    (tmp_path / "other").write_text(f"{key.object_uuid} story\n")
    reapply("--file", tmp_path / "other")
    assert not DataKey.objects.filter(destroyed_at=None).exists()


def test_a_list_that_cannot_be_read_stops_everything(graves):
    key = key_for(uuid4(), "story")
    graves.write_text(f"{key.object_uuid} story\nnot a line\n")
    with pytest.raises(CommandError, match="Line 2"):
        reapply()
    assert DataKey.objects.get(id=key.id).destroyed_at is None
