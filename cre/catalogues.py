"""Compiles the message catalogues in Python, so that no system tool is needed; knows how much of them is needed."""

import os
from collections.abc import Iterable
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import to_locale

# The languages (beside English) whose catalogue holds every sentence of the product, the staff's portals too.
WHOLE = ("ar", "es", "fr")
# What the desk reads aloud to a community, or prints for it, in its language.
READ_ALOUD = (
    "templates/desk/call_sheet.html", "templates/desk/code_script.html", "templates/desk/consent_script.html",
    "templates/desk/sheet_questions.html",
    "collaborations/forms/desk/assisted.py",
)  # fmt: skip
# The sources whose words a community reads: public pages, asking, the request, consent, deleting, accounts, mails.
# A file or folder that is added below one of these belongs to them, unless it is named as staff's.
COMMUNITY_PATH = (
    "templates/4", "templates/5", "templates/base.html", "templates/csrf.html", "templates/community",
    "templates/account/", "templates/components/", "templates/django/", "templates/doors/", "templates/mfa/",
    "templates/public/",
    "collaborations/", "collaborators/", "cre/",
)  # fmt: skip
STAFF_ONLY = (
    "templates/account/invitation", "templates/components/absence_list.html",
    "templates/components/access_end_words.html", "templates/components/freeze_banner.html",
    "collaborations/actions/break_glass.py", "collaborations/actions/deciding.py", "collaborations/actions/flags.py",
    "collaborations/actions/handover.py", "collaborations/actions/keeping.py",
    "collaborations/forms/ally", "collaborations/forms/committee", "collaborations/forms/desk/",
    "collaborations/forms/secretariat/",
    "collaborations/identifying/", "collaborations/matching/hurdles.py", "collaborations/models/handover.py",
    "collaborations/models/projects.py", "collaborations/models/safety.py",
    "collaborations/notices/handover.py", "collaborations/retention.py",
    "collaborations/selectors/ally.py", "collaborations/selectors/desk.py",
    "collaborations/views/ally/", "collaborations/views/committee", "collaborations/views/desk/",
    "collaborations/views/secretariat/",
    "collaborators/actions/absences.py", "collaborators/actions/bulk.py", "collaborators/actions/invitations.py",
    "collaborators/actions/panels.py", "collaborators/actions/people.py", "collaborators/actions/retention.py",
    "collaborators/actions/roster.py",
    "collaborators/exports.py", "collaborators/imports/",
    "collaborators/models/absences.py", "collaborators/models/invitations.py", "collaborators/models/naming.py",
    "collaborators/models/panels.py", "collaborators/models/roster.py",
    "collaborators/retention.py", "collaborators/selectors/", "collaborators/states.py",
    "collaborators/views/invitations.py",
    "cre/admin/", "cre/core/retention/",
)  # fmt: skip


def sources() -> list[Path]:
    """The catalogues as translators write them."""
    return [path for folder in settings.LOCALE_PATHS for path in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))]


def compile_catalogues() -> int:
    """Compile each catalogue that is newer than its compiled form; gives how many were compiled."""
    compiled = 0
    for source in sources():
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            # Put in place whole, so that a server that starts meanwhile reads the old form or the new one.
            half = target.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(half))
            half.replace(target)
            compiled += 1
    return compiled


def is_read_by_communities(source: str) -> bool:
    """Whether the words of a file, named from the root of the project, belong to the community path."""
    is_read = source.startswith(COMMUNITY_PATH) and not source.startswith(STAFF_ONLY)
    return is_read or source.startswith(READ_ALOUD)


def must_be_said(locale: str, files: Iterable[str]) -> bool:
    """Whether a sentence that stands in these files has to stand in the catalogue of this language."""
    whole = {to_locale(code) for code in WHOLE}
    return locale in whole or any(is_read_by_communities(file) for file in files)
