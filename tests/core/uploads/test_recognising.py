"""What a file is, is read from its content; what could hurt is refused with its reason."""

import zipfile
from io import BytesIO

import pytest

from cre.core.uploads import Fault, FileKind, NotTaken, recognise
from tests.core.uploads import made

pytestmark = pytest.mark.promise("P16")
GOOD = {
    FileKind.JPEG: made.picture,
    FileKind.PNG: lambda: made.picture("PNG"),
    FileKind.WEBP: lambda: made.picture("WEBP"),
    FileKind.PDF: made.pdf,
    FileKind.DOCX: made.docx,
    FileKind.XLSX: made.xlsx,
    FileKind.ODT: made.odt,
    FileKind.TXT: "مرحبا\r\n\tأهلا 🙂".encode,
    FileKind.OGG: made.ogg,
    FileKind.M4A: made.m4a,
    FileKind.MP3: made.mp3,
}
ZEROS = made.archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": bytes(60_000_000)})
BAD = {
    "empty": (lambda: b"", Fault.EMPTY),
    "program": (lambda: b"MZ\x90\x00" + bytes(200), Fault.KIND),
    "script as text with null": (lambda: b"#!/bin/sh\n\x00", Fault.KIND),
    "film": (lambda: made.m4a(b"vide"), Fault.KIND),
    "other archive": (lambda: made.archive({"a.txt": "a"}), Fault.KIND),
    "picture of 40,000 x 40,000": (made.huge_png, Fault.PIXELS),
    "picture without size": (lambda: made.huge_png(0, 5), Fault.BROKEN),
    "cut photo": (lambda: made.picture()[:60], Fault.BROKEN),
    "cut archive": (lambda: made.docx()[:400], Fault.BROKEN),
    "cut voice": (lambda: made.m4a()[:-20], Fault.BROKEN),
    "bomb of zeros": (lambda: ZEROS, Fault.BOMB),
    "bomb of many": (lambda: made.archive({f"{n}.xml": "" for n in range(2_001)}), Fault.BOMB),
    "macros": (lambda: made.docx(**{"word__vbaProject.bin": "x"}), Fault.PROGRAM),
    "climbing name": (lambda: made.docx(**{"..__..__etc__passwd": "x"}), Fault.BROKEN),
    "absolute name": (lambda: made.docx(__etc__passwd="x"), Fault.BROKEN),
}


@pytest.mark.parametrize("kind", GOOD, ids=str)
def test_each_kind_is_known_by_its_content(kind):
    assert recognise(GOOD[kind]()) == kind


@pytest.mark.parametrize("name", BAD)
def test_what_could_hurt_or_is_no_such_file_is_refused_with_its_reason(name):
    make, fault = BAD[name]

    with pytest.raises(NotTaken) as refused:
        recognise(make())

    assert refused.value.fault == fault


def test_a_locked_archive_is_refused():
    locked = bytearray(made.docx())
    with zipfile.ZipFile(BytesIO(locked)) as archive:
        at = archive.start_dir
    locked[at + 8] |= 1

    with pytest.raises(NotTaken) as refused:
        recognise(bytes(locked))

    assert refused.value.fault == Fault.LOCKED
