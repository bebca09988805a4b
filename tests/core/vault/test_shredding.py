from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from collaborators.models import CommunityIdentity
from cre.core.vault import Shredded, cache, keys, shred, shredding, sweep_orphans, tombstones
from cre.core.vault.keys import SYSTEM, key_for
from cre.core.vault.models import DataKey, Tombstone
from tests.core.vault.letters import Letter

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_shredding_overwrites_the_key_and_leaves_a_tombstone(letter):
    assert shred(letter.key_object, "letters") is True
    key = DataKey.objects.get(object_uuid=letter.key_object)
    assert (bytes(key.wrapped), key.destroyed_at is not None) == (b"", True)
    assert list(tombstones()) == [(letter.key_object, "letters")]


def test_after_shredding_nothing_opens_at_once(letter, reader):
    assert letter.body == "The river is grey."
    shred(letter.key_object, "letters")
    with pytest.raises(Shredded):
        letter.body  # noqa: B018


def test_after_shredding_the_rest_of_the_row_still_lists(letter):
    shred(letter.key_object, "letters")
    assert Letter.objects.get(pk=letter.pk).status == "new"


def test_shredding_again_changes_nothing(letter):
    shred(letter.key_object, "letters")
    before = DataKey.objects.values().get(object_uuid=letter.key_object), Tombstone.objects.values().get()
    assert shred(letter.key_object, "letters") is False
    assert (
        DataKey.objects.values().get(object_uuid=letter.key_object),
        Tombstone.objects.values().get(),
    ) == before


def test_shredding_leaves_the_other_purpose_and_the_other_object(letter):
    other, grant = key_for(uuid4(), "letters"), key_for(letter.key_object, "finance")
    shred(letter.key_object, "letters")
    assert set(DataKey.objects.filter(destroyed_at=None).values_list("id", flat=True)) == {other.id, grant.id}


def test_nothing_can_be_sealed_for_a_shredded_object(letter, write_letter):
    shred(letter.key_object, "letters")
    with pytest.raises(Shredded), transaction.atomic():
        write_letter(key_object=letter.key_object)
    letter.body = "The river is black."
    with pytest.raises(Shredded), transaction.atomic():
        letter.save()


def test_an_object_shredded_before_it_had_a_key_never_gets_one(write_letter):
    object_uuid = uuid4()
    assert shred(object_uuid, "letters") is False
    with pytest.raises(Shredded), transaction.atomic():
        write_letter(key_object=object_uuid)
    assert not DataKey.objects.exists()


def test_a_key_made_while_its_object_is_shredded_is_destroyed(monkeypatch):
    object_uuid = uuid4()
    monkeypatch.setattr(keys, "_refuse_shredded", lambda *_: shred(object_uuid, "letters"))
    with pytest.raises(Shredded):
        key_for(object_uuid, "letters")
    assert not DataKey.objects.filter(destroyed_at=None).exists()


@pytest.mark.promise("P15")
def test_a_restored_key_is_destroyed_again_by_its_tombstone(letter, reader):
    before_the_deletion = DataKey.objects.values().get(object_uuid=letter.key_object)
    shred(letter.key_object, "letters")
    DataKey.objects.filter(id=before_the_deletion["id"]).update(**before_the_deletion)
    cache.keys.clear()
    assert letter.body == "The river is grey."
    for object_uuid, purpose in tombstones():
        shred(object_uuid, purpose)
    with pytest.raises(Shredded):
        letter.body  # noqa: B018


def test_system_keys_cannot_be_shredded():
    with pytest.raises(ValueError, match="System"):
        shred(SYSTEM, "totp")


@pytest.fixture
def swept(monkeypatch):
    """The sweep looks at letters too, though no installed app has them."""
    installed = shredding.apps.get_models()
    monkeypatch.setattr(shredding.apps, "get_models", lambda: [*installed, Letter, Letter.history.model])


def age(hours: int = 30) -> None:
    DataKey.objects.update(created_at=timezone.now() - timedelta(hours=hours))


def test_a_key_without_a_row_is_swept_after_a_day(swept, letter):
    orphan = key_for(uuid4(), "letters")
    age()
    assert sweep_orphans() == 1
    assert list(DataKey.objects.values_list("object_uuid", flat=True)) == [letter.key_object]
    assert not DataKey.objects.filter(id=orphan.id).exists()


def test_a_young_key_is_left_for_the_transaction_that_may_still_commit(swept):
    key_for(uuid4(), "letters")
    age(hours=1)
    assert sweep_orphans() == 0


def test_a_key_that_only_history_needs_is_kept(swept, letter):
    letter.delete()
    age()
    assert sweep_orphans() == 0


def test_a_row_that_the_sweeper_may_not_see_protects_its_key(community):
    age()
    assert not CommunityIdentity.objects.exists()
    assert sweep_orphans() == 0
    assert DataKey.objects.filter(object_uuid=community.uuid, purpose="identity").exists()


def test_keys_of_other_purposes_and_of_the_system_are_kept(swept):
    key_for(uuid4(), "a purpose of no model")
    key_for(SYSTEM, "letters")
    age()
    assert sweep_orphans() == 0
