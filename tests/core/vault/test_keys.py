import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from cre.core.vault import NoKey, cache, load_keys
from cre.core.vault.keys import _make_row, key_by_id, key_for
from cre.core.vault.models import DataKey
from tests.core.vault.letters import Letter

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def fifty(write_letter):
    for number in range(50):
        write_letter(f"letter {number}", answer="yes")
    cache.keys.clear()


def test_a_list_of_fifty_with_nothing_opened_asks_for_no_key(fifty, django_assert_num_queries):
    with django_assert_num_queries(0, using="keys"), django_assert_num_queries(1):
        assert len([letter.status for letter in Letter.objects.all()]) == 50


def test_fifty_of_fifty_objects_are_opened_with_one_key_query(fifty, reader, django_assert_num_queries):
    letters = list(Letter.objects.order_by("id"))
    with django_assert_num_queries(1, using="keys"):
        load_keys(letters)
        assert [letter.body for letter in letters] == [f"letter {number}" for number in range(50)]


def test_the_keys_of_a_page_of_history_are_loaded_at_once_too(fifty, reader, django_assert_num_queries):
    versions = list(Letter.history.all())
    with django_assert_num_queries(1, using="keys"):
        load_keys(versions)
        assert len({version.body for version in versions}) == 50


def test_loading_keys_reads_no_deferred_column(fifty, django_assert_num_queries):
    letters = list(Letter.objects.only("status"))
    with django_assert_num_queries(0), django_assert_num_queries(0, using="keys"):
        load_keys(letters)


def test_one_broken_key_does_not_hide_the_page(fifty, reader):
    first, second = Letter.objects.order_by("id")[:2]
    DataKey.objects.filter(object_uuid=first.key_object).update(master_version=9)
    load_keys([first, second])
    assert second.body == "letter 1"
    with pytest.raises(NoKey):
        first.body  # noqa: B018


def test_a_key_is_asked_for_once_a_minute(letter, django_assert_num_queries, monkeypatch):
    key_id = key_for(letter.key_object, "letters").id
    with django_assert_num_queries(0, using="keys"):
        key_by_id(key_id)
    monkeypatch.setattr(cache, "SECONDS", -1.0)
    cache.keys.clear()
    with django_assert_num_queries(2, using="keys"):
        key_by_id(key_id)
        key_by_id(key_id)


def test_an_unknown_key_is_refused():
    with pytest.raises(NoKey):
        key_by_id(uuid4())


def test_each_purpose_of_an_object_has_its_own_key():
    object_uuid = uuid4()
    assert key_for(object_uuid, "story").raw != key_for(object_uuid, "identity").raw


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_a_key_outlives_the_transaction_that_made_it():
    object_uuid = uuid4()

    def seal_and_fail():
        with transaction.atomic():
            Letter.objects.create(key_object=object_uuid, body="never stored")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        seal_and_fail()
    assert not Letter.objects.filter(key_object=object_uuid).exists()
    assert DataKey.objects.filter(object_uuid=object_uuid).exists()


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_two_processes_that_make_a_key_at_once_get_the_same():
    object_uuid, found, start = uuid4(), [], threading.Barrier(4)

    def make():
        start.wait()
        try:
            found.append(_make_row(object_uuid, "story").id)
        finally:
            connections.close_all()

    makers = [threading.Thread(target=make) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert DataKey.objects.filter(object_uuid=object_uuid).count() == 1


def test_the_database_refuses_a_second_live_key():
    key = key_for(uuid4(), "story")
    with pytest.raises(IntegrityError), transaction.atomic(using="keys"):
        DataKey.objects.create(object_uuid=key.object_uuid, purpose="story", wrapped=b"x", master_version=1)


def test_the_database_refuses_a_destroyed_key_that_is_still_there():
    key = key_for(uuid4(), "story")
    with pytest.raises(IntegrityError), transaction.atomic(using="keys"):
        DataKey.objects.filter(id=key.id).update(destroyed_at=timezone.now() - timedelta(days=1))


def test_the_connection_to_the_main_database_never_sees_a_key(letter):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tablename LIKE '%datakey%'")
        assert cursor.fetchone() == (0,)
