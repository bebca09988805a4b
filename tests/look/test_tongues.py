"""What each language of the pages asks for: its name, its days, its hours, its digits, its direction."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timesince import timesince

from cre.core.languages import named_day, open_language

CODES = [code for code, _ in settings.LANGUAGES]
MOMENT = datetime(2026, 12, 3, 15, 5, tzinfo=UTC)


def test_the_first_set_of_languages_is_open() -> None:
    assert set(CODES) == {"en", "es", "fr", "pt-br", "ar", "id", "hi", "sw"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Thursday 3 December", "3 December 2026", "3 December 2026, 15:05")),
        ("es", ("jueves 3 de diciembre", "3 de diciembre de 2026", "3 de diciembre de 2026 a las 15:05")),
        ("fr", ("jeudi 3 décembre", "3 décembre 2026", "3 décembre 2026 15:05")),
        ("pt-br", ("quinta-feira 3 de dezembro", "3 de dezembro de 2026", "3 de dezembro de 2026 às 15:05")),
        ("ar", ("الخميس 3 ديسمبر", "3 ديسمبر، 2026", "3 ديسمبر 2026، 15:05")),
        ("id", ("Kamis 3 Desember", "3 Desember 2026", "3 Desember 2026, 15.05")),
        ("hi", ("गुरुवार 3 दिसंबर", "3 दिसंबर 2026", "3 दिसंबर 2026, 15:05")),
        ("sw", ("Alhamisi 3 Disemba", "3 Disemba 2026", "3 Disemba 2026, 15:05")),
    ],
    ids=CODES,
)
def test_days_and_hours_are_told_as_people_tell_them(language: str, words: tuple[str, ...]) -> None:
    with translation.override(language):
        assert (named_day(MOMENT), date_format(MOMENT), date_format(MOMENT, "DATETIME_FORMAT")) == words


@pytest.mark.parametrize("language", CODES)
def test_a_date_in_figures_puts_the_day_before_the_month_in_digits_from_0_to_9(language: str) -> None:
    with translation.override(language):
        for form in ("SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT"):
            assert re.match(r"0?3\D", date_format(MOMENT, form)), date_format(MOMENT, form)


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "3 días"), ("fr", "3 jours"), ("pt-br", "3 dias"), ("id", "3 hari"), ("hi", "3 दिन"), ("sw", "siku 3")],
    ids=["es", "fr", "pt-br", "id", "hi", "sw"],
)
def test_how_long_it_takes_is_said_in_the_language(language: str, words: str) -> None:
    with translation.override(language):
        told = timesince(datetime(2026, 11, 30, tzinfo=UTC), datetime(2026, 12, 3, tzinfo=UTC), depth=1)

    assert told.replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("pt", "pt-br"),
        ("pt-PT", "pt-br"),
        ("es-MX", "es"),
        ("sw-TZ", "sw"),
        ("so", "en"),
        ("zh-Hans", "en"),
        ("", "en"),
    ],
)
def test_somebody_is_written_to_in_the_nearest_open_language(tag: str, language: str) -> None:
    assert open_language(tag) == language


@pytest.mark.django_db
@pytest.mark.parametrize("language", CODES)
def test_the_menu_names_each_language_in_itself(language: str) -> None:
    page = Client().get(f"/{language}/").content.decode()

    for code, name in [("es", "español"), ("pt-br", "Português Brasileiro"), ("hi", "हिंदी"), ("sw", "Kiswahili")]:
        assert re.search(rf'lang="{code}"[^>]*>{name}<', page), code
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
