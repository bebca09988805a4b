"""A copy of a PDF without what it says beside its pages. Only the worker loads this module."""

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Name

from cre.core.uploads.boxes import jpeg_parts
from cre.core.uploads.kinds import Cleaned, Trace

INFO = {
    "/Author": Trace.AUTHOR,
    "/Creator": Trace.DEVICE,
    "/Producer": Trace.DEVICE,
    "/CreationDate": Trace.TIME,
    "/ModDate": Trace.TIME,
    "/Title": Trace.NOTES,
    "/Subject": Trace.NOTES,
    "/Keywords": Trace.NOTES,
}
# Anywhere in the document: descriptions, data that programs leave, thumbnails, things that act when it is opened.
ANYWHERE = {
    "/Metadata": Trace.OTHER,
    "/PieceInfo": Trace.OTHER,
    "/LastModified": Trace.TIME,
    "/Thumb": Trace.OTHER,
    "/AF": Trace.OTHER,
    "/AA": Trace.OTHER,
}
ROOT = {"/OpenAction": Trace.OTHER, "/Collection": Trace.OTHER, "/SpiderInfo": Trace.OTHER, "/Perms": Trace.OTHER}
NAMES = {"/EmbeddedFiles": Trace.OTHER, "/JavaScript": Trace.OTHER}
NOTE = {"/T": Trace.AUTHOR, "/M": Trace.TIME, "/CreationDate": Trace.TIME, "/NM": Trace.OTHER}


def clean_pdf(data: bytes) -> Cleaned:
    """The same pages without hidden details, older versions and attached files."""
    removed: set[Trace] = set()
    copy = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        strip_root(pdf, removed)
        for thing in pdf.objects:
            strip(thing, removed)
        pdf.save(copy, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Cleaned(copy.getvalue(), frozenset(removed))


def strip_root(pdf: pikepdf.Pdf, removed: set[Trace]) -> None:
    """Take out what the document says of itself as a whole."""
    if Name.Info in pdf.trailer:
        removed |= {INFO.get(name, Trace.OTHER) for name, value in dict(pdf.trailer.Info).items() if str(value)}
        del pdf.trailer[Name.Info]
    if Name.ID in pdf.trailer:
        del pdf.trailer[Name.ID]
    take_out(pdf.Root, ROOT, removed)
    if Name.Names in pdf.Root:
        take_out(pdf.Root.Names, NAMES, removed)


def strip(thing: Any, removed: set[Trace]) -> None:
    """Take hidden details out of one object of a document."""
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    take_out(thing, ANYWHERE, removed)
    kind = thing.get(Name.Subtype)
    if kind == Name.FileAttachment:
        take_out(thing, {"/FS": Trace.OTHER}, removed)
    if kind not in (None, Name.Image, Name.Form, Name.Widget) and Name.Rect in thing:
        take_out(thing, NOTE, removed)
    if kind == Name.Image and isinstance(thing, pikepdf.Stream):
        strip_photo(thing, removed)


def strip_photo(image: pikepdf.Stream, removed: set[Trace]) -> None:
    """Take out what the camera wrote into a photo on a page; its points stay as they are."""
    filters: Any = image.get(Name.Filter)
    if filters not in (Name.DCTDecode, pikepdf.Array([Name.DCTDecode])):
        return
    raw = image.read_raw_bytes()
    bare = without_notes(raw)
    if bare != raw:
        removed.add(Trace.OTHER)
        parms: Any = image.get(Name.DecodeParms)
        image.write(bare, filter=filters, decode_parms=parms)


def without_notes(photo: bytes) -> bytes:
    """A JPEG without the parts for programs and comments, except those that say how its colours are meant."""
    kept, at = [photo[:2]], 2
    for kind, start, end in jpeg_parts(photo):
        is_note = kind == 0xFE or (0xE0 <= kind <= 0xEF and kind not in (0xE0, 0xE2, 0xEE))
        if not is_note and kind != 0xDA:
            kept.append(photo[start:end])
        at = start if kind == 0xDA else end
    return b"".join([*kept, photo[at:]])


def take_out(thing: Any, named: dict[str, Trace], removed: set[Trace]) -> None:
    for name, trace in named.items():
        if name in thing:
            del thing[name]
            removed.add(trace)
