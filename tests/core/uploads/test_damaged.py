"""A damaged file is refused, or gets no copy; nobody meets a fault of ours, and no copy is waited for in vain."""

import zipfile
from io import BytesIO
from random import Random

import pytest

from cre.core.uploads import Fault, FileKind, NotTaken, Uncleanable, clean, recognise
from tests.core.uploads import made

pytestmark = [pytest.mark.promise("P16"), pytest.mark.promise("P29")]
ODT_TYPE = "application/vnd.oasis.opendocument.text"
WHOLE = {
    "jpg": made.picture(),
    "png": made.picture("PNG"),
    "webp": made.picture("WEBP"),
    "pdf": made.pdf(),
    "docx": made.docx(),
    "xlsx": made.xlsx(),
    "odt": made.odt(),
    "ogg": made.ogg(),
    "m4a": made.m4a(),
    "mp3": made.mp3(),
}
TIMES = 400


def damaged(whole, chance):
    """The file with a few bytes changed, left out or put in."""
    data = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0 | 1:
                data[at] = chance.randrange(256)
            case 2:
                del data[at : at + chance.randint(1, 40)]
            case 3:
                data[at : at + 4] = chance.choice([b"\xff" * 4, b"\x7f\xff\xff\xff", chance.randbytes(9)])
        data = data or bytearray(b"x")
    return bytes(data)


@pytest.mark.parametrize("name", WHOLE)
def test_damage_is_answered_and_never_a_fault(name):
    chance = Random(name)
    taken = list[FileKind]()

    for _ in range(TIMES):
        data = damaged(WHOLE[name], chance)
        try:
            kind = recognise(data)
            taken.append(kind)
            clean(data, kind)
        except (NotTaken, Uncleanable):
            continue

    # So that not everything was refused at the door.
    assert taken


def test_a_document_that_packs_what_it_is_is_not_unpacked_to_see():
    packed = made.archive({"mimetype.txt": "-", "content.xml": "<a/>"})
    with zipfile.ZipFile(file := BytesIO(packed), "a") as archive:
        archive.writestr("mimetype", ODT_TYPE, zipfile.ZIP_DEFLATED)

    with pytest.raises(NotTaken) as refused:
        recognise(file.getvalue())
    assert refused.value.fault == Fault.KIND
