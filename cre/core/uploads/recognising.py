"""What a file really is: by its content alone, and refused where opening it could hurt."""

import zipfile
from collections.abc import Callable
from io import BytesIO

from cre.core.uploads.boxes import jpeg_size, png_size, tracks_of, webp_size
from cre.core.uploads.kinds import Fault, FileKind, NotTaken

MOST_POINTS = 60_000_000
MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_TIMES = 200
LONGEST_KIND = 100
PROGRAMS = ("vbaproject.bin", "vbadata.xml", "basic/", "scripts/", "activex/")
OPEN_KINDS = {
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
}
SIZE_OF: dict[FileKind, Callable[[bytes], tuple[int, int]]] = {
    FileKind.JPEG: jpeg_size,
    FileKind.PNG: png_size,
    FileKind.WEBP: webp_size,
}
# Letters, line ends and tabs; what else stands below the space belongs to no text.
NO_TEXT = frozenset(range(32)) - {9, 10, 12, 13}


def recognise(data: bytes) -> FileKind:
    """The kind of a file by its content. Raises `NotTaken`."""
    if not data:
        raise NotTaken(Fault.EMPTY)
    for kind, is_it in LOOKS:
        if is_it(data):
            if kind in SIZE_OF:
                check_points(*SIZE_OF[kind](data))
            return kind
    if data[4:8] == b"ftyp":
        return sound_from_phone(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return document_in_archive(data)
    if is_text(data):
        return FileKind.TXT
    raise NotTaken(Fault.KIND)


def is_mp3(data: bytes) -> bool:
    """A sound frame at the beginning, or behind an ID3 tag."""
    at = 0
    if data.startswith(b"ID3") and len(data) > 10:
        at = 10 + (data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9])
    frame = data[at : at + 4]
    is_frame = len(frame) == 4 and frame[0] == 0xFF and frame[1] & 0xE6 == 0xE2
    return is_frame and frame[2] & 0xF0 not in (0x00, 0xF0) and frame[2] & 0x0C != 0x0C


def is_voice(data: bytes) -> bool:
    """An Ogg file with sound: Opus, Vorbis, Speex or FLAC in its first page."""
    names = (b"OpusHead", b"\x01vorbis", b"Speex  ", b"\x7fFLAC")
    return data.startswith(b"OggS") and any(name in data[28:64] for name in names)


LOOKS: tuple[tuple[FileKind, Callable[[bytes], bool]], ...] = (
    (FileKind.JPEG, lambda data: data.startswith(b"\xff\xd8\xff")),
    (FileKind.PNG, lambda data: data.startswith(b"\x89PNG\r\n\x1a\n")),
    (FileKind.WEBP, lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP"),
    (FileKind.PDF, lambda data: data.startswith(b"%PDF-")),
    (FileKind.OGG, is_voice),
    (FileKind.MP3, is_mp3),
)


def check_points(width: int, height: int) -> None:
    """Refuse a picture that would fill the memory. Raises `NotTaken`."""
    if not width or not height:
        raise NotTaken(Fault.BROKEN)
    if width * height > MOST_POINTS:
        raise NotTaken(Fault.PIXELS)


def sound_from_phone(data: bytes) -> FileKind:
    """A voice message in a box file; a film is another kind of file. Raises `NotTaken`."""
    if tracks_of(data) != {b"soun"}:
        raise NotTaken(Fault.KIND)
    return FileKind.M4A


def document_in_archive(data: bytes) -> FileKind:
    """A document that is an archive inside. Raises `NotTaken` for other archives and for dangerous ones."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            check_entries(entries, len(data))
            names = {entry.filename for entry in entries}
            said = said_kind(archive)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError) as error:
        raise error if isinstance(error, NotTaken) else NotTaken(Fault.BROKEN) from error
    if said in OPEN_KINDS and "content.xml" in names:
        return OPEN_KINDS[said]
    if "[Content_Types].xml" in names:
        for name, kind in (("word/document.xml", FileKind.DOCX), ("xl/workbook.xml", FileKind.XLSX)):
            if name in names:
                return kind
    raise NotTaken(Fault.KIND)


def said_kind(archive: zipfile.ZipFile) -> bytes:
    """What an open document says that it is; only as OpenDocument 1.2 part 3, 3.3 has it: plain, not packed.

    So nothing that a stranger packed is unpacked here.
    """
    entry = next((entry for entry in archive.infolist() if entry.filename == "mimetype"), None)
    if entry is None or entry.compress_type != zipfile.ZIP_STORED or entry.file_size > LONGEST_KIND:
        return b""
    return archive.read(entry).strip()


def check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    """Refuse an archive that grows too big, is locked, holds a program or would write elsewhere. Raises `NotTaken`.

    packed: bytes of the whole file. What the entries say of their size is kept to when they are read.
    """
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > min(MOST_UNPACKED, MOST_TIMES * packed + 1024 * 1024):
        raise NotTaken(Fault.BOMB)
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if len(set(names)) != len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise NotTaken(Fault.BROKEN)
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotTaken(Fault.LOCKED)
    if any(f"/{part}" in f"/{name.lower()}" for name in names for part in PROGRAMS):
        raise NotTaken(Fault.PROGRAM)


def is_text(data: bytes) -> bool:
    """Whether it is a text in UTF-8, without the signs that programs and pictures are full of."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not NO_TEXT.intersection(data)
