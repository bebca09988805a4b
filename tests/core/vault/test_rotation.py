import pytest

from cre.core.vault import NoKey, Shredded, cache, missing_versions, rotate, rotation, shred
from cre.core.vault.models import DataKey
from tests.core.vault.conftest import add_master, keep_only
from tests.core.vault.letters import Letter

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def letters(write_letter):
    return [write_letter(f"letter {number}") for number in range(5)]


def test_rotation_wraps_every_key_anew_and_touches_no_value(letters, master_file, reader):
    before = list(Letter.objects.order_by("id").values_list("body_sealed", flat=True))
    add_master(master_file, 2)
    assert rotate() == 5
    keep_only(master_file, 2)
    cache.keys.clear()
    assert [letter.body for letter in Letter.objects.order_by("id")] == [f"letter {number}" for number in range(5)]
    assert list(Letter.objects.order_by("id").values_list("body_sealed", flat=True)) == before


def test_after_rotation_an_old_backup_of_the_keys_is_useless(letters, master_file, reader):
    backup = list(DataKey.objects.values())
    add_master(master_file, 2)
    rotate()
    keep_only(master_file, 2)
    for row in backup:
        DataKey.objects.filter(id=row["id"]).update(**row)
    cache.keys.clear()
    with pytest.raises(NoKey):
        Letter.objects.first().body  # noqa: B018


def test_a_broken_rotation_goes_on_where_it_stopped(letters, master_file, monkeypatch):
    add_master(master_file, 2)
    assert rotation._rotate_batch(2, 2) == 2
    assert missing_versions() == set()
    assert sorted(DataKey.objects.values_list("master_version", flat=True)) == [1, 1, 1, 2, 2]
    assert rotate(batch=2) == 3
    assert rotate() == 0


def test_rotation_leaves_destroyed_keys_destroyed(letters, master_file, reader):
    shred(letters[0].key_object, "letters")
    add_master(master_file, 2)
    assert rotate() == 4
    with pytest.raises(Shredded):
        Letter.objects.get(pk=letters[0].pk).body  # noqa: B018


def test_rotation_without_the_old_key_stops_and_changes_nothing(letters, master_file):
    add_master(master_file, 2)
    keep_only(master_file, 2)
    before = list(DataKey.objects.order_by("id").values())
    with pytest.raises(NoKey, match="version 1"):
        rotate()
    assert list(DataKey.objects.order_by("id").values()) == before


def test_a_master_key_that_is_still_needed_is_missed(letters, master_file):
    assert missing_versions() == set()
    add_master(master_file, 2)
    keep_only(master_file, 2)
    assert missing_versions() == {1}
