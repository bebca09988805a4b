"""The copy that a community takes with it: for people one page, for programs JSON. See docs/everything.md."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from collaborations.actions.taking import Section
from cre.core.portable import Fact, Record

FORMAT, VERSION = "community-copy", 1


def as_rows(record: Record, *, with_links: bool) -> list[dict[str, Any]]:
    """A record as components/summary_list.html shows it; a file that leaves has no link to where it came from."""
    return [
        {"label": fact.label, "value": fact.words, "lang": fact.lang, "url": fact.path if with_links else ""}
        for fact in record.facts
    ]


def as_parts(sections: Iterable[Section], *, with_links: bool) -> list[dict[str, Any]]:
    """The sections that hold something, as the pages show them."""
    return [
        {
            "words": section.words,
            "records": [(found.title, as_rows(found, with_links=with_links)) for found in section.records],
        }
        for section in sections
        if section.records
    ]


def as_json(sections: Iterable[Section], *, made_at: datetime, language: str) -> bytes:
    """The copy for programs: codes and ISO dates beside the words of a language."""
    copy = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": made_at,
        "language": language,
        "sections": [
            {
                "code": section.name,
                "label": section.words,
                "records": [
                    {"label": found.title, "facts": [fact_as_json(fact) for fact in found.facts]}
                    for found in section.records
                ],
            }
            for section in sections
        ],
    }
    return json.dumps(copy, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def fact_as_json(fact: Fact) -> dict[str, Any]:
    """A fact; what does not apply is left out."""
    said = {"code": fact.code, "label": fact.label, "value": fact.value, "words": fact.words}
    return said | {name: value for name, value in (("language", fact.lang), ("path", fact.path)) if value}
