"""A copy of a picture with nothing but its points. Only the worker loads this module."""

from io import BytesIO

from PIL import ExifTags, Image, ImageOps

from cre.core.uploads.kinds import Cleaned, FileKind, Trace, Uncleanable
from cre.core.uploads.recognising import MOST_POINTS

# The longest side of a copy: enough for a screen and for print, and light on a slow line.
LONGEST_SIDE = 4096
FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}
OPTIONS: dict[FileKind, dict[str, int | bool]] = {
    FileKind.JPEG: {"quality": 88},
    FileKind.PNG: {"optimize": False},
    FileKind.WEBP: {"quality": 88},
}
Tag = ExifTags.Base
TAGS = {
    Trace.PLACE: {Tag.GPSInfo},
    Trace.DEVICE: {Tag.Make, Tag.Model, Tag.Software, Tag.HostComputer, Tag.LensModel, Tag.BodySerialNumber},
    Trace.TIME: {Tag.DateTime, Tag.DateTimeOriginal, Tag.DateTimeDigitized},
    Trace.AUTHOR: {Tag.Artist, Tag.Copyright, Tag.CameraOwnerName, Tag.XPAuthor},
    Trace.NOTES: {Tag.ImageDescription, Tag.UserComment, Tag.XPComment, Tag.XPTitle, Tag.XPKeywords},
}
# What Pillow finds beside the points and what only says how they are to be shown.
NOTES = {"comment", "Comment", "Title", "Description", "Author", "Copyright", "Software", "Source"}
NOT_HIDDEN = {
    "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "gamma", "srgb", "chromaticity", "transparency", "loop",
    "progressive", "progression", "adobe", "adobe_transform", "aspect", "interlace", "background", "timestamp",
    "duration", "exif", "icc_profile",
}  # fmt: skip


def clean_picture(data: bytes, kind: FileKind) -> Cleaned:
    """A picture of the same kind, turned upright, at most `LONGEST_SIDE` long. Raises `Uncleanable`."""
    with Image.open(BytesIO(data), formats=[FORMATS[kind]]) as found:
        if found.width * found.height > MOST_POINTS:
            raise Uncleanable
        removed = traces_of(found)
        found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = ImageOps.exif_transpose(found)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = only_points(picture, kind)
    copy = BytesIO()
    plain.save(copy, FORMATS[kind], **OPTIONS[kind])
    return Cleaned(copy.getvalue(), removed)


def only_points(picture: Image.Image, kind: FileKind) -> Image.Image:
    """The points of a picture in a new one, in colours that its kind can hold."""
    is_clear = "A" in picture.getbands() or "transparency" in picture.info
    mode = "RGBA" if is_clear and kind != FileKind.JPEG else "L" if picture.mode in ("1", "L") else "RGB"
    points = picture.convert(mode)
    plain = Image.new(mode, points.size)
    plain.paste(points)
    return plain


def traces_of(picture: Image.Image) -> frozenset[Trace]:
    """What a picture says of its maker."""
    exif = picture.getexif()
    tags = set(exif) | set(exif.get_ifd(ExifTags.IFD.Exif)) | set(exif.get_ifd(ExifTags.IFD.GPSInfo) and [Tag.GPSInfo])
    found = {trace for trace, named in TAGS.items() if tags & named}
    said = {name for name in picture.info if isinstance(name, str)} - NOT_HIDDEN
    if said & NOTES:
        found.add(Trace.NOTES)
    if said - NOTES:
        found.add(Trace.OTHER)
    return frozenset(found)
