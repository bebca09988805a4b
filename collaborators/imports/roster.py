"""Bringing an organisation's roster along: a trial that only reports, then the same in earnest."""

from django.utils.translation import gettext_lazy as _

from collaborators import policies
from collaborators.actions import register_collaborator
from collaborators.imports.cells import folded
from collaborators.imports.places import known_places
from collaborators.imports.report import BadCell, Entry, Known, Report
from collaborators.imports.rows import NAME, checked_row, matched_headings, readers
from collaborators.imports.sheet import Sheet
from collaborators.models import Collaborator, User
from collaborators.states import Vetting
from cre.core.access import current_scope, require
from cre.core.actions import action
from cre.core.vocabularies import AccessLevel


@action
def import_roster(sheet: Sheet, *, is_trial: bool, is_strict: bool = False, mark: str = "", by: User) -> Report:
    """Store the good rows that are new, all in one transaction; nothing of a bad row, nothing in a trial.

    `is_strict` stores nothing at all when one row is bad; `mark` is a sentence that every new entry
    begins with. What a facilitator imports are nominations, whatever level the file gives: the
    coordinator approves them. Raises `BadSheet` when columns are missing.
    """
    require(policies.can_keep_roster(), _("Only those who keep the roster add to it."))
    report = check_roster(sheet)
    if is_trial or (is_strict and report.bad):
        return report
    report.are_nominations = not policies.can_coordinate()
    for new in report.new:
        entry = new.entry | {"about": f"{mark} {new.entry['about']}".strip()[:500]}
        if report.are_nominations:
            entry |= {"status": Vetting.NOMINATED, "access_level": AccessLevel.PUBLIC}
        register_collaborator(entry=entry, private=new.private, facets=new.facets, by=by)
    report.is_stored = True
    return report


def check_roster(sheet: Sheet) -> Report:
    """Check every row against the rules, the rows above it, and the roster as it stands."""
    wanted = readers(known_places())
    headings = matched_headings(sheet, wanted)
    kept = set(headings.values())
    report = Report(not_kept=[heading for heading in sheet.headings if heading and heading not in kept])
    known = {folded(name) for name in _names_on_the_roster()}
    seen: dict[str, int] = {}
    for row in sheet.rows:
        checked = checked_row(row, headings, wanted)
        if isinstance(checked, Entry):
            _sort_in(checked, report, seen, known)
        else:
            report.bad += checked
    return report


def _sort_in(entry: Entry, report: Report, seen: dict[str, int], known: set[str]) -> None:
    name = folded(entry.name)
    if name in seen:
        sentence = _("The same name stands on line {line} already.").format(line=seen[name])
        report.bad.append(BadCell(entry.line, NAME, sentence))
        return
    seen[name] = entry.line
    if name in known:
        report.known.append(Known(entry.line, entry.name))
    else:
        report.new.append(entry)


def _names_on_the_roster() -> list[str]:
    return list(Collaborator.objects.visible_to(current_scope()).values_list("display_name", flat=True))
