"""One row of the roster's spreadsheet, checked as a whole."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from unicodedata import category

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from collaborators.imports import cells
from collaborators.imports.places import Places
from collaborators.imports.report import BadCell, Entry
from collaborators.imports.sheet import BadSheet, Row, Sheet
from collaborators.states import Vetting
from cre.core.vocabularies import Skill

NAME = "Organisation / name"
Read = Callable[[str], Any]


def readers(places: Places) -> dict[str, Read]:
    """How each column is read that we keep."""
    return {
        NAME: cells.name,
        "Type": cells.one_of(cells.KINDS),
        "Node?": cells.answer,
        "Legal name (not public)": cells.text_up_to(200),
        "Country (base)": places.country,
        "Works in": places.countries,
        "Does not work in": places.countries,
        "Level": cells.level,
        "Languages (level)": cells.languages,
        "What they do": cells.skills,
        "Sectors": cells.sectors,
        "Banks they know": cells.financiers,
        "How they work": cells.is_remote_only,
        "Hours per month": partial(cells.number, most=744),
        "Requests at once": partial(cells.number, most=100),
        "Away until": cells.day,
        "Contact e-mail": cells.email,
        "Signal": cells.text_up_to(60),
        "Access level": cells.access_level,
        "Conflicts": cells.text_up_to(1000),
        "Public list?": cells.answer,
        "Last confirmed": cells.day,
    }


def matched_headings(sheet: Sheet, wanted: Mapping[str, Read]) -> dict[str, str]:
    """The sheet's own heading for each column that we read, whatever its letter case. Raises `BadSheet`."""
    written = [heading for heading in sheet.headings if heading]
    own = {cells.folded(heading): heading for heading in written}
    if len(own) < len(written):
        raise BadSheet(_("Two columns have the same heading."))
    missing = [heading for heading in wanted if cells.folded(heading) not in own]
    if missing:
        raise BadSheet(_("These columns are missing: {columns}.").format(columns=", ".join(missing)))
    return {heading: own[cells.folded(heading)] for heading in wanted}


def checked_row(row: Row, headings: Mapping[str, str], wanted: Mapping[str, Read]) -> Entry | list[BadCell]:
    """The row as it can be stored, or everything that is wrong with it."""
    values: dict[str, Any] = {}
    wrong: list[BadCell] = []
    for heading, read in wanted.items():
        try:
            text = row.cells[headings[heading]]
            _refuse_strange_characters(text)
            values[heading] = read(text)
        except cells.BadCellText as cause:
            wrong.append(BadCell(row.line, heading, str(cause)))
    if row.surplus:
        wrong.append(BadCell(row.line, "", str(_("The row has more cells than there are headings."))))
    return wrong or entry_of(row.line, values)


def entry_of(line: int, values: Mapping[str, Any]) -> Entry:
    """The values of a good row, sorted into what all may read, what is sealed, and what matching ranks."""
    return Entry(
        line,
        entry={
            "kind": values["Type"],
            "display_name": values[NAME],
            "about": _about(values["What they do"]),
            "country": values["Country (base)"],
            "status": Vetting.APPROVED,
            "access_level": values["Access level"],
            "is_node": values["Node?"],
            # Who may stand on a public list may also be named to a community.
            "shows_name": values["Public list?"],
            "last_confirmed_on": values["Last confirmed"],
        },
        private={
            "legal_name": values["Legal name (not public)"],
            "contact": "; ".join(filter(None, [values["Contact e-mail"], _signal(values["Signal"])])),
            "conflicts": values["Conflicts"],
        },
        facets=_facets(values),
    )


def _facets(values: Mapping[str, Any]) -> dict[str, Any]:
    skills: list[Skill] = values["What they do"]
    base = [values["Country (base)"]] if values["Country (base)"] else []
    limit = values["Requests at once"]
    return {
        "areas": cells.unique(skill.area for skill in skills if skill.area),
        "skills": skills,
        "languages": values["Languages (level)"],
        "countries": values["Works in"] or base,
        "refused_countries": values["Does not work in"],
        "sectors": values["Sectors"],
        "financiers": values["Banks they know"],
        "levels": values["Level"],
        "remote_only": values["How they work"],
        "hours_a_month": values["Hours per month"],
        "away_until": values["Away until"],
        **({} if limit is None else {"parallel_limit": limit}),
    }


def _about(skills: list[Skill]) -> str:
    with override("en"):
        return cells.shortened(", ".join(str(skill.label) for skill in skills), 400)


def _signal(number: str) -> str:
    return f"Signal {number}" if number else ""


def _refuse_strange_characters(text: str) -> None:
    if any(category(char) == "Cc" and char not in "\n\r\t" for char in text):
        raise cells.BadCellText(_("There is a character in it that is no text."))
