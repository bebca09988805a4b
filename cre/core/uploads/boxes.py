"""Reading the parts of pictures and of sounds from phones without opening them: sizes, kinds, hidden details."""

import struct
from collections.abc import Iterator

from cre.core.uploads.kinds import Cleaned, Fault, NotTaken, Trace, Uncleanable

# ISO 14496-12: boxes that hold boxes, boxes that the sound needs, boxes that begin with two moments, empty space.
HOLD = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"moof", b"traf", b"mfra"}
SOUND = {
    b"ftyp", b"styp", b"sidx", b"mdat", b"hdlr", b"smhd", b"nmhd", b"elst", b"dref", b"stsd", b"stts", b"ctts", b"stsc",
    b"stsz", b"stz2", b"stco", b"co64", b"stss", b"sgpd", b"sbgp", b"mehd", b"trex", b"mfhd", b"tfhd", b"tfdt", b"trun",
    b"tfra", b"mfro",
}  # fmt: skip
SPACE = {b"free", b"skip", b"wide"}
DATED = {b"mvhd", b"tkhd", b"mdhd"}
WORDS = {
    Trace.PLACE: (b"\xa9xyz", b"loci", b"location"),
    Trace.DEVICE: (b"\xa9too", b"\xa9mak", b"\xa9mod", b"\xa9swr", b"make", b"model", b"software", b"encoder"),
    Trace.AUTHOR: (b"\xa9ART", b"\xa9aut", b"auth", b"aART"),
    Trace.NOTES: (b"\xa9nam", b"\xa9cmt", b"titl", b"dscp", b"\xa9alb"),
    Trace.TIME: (b"\xa9day", b"creationdate"),
}
MOST_BOXES = 100_000
# JPEG: frames that say the size of the picture.
SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def boxes(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Each box between two places: its kind, where it begins, where its content begins and ends. Raises `NotTaken`."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1 and start + 16 <= end:
            (size,) = struct.unpack_from(">Q", data, start + 8)
            head = 16
        size = size or end - start
        if size < head or start + size > end:
            raise NotTaken(Fault.BROKEN)
        yield kind, start, start + head, start + size
        start += size


def all_boxes(data: bytes | bytearray) -> list[tuple[bytes, int, int, int]]:
    """Every box, those within others too. Raises `NotTaken`."""
    found, waiting = [], [(0, len(data))]
    while waiting:
        for box in boxes(data, *waiting.pop()):
            found.append(box)
            if box[0] in HOLD:
                waiting.append((box[2], box[3]))
            if len(found) > MOST_BOXES:
                raise NotTaken(Fault.BOMB)
    return found


def tracks_of(data: bytes | bytearray) -> set[bytes]:
    """What kinds of tracks a file has: b"soun", b"vide". Raises `NotTaken`."""
    found = all_boxes(data)
    return {bytes(data[start + 8 : start + 12]) for kind, _, start, _ in found if kind == b"hdlr"}


def clean_sound_boxes(data: bytes) -> Cleaned:
    """A sound from a phone with nothing but what the sound needs: the same size, all else as empty space.

    Raises `Uncleanable`, `NotTaken`.
    """
    if tracks_of(data) != {b"soun"}:
        raise Uncleanable
    copy, removed = bytearray(data), set()
    for kind, begin, start, end in all_boxes(data):
        if kind in DATED and end - start >= 20:
            length = 16 if data[start] == 1 else 8
            removed |= {Trace.TIME} if any(data[start + 4 : start + 4 + length]) else set()
            copy[start + 4 : start + 4 + length] = bytes(length)
        elif kind not in HOLD | SOUND:
            said = data[start:end]
            found = {trace for trace, words in WORDS.items() if any(word in said for word in words)}
            removed |= found or ({Trace.OTHER} if any(said) and kind not in SPACE else set())
            copy[begin + 4 : begin + 8] = b"free"
            copy[start:end] = bytes(end - start)
    return Cleaned(bytes(copy), frozenset(removed))


def jpeg_parts(data: bytes) -> Iterator[tuple[int, int, int]]:
    """The parts of a JPEG before its points: kind, where it begins, where it ends. Raises `NotTaken`."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise NotTaken(Fault.BROKEN)
        kind = data[at + 1]
        if kind == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if end > len(data) or end < at + 4:
            raise NotTaken(Fault.BROKEN)
        yield kind, at, end
        if kind == 0xDA:
            return
        at = end
    raise NotTaken(Fault.BROKEN)


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height in points. Raises `NotTaken`."""
    for kind, start, end in jpeg_parts(data):
        if kind in SIZES and end - start >= 9:
            height, width = struct.unpack_from(">HH", data, start + 5)
            return width, height
    raise NotTaken(Fault.BROKEN)


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height in points. Raises `NotTaken`."""
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise NotTaken(Fault.BROKEN)
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height in points. Raises `NotTaken`."""
    kind = data[12:16]
    if len(data) < 30 or kind not in (b"VP8 ", b"VP8L", b"VP8X"):
        raise NotTaken(Fault.BROKEN)
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF
