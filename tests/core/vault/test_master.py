import base64
from uuid import uuid4

import pytest

from cre.core.vault import NoKey, Tampered, require_keys
from cre.core.vault.master import masters, parse_masters, unwrap, wrap
from tests.core.vault.conftest import add_master, keep_only

KEY = base64.b64encode(bytes(32)).decode()


def test_the_highest_version_wraps():
    assert parse_masters(f"# a comment\n2:{KEY}\n\n10:{KEY}\n1:{KEY}  # the first").newest == 10


def test_masters_may_stand_in_one_line():
    assert set(parse_masters(f"1:{KEY},2:{KEY}").by_version) == {1, 2}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "1",
        f"one:{KEY}",
        "1:not base64!",
        "1:c2hvcnQ=",
        f"0:{KEY}",
        f"-1:{KEY}",
        f"1:{KEY}\n1:{KEY}",
    ],
)
def test_a_wrong_master_file_is_refused(text):
    with pytest.raises(NoKey):
        parse_masters(text)


def test_a_refusal_never_repeats_the_key():
    secret = base64.b64encode(b"s" * 31).decode()
    with pytest.raises(NoKey) as refusal:
        parse_masters(f"1:{secret}")
    assert secret not in str(refusal.value)


def test_no_key_is_written_when_masters_are_printed():
    assert repr(parse_masters(f"1:{KEY}")) == "MasterKeys()"


@pytest.mark.parametrize("file", ["", "/nowhere/master.key"])
def test_a_start_without_keys_is_refused(settings, file):
    settings.MASTER_KEY_FILE = file
    with pytest.raises(NoKey):
        require_keys()


def test_a_start_with_keys_is_not_refused():
    require_keys()


def test_keys_inside_the_request_transaction_are_refused(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["keys"], "ATOMIC_REQUESTS", True)
    with pytest.raises(NoKey):
        require_keys()


def test_a_new_master_key_is_noticed_without_a_restart(master_file):
    assert masters().newest == 1
    add_master(master_file, 2)
    assert masters().newest == 2


def test_a_wrapped_key_opens_only_for_its_own_row():
    key_id, object_uuid = uuid4(), uuid4()
    wrapped, version = wrap(b"k" * 32, key_id, object_uuid, "story")
    assert unwrap(wrapped, version, key_id, object_uuid, "story") == b"k" * 32
    for other in [
        (uuid4(), object_uuid, "story"),
        (key_id, uuid4(), "story"),
        (key_id, object_uuid, "identity"),
    ]:
        with pytest.raises(Tampered):
            unwrap(wrapped, version, *other)


def test_an_unknown_master_version_is_named(master_file):
    key_id, object_uuid = uuid4(), uuid4()
    wrapped, version = wrap(b"k" * 32, key_id, object_uuid, "story")
    add_master(master_file, 2)
    keep_only(master_file, 2)
    with pytest.raises(NoKey, match="version 1"):
        unwrap(wrapped, version, key_id, object_uuid, "story")
