"""What somebody takes with them: records whose facts have words for people and codes for programs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cre.core.classes import CONFIDENTIAL, IDENTITY, class_of
from cre.core.vault import SealedTextField


@dataclass(frozen=True)
class Fact:
    """One answer or one thing that happened.

    `code` and `value` stay the same in every language; `label` and `words` are what a person reads. `lang` is the
    language of somebody's own words, `path` where a file is opened, without the name of the site.
    """

    code: str
    label: str
    value: Any
    words: str
    lang: str = ""
    path: str = ""


@dataclass(frozen=True)
class Record:
    """Facts that belong together; the title may be empty where a part has only one record."""

    title: str
    facts: list[Fact]


def fact(code: str, label: str | Promise, value: Any, words: Any = None, *, lang: str = "", path: str = "") -> Fact:
    """A fact; its words are those of the value unless given."""
    return Fact(code, capfirst(str(label)), value, in_words(value if words is None else words), lang, path)


def in_words(value: Any) -> str:
    """A value as a person reads it; empty for what was never said."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def answered(*facts: Fact) -> list[Fact]:
    """The facts that say something."""
    return [found for found in facts if found.words]


def told(row: models.Model, *, lang: str = "") -> list[Fact]:
    """Every confidential text of a row that holds something, so that a new field comes along by itself."""
    found = [
        field
        for field in row._meta.concrete_fields
        if isinstance(field, SealedTextField | models.CharField | models.TextField)
        and class_of(type(row), field.name) in (CONFIDENTIAL, IDENTITY)
    ]
    return answered(*(fact_of(row, field, lang=lang) for field in found))


def fact_of(row: models.Model, field: Any, *, lang: str = "") -> Fact:
    """A field of a row; codes keep their words."""
    value = getattr(row, field.name)
    words = getattr(row, f"get_{field.name}_display")() if field.choices else value
    return fact(field.name, field.verbose_name, value, words, lang="" if field.choices else lang)
