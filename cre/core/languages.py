"""What each language of the pages asks for: which one somebody is written to in, and how a day is named."""

from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_supported_language_variant


def open_language(tag: str) -> str:
    """The open language that is nearest to a language tag (`pt` and `pt-PT` give `pt-br`); else English."""
    try:
        return get_supported_language_variant(tag.lower())
    except LookupError:
        return str(settings.LANGUAGE_CODE)


def named_day(day: date) -> str:
    """A day as people say it, with the name of the week's day and without the year: "Thursday 3 December"."""
    return f"{date_format(day, 'l')} {date_format(day, 'MONTH_DAY_FORMAT')}"
