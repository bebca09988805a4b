"""The catalogues as they are kept: complete, true to their placeholders, in the words of the glossary."""

import gettext
import re
import unicodedata
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.conf import settings

from cre.catalogues import compile_catalogues, sources

CATALOGUES = {path.parts[-3]: path for path in sources()}
GLOSSARY = Path(settings.BASE_DIR) / "cre/locale/glossary-ar.md"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{[\w.]*\}")
MARKUP = re.compile(r"</?\w+[^>]*>")
PLURAL_FORMS = {"ar": 6}
# Sentences that may look the same in both languages.
SAME_IN_BOTH: set[str] = set()
# What an Arabic word may carry before and after it without being another word.
BEFORE, AFTER = r"(?<!\w)[وف]?[بكل]?(?:ال|لل)?", r"(?:ون|ين|ات|ة|ه|ها|هم|كم|نا|ي)?(?!\w)"

pytestmark = pytest.mark.parametrize("language", sorted(CATALOGUES))


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(CATALOGUES[language]), wrapwidth=0)


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def without_marks(text: str) -> str:
    """Arabic text without vowel signs, so that a word is found however it is pointed."""
    return "".join(char for char in text if unicodedata.category(char) != "Mn")


def words_to_avoid() -> list[str]:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    cells = [line.split("|")[3] for line in lines if line.startswith("|")][2:]
    return [without_marks(word.strip()) for cell in cells for word in cell.split("،") if word.strip()]


def test_every_sentence_is_translated(language):
    book = catalogue(language)
    assert book
    assert [entry.msgid for entry in book if entry.fuzzy or not all(translations(entry))] == []
    assert book.obsolete_entries() == []


def test_every_plural_has_all_its_forms(language):
    plurals = [entry for entry in catalogue(language) if entry.msgid_plural]
    wanted = set(range(PLURAL_FORMS[language]))
    assert [entry.msgid for entry in plurals if set(entry.msgstr_plural) != wanted] == []
    assert f"nplurals={len(wanted)};" in catalogue(language).metadata["Plural-Forms"]


def test_placeholders_are_kept(language):
    """A form for exactly none, one or two may say the number in words; none may bring a new placeholder."""
    for entry in catalogue(language):
        given = Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in translations(entry):
            kept = Counter(PLACEHOLDER.findall(text))
            assert kept <= given if entry.msgid_plural else kept == given, entry.msgid


def test_markup_and_line_ends_are_kept(language):
    for entry in catalogue(language):
        for text in translations(entry):
            assert MARKUP.findall(text) == MARKUP.findall(entry.msgid), entry.msgid
            assert text.startswith("\n") == entry.msgid.startswith("\n"), entry.msgid
            assert text.endswith("\n") == entry.msgid.endswith("\n"), entry.msgid


def test_nothing_was_left_in_english(language):
    book = catalogue(language)
    assert [e.msgid for e in book if e.msgid in translations(e) and e.msgid not in SAME_IN_BOTH] == []


def test_the_words_of_the_glossary_are_held(language):
    if language != "ar":
        pytest.fail(f"Write a glossary for {language} and name it here.")
    avoided = words_to_avoid()
    assert len(avoided) > 30
    pattern = re.compile(f"{BEFORE}({'|'.join(map(re.escape, avoided))}){AFTER}")
    for entry in catalogue(language):
        for text in translations(entry):
            assert pattern.findall(without_marks(text)) == [], f"{text!r} for {entry.msgid!r}"


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

    entry = catalogue(language)[0]
    with kept.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext(entry.msgid) == translations(entry)[0]
