"""Files as people and attackers send them, made when a test needs one."""

import struct
import zipfile
from io import BytesIO
from typing import Any

import pikepdf
from mutagen import id3
from mutagen.ogg import OggPage
from mutagen.oggopus import OggOpus
from PIL import ExifTags, Image, PngImagePlugin

CANARY = "Canary-of-Riverbend"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def picture(kind="JPEG", *, says=True, size=(40, 20)):
    """A picture that names the place, the camera, the moment and the maker, turned by its camera."""
    exif = Image.Exif()
    if says:
        exif[ExifTags.Base.Make] = CANARY
        exif[ExifTags.Base.DateTime] = "2026:11:22 10:00:00"
        exif[ExifTags.Base.Artist] = CANARY
        exif[ExifTags.Base.Orientation] = 6
        exif.get_ifd(ExifTags.IFD.GPSInfo)[1] = "S"
    options: dict[str, Any] = {"exif": exif} if says else {}
    if says and kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", CANARY)
        options["pnginfo"] = notes
    if says and kind == "JPEG":
        options["comment"] = CANARY.encode()
    file = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(file, kind, **options)
    return file.getvalue()


def huge_png(width=40_000, height=40_000):
    """A few bytes that say they are a picture of 1,600 million points."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 13, b"IHDR") + head + bytes(4) + picture("PNG")[33:]


def pdf():
    """A page with a photo of a camera, an author, a description, a note and an attached file."""
    made, file = pikepdf.new(), BytesIO()
    page = made.add_blank_page()
    photo = pikepdf.Stream(made, picture(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=40, Height=20,
                           ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8)  # fmt: skip
    photo.write(picture(), filter=pikepdf.Name.DCTDecode)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=photo))
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 1, 1], T=CANARY, Contents="a note"
    )
    page.Annots = pikepdf.Array([made.make_indirect(note)])
    made.trailer.Info = made.make_indirect(pikepdf.Dictionary(Author=CANARY, Creator=CANARY, ModDate="D:20261122"))
    made.Root.Metadata = pikepdf.Stream(made, f"<x>{CANARY}</x>".encode())
    made.attachments["hidden.txt"] = CANARY.encode()
    made.save(file, compress_streams=False)
    return file.getvalue()


def archive(parts, *, compression=zipfile.ZIP_DEFLATED):
    """An archive of these parts, in this order."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made:
        for name, content in parts.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else compression)
    return file.getvalue()


def docx(**more):
    """A text with an author, a change of hers, a comment and a photo."""
    body = (
        f'<w:document {W}><w:body><w:p w:rsidR="00A1"><w:commentRangeStart w:id="0"/><w:r><w:t>The river</w:t></w:r>'
        f'<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        f'<w:ins w:id="1" w:author="{CANARY}" w:date="2026-11-22T10:00:00Z"><w:r><w:t> is ours</w:t></w:r></w:ins>'
        "</w:p></w:body></w:document>"
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/comments.xml" ContentType="c"/>'
        '<Override PartName="/docProps/core.xml" ContentType="p"/>'
        '<Override PartName="/word/document.xml" ContentType="d"/></Types>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="t" Target="{}"/><Relationship Id="r2" Type="t" Target="{}"/></Relationships>'
    )
    return archive({
        "[Content_Types].xml": types,
        "_rels/.rels": links.format("word/document.xml", "docProps/core.xml"),
        "word/document.xml": body,
        "word/_rels/document.xml.rels": links.format("media/image1.jpeg", "comments.xml"),
        "word/comments.xml": f'<w:comments {W}><w:comment w:author="{CANARY}">{CANARY}</w:comment></w:comments>',
        "docProps/core.xml": f"<core><creator>{CANARY}</creator></core>",
        "word/media/image1.jpeg": picture(),
        **{name.replace("__", "/"): content for name, content in more.items()},
    })  # fmt: skip


def xlsx():
    """A table with an author."""
    return archive({
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": "<workbook/>",
        "xl/comments1.xml": f"<comments><authors><author>{CANARY}</author></authors></comments>",
        "docProps/app.xml": f"<Properties><Company>{CANARY}</Company></Properties>",
    })  # fmt: skip


def odt():
    """A text in the open format with an author and a comment."""
    note = f"<office:annotation><dc:creator>{CANARY}</dc:creator><text:p>{CANARY}</text:p></office:annotation>"
    text = f"<office:body><text:p>River{note} ours</text:p></office:body>"
    settings = f"<office:settings>{CANARY}</office:settings>"
    return archive({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {OPEN}>{text}</office:document-content>",
        "meta.xml": f"<office:document-meta {OPEN}><dc:creator>{CANARY}</dc:creator></office:document-meta>",
        "settings.xml": f"<office:document-settings {OPEN}>{settings}</office:document-settings>",
    })  # fmt: skip


def ogg():
    """A voice message in Opus with tags."""
    head = b"OpusHead\x01\x01\x00\x00\x80\xbb\x00\x00\x00\x00\x00"
    tags = b"OpusTags" + struct.pack("<I", 7) + b"libopus" + struct.pack("<I", 0)
    pages = []
    for number, packet in enumerate((head, tags, bytes(200))):
        page = OggPage()
        page.serial, page.sequence, page.packets = 7, number, [packet]
        page.first, page.last, page.position = number == 0, number == 2, 960 if number == 2 else 0
        pages.append(page.write())
    file = BytesIO(b"".join(pages))
    found = OggOpus(file)
    found["location"], found["artist"] = CANARY, CANARY
    file.seek(0)
    found.save(file)
    return file.getvalue()


def mp3():
    """A sound with an ID3 tag."""
    file = BytesIO((b"\xff\xfb\x90\x00" + bytes(413)) * 8)
    tags = id3.ID3()
    tags.add(id3.TPE1(encoding=3, text=CANARY))
    tags.save(file)
    return file.getvalue()


def box(kind, content):
    return struct.pack(">I4s", 8 + len(content), kind) + content


def m4a(track=b"soun"):
    """A voice message from a phone that says where and when it was made."""
    dated = bytes(4) + struct.pack(">II", 3_900_000_000, 3_900_000_000) + bytes(88)
    hdlr = box(b"hdlr", bytes(8) + track + bytes(13))
    media = box(b"mdia", box(b"mdhd", dated[:24]) + hdlr)
    place = box(b"udta", box(b"\xa9xyz", b"\x00\x10\x15\xc7-01.2921+036.8219" + CANARY.encode()))
    moov = box(b"moov", box(b"mvhd", dated) + box(b"trak", box(b"tkhd", dated[:84]) + media) + place)
    return box(b"ftyp", b"M4A \x00\x00\x00\x00M4A mp42") + moov + box(b"mdat", b"sound" * 40)
