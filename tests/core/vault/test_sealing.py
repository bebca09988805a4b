from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cre.core.vault import NoKey, Tampered, open_system, seal_system
from cre.core.vault.cache import OpenKey
from cre.core.vault.keys import key_for
from cre.core.vault.models import DataKey
from cre.core.vault.sealing import LEAST_BYTES, is_sealed, key_id_of, open_bytes, seal_bytes

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def key():
    return key_for(uuid4(), "story")


def test_what_was_sealed_opens_again(key):
    identity = uuid4()
    sealed = seal_bytes(b"the river", key=key, label="a.B.c", identity=identity)
    assert open_bytes(sealed, label="a.B.c", identity=identity) == b"the river"
    assert key_id_of(sealed) == key.id


def test_sealing_twice_gives_different_bytes(key):
    identity = uuid4()
    first, second = (seal_bytes(b"the river", key=key, label="a.B.c", identity=identity) for _ in range(2))
    assert first != second


def test_a_value_moved_to_another_row_is_refused(key):
    sealed = seal_bytes(b"the river", key=key, label="a.B.c", identity=uuid4())
    with pytest.raises(Tampered):
        open_bytes(sealed, label="a.B.c", identity=uuid4())


def test_a_value_moved_to_another_column_is_refused(key):
    identity = uuid4()
    sealed = seal_bytes(b"the river", key=key, label="a.B.c", identity=identity)
    with pytest.raises(Tampered):
        open_bytes(sealed, label="a.B.d", identity=identity)


def test_any_changed_byte_is_refused(key):
    identity = uuid4()
    sealed = seal_bytes(b"the river", key=key, label="a.B.c", identity=identity)
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises((Tampered, NoKey)):
            open_bytes(bytes(changed), label="a.B.c", identity=identity)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(noise):
    with pytest.raises((Tampered, NoKey)):
        open_bytes(noise, label="a.B.c", identity=uuid4())


def test_plain_text_is_never_taken_for_sealed():
    assert not is_sealed(b"")
    assert not is_sealed(b"\x01" * (LEAST_BYTES - 1))
    assert not is_sealed(b"a story in the clear, longer than the header of a sealed value")


def test_a_destroyed_key_seals_nothing(key):
    destroyed = OpenKey(key.id, key.object_uuid, key.purpose, None, None)
    with pytest.raises(NoKey):
        seal_bytes(b"the river", key=destroyed, label="a.B.c", identity=uuid4())


def test_a_system_secret_opens_only_for_its_purpose():
    sealed = seal_system("totp", "JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert open_system("totp", sealed) == "JBSWY3DPEHPK3PXP"
    with pytest.raises(Tampered):
        open_system("other", sealed)
    with pytest.raises(Tampered):
        open_system("totp", "not sealed at all")


def test_all_system_secrets_of_a_purpose_share_one_key():
    seal_system("totp", "one")
    seal_system("totp", "two")
    assert DataKey.objects.filter(purpose="totp").count() == 1
