"""What people write in one cell, and what we store; each reader raises `BadCellText` with a sentence."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cre.core.vocabularies import CollaboratorKind, LanguageUse, Level, Sector, Skill, language_tag

C = TypeVar("C", bound=TextChoices)
T = TypeVar("T")

KINDS = {
    "organisation": CollaboratorKind.ORGANISATION,
    "organization": CollaboratorKind.ORGANISATION,
    "org.": CollaboratorKind.ORGANISATION,
    "org": CollaboratorKind.ORGANISATION,
    "person": CollaboratorKind.PERSON,
    "individual": CollaboratorKind.PERSON,
    "community": CollaboratorKind.COMMUNITY,
}
ANSWERS = {"yes": True, "y": True, "no": False, "n": False, "": False}
USES = {
    "first language": LanguageUse.NATIVE,
    "mother tongue": LanguageUse.NATIVE,
    "native": LanguageUse.NATIVE,
    "": LanguageUse.WORK,
    "work": LanguageUse.WORK,
    "working": LanguageUse.WORK,
    "fluent": LanguageUse.WORK,
    "basic": LanguageUse.BASIC,
    "a little": LanguageUse.BASIC,
    "interpreter": LanguageUse.INTERPRET,
    "interprets": LanguageUse.INTERPRET,
    "interpreting": LanguageUse.INTERPRET,
}
REMOTE = ["remote"]
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%b %Y", "%B %Y")
LANGUAGE = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<use>[^()]*)\))?")


class BadCellText(ValueError):
    """What stands in this cell cannot be stored; the sentence says why."""


def folded(text: str) -> str:
    """A word as it is compared: without upper case and doubled spaces."""
    return " ".join(text.split()).casefold()


def parts(text: str) -> list[str]:
    """The items of a list, which people separate with semicolons or commas."""
    return [part.strip() for part in re.split("[;,]", text) if part.strip()]


def text_up_to(limit: int) -> Callable[[str], str]:
    """A reader of free text that fits into `limit` characters."""

    def read(text: str) -> str:
        if len(text) > limit:
            raise BadCellText(
                _("This has {length} characters; at most {limit} fit.").format(length=len(text), limit=limit)
            )
        return text

    return read


def name(text: str) -> str:
    """The display name, which every entry has."""
    if not text:
        raise BadCellText(_("The name is missing."))
    return text_up_to(120)(" ".join(text.split()))


def one_of(known: Mapping[str, C]) -> Callable[[str], C]:
    """A reader of one word out of a list of spellings."""

    def read(text: str) -> C:
        found = known.get(folded(text))
        if found is None:
            raise BadCellText(
                _("“{text}” is not one of: {known}.").format(text=shortened(text), known=", ".join(known))
            )
        return found

    return read


def answer(text: str) -> bool:
    """Yes or no; an empty cell is a no."""
    if folded(text) not in ANSWERS:
        raise BadCellText(_("“{text}” is neither yes nor no.").format(text=shortened(text)))
    return ANSWERS[folded(text)]


def number(text: str, *, most: int) -> int | None:
    """A whole number, or None for an empty cell."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text[:9]) > most:
        raise BadCellText(_("“{text}” is not a whole number from 0 to {most}.").format(text=shortened(text), most=most))
    return int(text)


def access_level(text: str) -> int:
    """1, 2 or 3; an empty cell is the lowest."""
    if text not in {"", "1", "2", "3"}:
        raise BadCellText(_("“{text}” is not an access level: 1, 2 or 3.").format(text=shortened(text)))
    return int(text or 1)


def day(text: str) -> date | None:
    """A day, or the first of a month; None for an empty cell."""
    if not text:
        return None
    for pattern in DATES:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise BadCellText(
        _("“{text}” is not a date. Write 2026-11-22, 22/11/2026 or Nov 2026.").format(text=shortened(text))
    )


def email(text: str) -> str:
    """An e-mail address, or nothing."""
    try:
        if text:
            validate_email(text)
    except ValidationError as error:
        raise BadCellText(_("“{text}” is not an e-mail address.").format(text=shortened(text))) from error
    return text_up_to(200)(text)


def level(text: str) -> list[Level]:
    """Where a collaborator works, as the list that matching compares; an empty cell says nothing."""
    return [one_of({code.value: code for code in Level})(text)] if text else []


def languages(text: str) -> list[str]:
    """The languages in which a collaborator can really work; a little of one is not enough."""
    spoken = []
    for part in parts(text):
        found = LANGUAGE.fullmatch(part)
        tag = language_tag(found["name"]) if found else None
        if found is None or tag is None:
            raise BadCellText(_("“{text}” is no language that we know.").format(text=shortened(part)))
        if one_of(USES)(found["use"] or "") != LanguageUse.BASIC:
            spoken.append(tag)
    return unique(spoken)


def skills(text: str) -> list[Skill]:
    """What a collaborator can do, by codes or English labels."""
    return coded(Skill, text, _("“{text}” is no skill that we know."))


def sectors(text: str) -> list[Sector]:
    """The kinds of project that a collaborator knows, by codes or English labels."""
    return coded(Sector, text, _("“{text}” is no sector that we know."))


def coded(vocabulary: type[C], text: str, sentence: Promise) -> list[C]:
    """The members of a vocabulary that a list names. A label may itself contain a comma."""
    known = {member.value: member for member in vocabulary}
    with override("en"):
        known |= {folded(str(member.label)): member for member in vocabulary}
    if folded(text) in known:
        return [known[folded(text)]]
    found, left = [], parts(text)
    while left:
        taken = next((size for size in (3, 2, 1) if folded(", ".join(left[:size])) in known), 0)
        if not taken:
            raise BadCellText(str(sentence).format(text=shortened(left[0])))
        found.append(known[folded(", ".join(left[:taken]))])
        left = left[taken:]
    return unique(found)


def financiers(text: str) -> list[str]:
    """The banks that a collaborator knows, as they are written."""
    return unique(text_up_to(80)(part) for part in parts(text))


def is_remote_only(text: str) -> bool:
    """Whether a collaborator never travels; an empty cell does not say so."""
    return [folded(part) for part in parts(text)] == REMOTE


def unique(items: Iterable[T]) -> list[T]:
    """The items once each, in their order."""
    return list(dict.fromkeys(items))


def shortened(text: str, limit: int = 40) -> str:
    """Enough of a cell to find it again."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
