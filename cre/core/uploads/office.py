"""Copies of text documents and tables without who wrote them and what is hidden. Only the worker loads this module."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from cre.core.uploads.kinds import Cleaned, FileKind, Trace, Uncleanable
from cre.core.uploads.pictures import clean_picture
from cre.core.uploads.recognising import check_entries, recognise

# Parts that go, with what points at them. What is left out of the list stays: text, styles, pictures.
GONE = {
    Trace.AUTHOR: re.compile(r"docProps/|word/people\.xml|xl/persons/|meta\.xml$"),
    Trace.NOTES: re.compile(r"(word|xl)/(comments|threadedComments)[^/]*(/|\.xml)"),
    Trace.OTHER: re.compile(
        r"customXml/|docMetadata/|Thumbnails/|Configurations2/|xl/(printerSettings|revisions)/|layout-cache$|manifest\.rdf$"
    ),
}
# Another document inside says things of its own.
INSIDE = re.compile(r"embeddings/|Object \d+/|ObjectReplacements/|externalLinks/")
AUTHORS = {"author", "lastModifiedBy", "userId", "displayName", "providerId", "initials", "userName"}
MARKS = {"commentRangeStart", "commentRangeEnd", "commentReference", "annotation", "annotation-end", "rsids"}
OPEN_AUTHORS = {"creator", "creator-initials", "initial-creator", "printed-by"}
OPEN_TIMES = {"date", "creation-date", "print-date"}
DATED = re.compile(r"wordprocessingml|office/word")
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
# Every copy says the same moment: the first that an archive can say.
NEVER = (1980, 1, 1, 0, 0, 0)
LONG_AGO = "1980-01-01T00:00:00"
# Who wrote it, in a copy; some programs do not open a change that names nobody.
NOBODY = "-"


def clean_office(data: bytes, kind: FileKind) -> Cleaned:
    """The document of the same kind without names, comments and hidden parts. Raises `Uncleanable`."""
    removed: set[Trace] = set()
    copy = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as made:
        check_entries(archive.infolist(), len(data))
        for name, content in parts_kept(archive, removed):
            entry = zipfile.ZipInfo(name, NEVER)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return Cleaned(copy.getvalue(), frozenset(removed))


def parts_kept(archive: zipfile.ZipFile, removed: set[Trace]) -> Iterator[tuple[str, bytes]]:
    """The parts of the copy, each cleaned by itself."""
    for entry in archive.infolist():
        name = entry.filename
        if INSIDE.search(name):
            raise Uncleanable
        trace = next((trace for trace, pattern in GONE.items() if pattern.search(name)), None)
        if trace is not None:
            removed.add(trace)
        elif not entry.is_dir():
            yield name, clean_part(name, archive.read(entry), removed)


def clean_part(name: str, content: bytes, removed: set[Trace]) -> bytes:
    """One part: a page of marks, a picture, or something that says nothing of its maker. Raises `Uncleanable`."""
    if name == "settings.xml":
        return without_settings(content)
    if name.endswith((".xml", ".rels", ".vml")):
        return clean_xml(content, removed)
    if name == "mimetype" or name.endswith((".css", ".odttf", ".ttf", ".otf")):
        return content
    kind = recognise(content)
    if not kind.is_picture:
        raise Uncleanable
    cleaned = clean_picture(content, kind)
    removed |= cleaned.removed
    return cleaned.data


def clean_xml(content: bytes, removed: set[Trace]) -> bytes:
    """A page of marks without names, moments, comments, and links to parts that are gone."""
    root = read_marks(content)
    for element in list(root.iter("*")):
        if points_nowhere(element):
            take_away(element)
        elif etree.QName(element).localname in MARKS:
            removed.add(Trace.NOTES)
            take_away(element)
        else:
            blank(element, removed)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def read_marks(content: bytes) -> etree._Element:
    """The root of a page of marks; nothing outside of it is read. Raises `Uncleanable` for one with entities."""
    root = etree.fromstring(content, PARSER)
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise Uncleanable
    return root


def points_nowhere(element: etree._Element) -> bool:
    """Whether it is a line of a list of parts, for one that the copy goes without."""
    if etree.QName(element).localname not in ("Relationship", "Override", "file-entry"):
        return False
    target = next((value for name, value in attributes(element) if name in ("Target", "PartName", "full-path")), "")
    path = re.sub(r"^(/|(\.\./)+)", "", target)
    return any(pattern.search(path) or pattern.search(f"word/{path}") or pattern.search(f"xl/{path}")
               for pattern in GONE.values())  # fmt: skip


def blank(element: etree._Element, removed: set[Trace]) -> None:
    """Take names and moments out of the attributes and, in open formats, the text of an element."""
    for key in list(element.attrib):
        name = etree.QName(key)
        if name.localname in AUTHORS and element.attrib[key] != NOBODY:
            element.attrib[key] = NOBODY
            removed.add(Trace.AUTHOR)
        elif name.localname.startswith("rsid"):
            del element.attrib[key]
        elif name.localname == "date" and DATED.search(name.namespace or ""):
            del element.attrib[key]
            removed.add(Trace.TIME)
    name = etree.QName(element)
    if name.localname in OPEN_AUTHORS | {"author"} and element.text not in (None, NOBODY):
        element.text = NOBODY
        removed.add(Trace.AUTHOR)
    elif name.localname in OPEN_TIMES and "purl.org" in (name.namespace or "") and element.text != LONG_AGO:
        element.text = LONG_AGO
        removed.add(Trace.TIME)


def without_settings(content: bytes) -> bytes:
    """The settings of an open document, which name printers and paths, as an empty page."""
    root = read_marks(content)
    for child in list(root):
        root.remove(child)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def take_away(element: etree._Element) -> None:
    """Remove an element with what is in it; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def attributes(element: etree._Element) -> Iterable[tuple[str, str]]:
    return ((etree.QName(key).localname, str(value)) for key, value in element.attrib.items())
