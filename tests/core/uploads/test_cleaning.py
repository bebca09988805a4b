"""A copy for others shows the same and says nothing of its maker."""

from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from mutagen.oggopus import OggOpus
from PIL import Image

from cre.core.uploads import FileKind, Trace, Uncleanable, clean, recognise
from tests.core.uploads import made

pytestmark = pytest.mark.promise("P16")
T = Trace
SAYS = {
    FileKind.JPEG: (made.picture, {T.PLACE, T.DEVICE, T.TIME, T.AUTHOR, T.NOTES}),
    FileKind.PNG: (lambda: made.picture("PNG"), {T.PLACE, T.DEVICE, T.TIME, T.AUTHOR, T.NOTES}),
    FileKind.WEBP: (lambda: made.picture("WEBP"), {T.PLACE, T.DEVICE, T.TIME, T.AUTHOR}),
    FileKind.PDF: (made.pdf, {T.AUTHOR, T.DEVICE, T.TIME, T.OTHER}),
    FileKind.DOCX: (made.docx, {T.PLACE, T.DEVICE, T.TIME, T.AUTHOR, T.NOTES}),
    FileKind.XLSX: (made.xlsx, {T.AUTHOR, T.NOTES}),
    FileKind.ODT: (made.odt, {T.AUTHOR, T.NOTES}),
    FileKind.OGG: (made.ogg, {T.PLACE, T.AUTHOR}),
    FileKind.M4A: (made.m4a, {T.PLACE, T.TIME}),
    FileKind.MP3: (made.mp3, {T.AUTHOR}),
}


def everything_in(data, kind):
    """The bytes of a file, with the parts of a document unpacked."""
    if kind in (FileKind.DOCX, FileKind.XLSX, FileKind.ODT):
        with ZipFile(BytesIO(data)) as archive:
            return b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    if kind == FileKind.PDF:
        plain = BytesIO()
        with pikepdf.open(BytesIO(data)) as pdf:
            pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
        return plain.getvalue()
    return data


@pytest.mark.parametrize("kind", SAYS, ids=str)
def test_a_copy_says_nothing_of_its_maker_and_we_say_what_was_taken_out(kind):
    make, said = SAYS[kind]
    original = make()
    assert made.CANARY.encode() in everything_in(original, kind)

    copy = clean(original, kind)

    assert (made.CANARY.encode() in everything_in(copy.data, kind), recognise(copy.data), copy.removed) == (
        False,
        kind,
        frozenset(said),
    )


@pytest.mark.parametrize("kind", SAYS, ids=str)
def test_cleaning_a_clean_copy_finds_nothing_more(kind):
    once = clean(SAYS[kind][0](), kind)

    assert clean(once.data, kind).removed == frozenset()


def test_a_photo_is_turned_upright_as_its_camera_said():
    copy = clean(made.picture(size=(40, 20)), FileKind.JPEG)

    with Image.open(BytesIO(copy.data)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((20, 40), {})


def test_a_very_long_picture_is_made_smaller():
    copy = clean(made.picture("PNG", says=False, size=(9000, 10)), FileKind.PNG)

    with Image.open(BytesIO(copy.data)) as picture:
        assert picture.size[0] == 4096


def test_a_picture_with_nothing_to_say_loses_nothing():
    assert clean(made.picture(says=False), FileKind.JPEG).removed == frozenset()


def test_a_document_keeps_its_words_and_loses_comments_and_who_changed_it():
    copy = clean(made.docx(), FileKind.DOCX)

    with ZipFile(BytesIO(copy.data)) as archive:
        words = archive.read("word/document.xml").decode()
        links = archive.read("word/_rels/document.xml.rels").decode()
        names = archive.namelist()
    assert ("The river" in words, " is ours" in words, "comment" in words, "comments.xml" in links) == (
        True, True, False, False
    )  # fmt: skip
    assert names == [
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels",
        "word/media/image1.jpeg",
    ]  # fmt: skip


def test_the_text_around_a_comment_in_an_open_document_stays():
    copy = clean(made.odt(), FileKind.ODT)

    with ZipFile(BytesIO(copy.data)) as archive:
        assert "<text:p>River ours</text:p>" in archive.read("content.xml").decode()


def test_a_document_with_another_one_inside_gets_no_copy():
    with pytest.raises(Uncleanable):
        clean(made.docx(**{"word__embeddings__table.xlsx": made.xlsx()}), FileKind.DOCX)


def test_a_document_that_names_entities_gets_no_copy():
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'

    with pytest.raises(Uncleanable):
        clean(made.docx(**{"word__styles.xml": bomb}), FileKind.DOCX)


def test_a_locked_pdf_gets_no_copy():
    locked = BytesIO()
    with pikepdf.open(BytesIO(made.pdf())) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))

    with pytest.raises(Uncleanable):
        clean(locked.getvalue(), FileKind.PDF)


def test_a_file_that_is_another_kind_than_was_said_gets_no_copy():
    with pytest.raises(Uncleanable):
        clean(made.pdf(), FileKind.JPEG)


@pytest.mark.parametrize("kind", [FileKind.JPEG, FileKind.PNG, FileKind.DOCX, FileKind.M4A], ids=str)
def test_a_file_cut_in_half_gets_no_copy(kind):
    whole = SAYS[kind][0]()

    with pytest.raises(Uncleanable):
        clean(whole[: len(whole) // 2], kind)


@pytest.mark.parametrize("kind", [b"SDLN", b"\xa9xyz", b"zzzz"], ids=["of a maker", "a place", "of nobody"])
def test_what_a_sound_does_not_need_is_emptied_whoever_wrote_it(kind):
    copy = clean(made.m4a() + made.box(kind, made.CANARY.encode()), FileKind.M4A)

    assert made.CANARY.encode() not in copy.data


def test_a_voice_message_keeps_its_sound():
    copies = [clean(make(), kind).data for kind, make in ((FileKind.M4A, made.m4a), (FileKind.OGG, made.ogg))]

    assert (b"sound" * 40 in copies[0], len(copies[0])) == (True, len(made.m4a()))
    assert not OggOpus(BytesIO(copies[1])).tags
