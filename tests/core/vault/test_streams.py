import io
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage

from cre.core.vault import Shredded, Tampered, open_saved, open_stream, save_sealed, seal_stream, shred
from cre.core.vault.streams import HEADER_BYTES, PIECE_BYTES, TAG_BYTES

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SEALED_PIECE = PIECE_BYTES + TAG_BYTES


class Trickle(io.BytesIO):
    """A stream that gives fewer bytes than it is asked for, as a socket does."""

    def read(self, size=-1):
        return super().read(min(size, 1000) if size > 0 else size)


@pytest.fixture
def about():
    return {"label": "a.B.file", "identity": uuid4()}


@pytest.fixture
def owner():
    return {"object_uuid": uuid4(), "purpose": "story"}


def sealed_bytes(plain: bytes, owner: dict[str, Any], about: dict[str, Any]) -> bytes:
    return b"".join(seal_stream(io.BytesIO(plain), **owner, **about))


def opened(sealed: bytes, about: dict[str, Any]) -> bytes:
    return b"".join(open_stream(io.BytesIO(sealed), **about))


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES, 200_001])
def test_a_file_of_any_size_opens_again(owner, about, size):
    plain = bytes(index % 251 for index in range(size))
    assert opened(sealed_bytes(plain, owner, about), about) == plain


def test_a_slow_stream_makes_the_same_pieces(owner, about):
    plain = b"x" * (PIECE_BYTES + 10)
    sealed = b"".join(seal_stream(Trickle(plain), **owner, **about))
    assert len(sealed) == HEADER_BYTES + SEALED_PIECE + 10 + TAG_BYTES
    assert b"".join(open_stream(Trickle(sealed), **about)) == plain


@pytest.mark.parametrize(
    "keep",
    [HEADER_BYTES, HEADER_BYTES + SEALED_PIECE, HEADER_BYTES + 2 * SEALED_PIECE, -1],
    ids=["no piece", "one piece", "two pieces", "one byte less"],
)
def test_a_cut_file_is_refused(owner, about, keep):
    sealed = sealed_bytes(b"x" * (2 * PIECE_BYTES + 5), owner, about)
    with pytest.raises(Tampered):
        opened(sealed[:keep], about)


def test_pieces_in_another_order_are_refused(owner, about):
    sealed = sealed_bytes(b"x" * PIECE_BYTES + b"y" * PIECE_BYTES + b"z", owner, about)
    header, first = sealed[:HEADER_BYTES], sealed[HEADER_BYTES : HEADER_BYTES + SEALED_PIECE]
    second, rest = (
        sealed[HEADER_BYTES + SEALED_PIECE : HEADER_BYTES + 2 * SEALED_PIECE],
        sealed[HEADER_BYTES + 2 * SEALED_PIECE :],
    )
    with pytest.raises(Tampered):
        opened(header + second + first + rest, about)
    with pytest.raises(Tampered):
        opened(header + first + first + rest, about)


def test_bytes_after_the_end_are_refused(owner, about):
    sealed = sealed_bytes(b"x" * 100, owner, about)
    with pytest.raises(Tampered):
        opened(sealed + b"more", about)


def test_a_piece_of_another_file_of_the_same_object_is_refused(owner, about):
    mine, other = sealed_bytes(b"x" * 100, owner, about), sealed_bytes(b"y" * 100, owner, about)
    with pytest.raises(Tampered):
        opened(mine[:HEADER_BYTES] + other[HEADER_BYTES:], about)


def test_a_file_moved_to_another_row_is_refused(owner, about):
    sealed = sealed_bytes(b"x" * 100, owner, about)
    with pytest.raises(Tampered):
        opened(sealed, {**about, "identity": uuid4()})
    with pytest.raises(Tampered):
        opened(sealed, {**about, "label": "a.B.other"})


def test_a_file_that_was_never_sealed_is_refused(about):
    with pytest.raises(Tampered):
        opened(b"%PDF-1.7 " * 100, about)


def test_a_stored_file_is_sealed_and_its_name_says_nothing(owner, about, tmp_path):
    storage = FileSystemStorage(tmp_path)
    name = save_sealed(io.BytesIO(b"secret " * 50_000), **owner, **about, storage=storage)
    stored = (tmp_path / name).read_bytes()
    assert b"secret" not in stored
    assert b"".join(open_saved(name, **about, storage=storage)) == b"secret " * 50_000
    assert about["identity"].hex not in name.replace("-", "")


@pytest.mark.promise("P15")
def test_shredding_reaches_files(owner, about):
    sealed = sealed_bytes(b"x" * 100, owner, about)
    shred(**owner)
    with pytest.raises(Shredded):
        opened(sealed, about)
    with pytest.raises(Shredded):
        sealed_bytes(b"y", owner, about)
