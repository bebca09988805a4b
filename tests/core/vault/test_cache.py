import os
import threading
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cre.core.vault import cache
from cre.core.vault.cache import KeyCache, OpenKey


def make_key() -> OpenKey:
    raw = b"k" * 32
    return OpenKey(uuid4(), uuid4(), "story", raw, AESGCM(raw))


def test_a_key_is_found_by_id_and_by_object():
    kept, key = KeyCache(), make_key()
    kept.put(key)
    assert kept.get(key.id) is key
    assert kept.find(key.object_uuid, "story") is key
    assert kept.find(key.object_uuid, "identity") is None


def test_a_key_is_forgotten_after_its_minute(monkeypatch):
    monkeypatch.setattr(cache, "SECONDS", -1.0)
    kept, key = KeyCache(), make_key()
    kept.put(key)
    assert kept.get(key.id) is None
    assert kept.find(key.object_uuid, "story") is None


def test_dropping_forgets_both_ways():
    kept, key, other = KeyCache(), make_key(), make_key()
    kept.put(key)
    kept.put(other)
    kept.drop(key.object_uuid, "story")
    assert (kept.get(key.id), kept.find(key.object_uuid, "story")) == (None, None)
    assert kept.get(other.id) is other


def test_a_destroyed_key_does_not_seal():
    kept, key = KeyCache(), make_key()
    kept.put(key)
    kept.put(OpenKey(key.id, key.object_uuid, "story", None, None))
    assert kept.find(key.object_uuid, "story") is None


def test_the_cache_has_an_end(monkeypatch):
    monkeypatch.setattr(cache, "MOST", 3)
    kept, made = KeyCache(), [make_key() for _ in range(5)]
    for key in made:
        kept.put(key)
    assert [kept.get(key.id) is not None for key in made] == [False, False, True, True, True]


def test_a_key_is_not_printed():
    assert "kkkk" not in repr(make_key())


def test_a_forked_child_starts_empty_even_if_the_lock_was_held():
    kept, key = KeyCache(), make_key()
    kept.put(key)
    with kept._lock:
        child = os.fork()
        if child == 0:
            usable = kept._lock.acquire(timeout=2)
            os._exit(0 if usable and kept.get(key.id) is None else 1)
        _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def test_threads_share_the_cache_without_breaking_it(monkeypatch):
    monkeypatch.setattr(cache, "MOST", 50)
    kept, broken = KeyCache(), []

    def work():
        try:
            for _ in range(500):
                key = make_key()
                kept.put(key)
                kept.find(key.object_uuid, "story")
                kept.drop(key.object_uuid, "story")
        except Exception as problem:  # noqa: BLE001 - whatever breaks in a thread is to be seen
            broken.append(problem)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert broken == []
