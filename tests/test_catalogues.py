"""The catalogues as they are kept: complete, true to their placeholders, in the words of the glossary."""

import gettext
import re
import unicodedata
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.conf import settings

from cre.catalogues import WHOLE, compile_catalogues, sources
from tests.same_words import SAME_WORDS

CATALOGUES = {path.parts[-3]: path for path in sources()}
FOLDER = Path(settings.BASE_DIR) / "cre/locale"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{[\w.]*\}")
MARKUP = re.compile(r"</?\w+[^>]*>")
PLURAL_FORMS = {"ar": 6, "es": 3, "fr": 2, "pt_BR": 2, "id": 1, "hi": 2, "sw": 2}
# What an Arabic word may carry before and after it without being another word.
BEFORE, AFTER = r"(?<!\w)[وف]?[بكل]?(?:ال|لل)?", r"(?:ون|ين|ات|ة|ه|ها|هم|كم|نا|ي)?(?!\w)"
# A vowel sign of Devanagari is no letter to `re`; a word ends where neither a letter nor a sign follows.
AROUND = {"ar": (BEFORE, AFTER), "hi": (r"(?<![\w\u0900-\u097f])", r"(?![\w\u0900-\u097f])")}

pytestmark = pytest.mark.parametrize("language", sorted(CATALOGUES))


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(CATALOGUES[language]), wrapwidth=0)


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def translated(language: str) -> list[polib.POEntry]:
    """What is said in this language; of those that are not whole, staff's sentences may be empty."""
    return [entry for entry in catalogue(language) if entry.translated()]


def without_marks(text: str, language: str) -> str:
    """Arabic text without vowel signs, so that a word is found however it is pointed; others in small letters."""
    if language != "ar":
        return text.casefold()
    return "".join(char for char in text if unicodedata.category(char) != "Mn")


def words_to_avoid(language: str) -> list[str]:
    glossary = FOLDER / f"glossary-{language.replace('_', '-').lower()}.md"
    lines = glossary.read_text(encoding="utf-8").splitlines()
    cells = [line.split("|")[3] for line in lines if line.startswith("|")][2:]
    return [without_marks(word.strip(), language) for cell in cells for word in re.split("[،,]", cell) if word.strip()]


def test_every_sentence_is_translated_or_waits_empty(language):
    book = catalogue(language)
    assert len(book.translated_entries()) > 1000
    assert [entry.msgid for entry in book if entry.fuzzy] == []
    assert book.obsolete_entries() == []
    if language in WHOLE:
        assert [entry.msgid for entry in book if not all(translations(entry))] == []


def test_every_plural_has_all_its_forms(language):
    plurals = [entry for entry in translated(language) if entry.msgid_plural]
    wanted = set(range(PLURAL_FORMS[language]))
    assert plurals
    assert [entry.msgid for entry in plurals if set(entry.msgstr_plural) != wanted] == []
    assert [entry.msgid for entry in plurals if not all(translations(entry))] == []
    assert f"nplurals={len(wanted)};" in catalogue(language).metadata["Plural-Forms"]


def test_placeholders_are_kept(language):
    """A form for exactly none, one or two may say the number in words; none may bring a new placeholder."""
    for entry in translated(language):
        given = Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in translations(entry):
            kept = Counter(PLACEHOLDER.findall(text))
            assert kept <= given if entry.msgid_plural else kept == given, entry.msgid


def test_markup_and_line_ends_are_kept(language):
    for entry in translated(language):
        for text in translations(entry):
            assert MARKUP.findall(text) == MARKUP.findall(entry.msgid), entry.msgid
            assert text.startswith("\n") == entry.msgid.startswith("\n"), entry.msgid
            assert text.endswith("\n") == entry.msgid.endswith("\n"), entry.msgid
            assert text.startswith(" ") == entry.msgid.startswith(" "), entry.msgid
            assert text.endswith(" ") == entry.msgid.endswith(" "), entry.msgid


def test_nothing_was_left_in_english(language):
    left = {entry.msgid for entry in translated(language) if entry.msgid in translations(entry)}
    assert left - SAME_WORDS.get(language, set()) == set()


def test_the_words_of_the_glossary_are_held(language):
    avoided = words_to_avoid(language)
    assert len(avoided) > 20
    before, after = AROUND.get(language, (r"(?<!\w)", r"(?!\w)"))
    pattern = re.compile(f"{before}({'|'.join(map(re.escape, avoided))}){after}")
    for entry in translated(language):
        for text in translations(entry):
            assert pattern.findall(without_marks(text, language)) == [], f"{text!r} for {entry.msgid!r}"


def test_the_header_tells_no_machine_and_is_no_draft(language):
    book = catalogue(language)
    header = f"{book.header}{book.metadata}"
    assert not book.metadata_is_fuzzy
    assert book.metadata["Language"] == language
    assert not re.search(r"FULL NAME|EMAIL@|PACKAGE|YEAR|(?<!\w)/\w+/", header)


def test_it_compiles_and_answers(language, tmp_path, settings):
    """A language is put beside the others by its catalogue alone; no system tool is needed."""
    kept = tmp_path / language / "LC_MESSAGES" / "django.po"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(CATALOGUES[language].read_bytes())
    settings.LOCALE_PATHS = [tmp_path]

    assert compile_catalogues() == 1
    assert compile_catalogues() == 0

    entry = translated(language)[0]
    with kept.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext(entry.msgid) == translations(entry)[0]
