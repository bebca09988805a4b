"""Files as pages show them: what each is, what a copy goes without, who may open it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collaborations.models import Collaboration, Consent, FileDisclosure, Introduction, RequestFile, SupportRequest
from collaborations.models.files import CopyState
from collaborations.models.introductions import DisclosedField
from collaborations.states import IntroductionStatus
from collaborators.policies import communities_of
from cre.core.access import Scope
from cre.core.uploads import FileKind, Trace
from cre.core.vault import load_keys

NOT_YET = _("We are making a copy without hidden details. Look again in a minute.")
NO_COPY = _("We could not make a copy without hidden details, so no ally can get it. The regional desk can open it.")
NOTHING_FOUND = _("We found no hidden details in it.")


def own_files(scope: Scope) -> QuerySet[RequestFile]:
    """The files of the person's own requests."""
    found = RequestFile.objects.visible_to(scope).filter(request__community_id__in=communities_of(scope))
    return found.select_related("request__region")


def files_of(scope: Scope, request: SupportRequest) -> list[RequestFile]:
    """The files of one request, their keys at hand."""
    files = list(RequestFile.objects.visible_to(scope).filter(request=request))
    load_keys(files)
    return files


def as_listed(file: RequestFile) -> dict[str, Any]:
    """A file in words; its sender's name for it is opened, and that is on record."""
    return as_copy(file) | {
        "name": file.name,
        "at": file.added_at,
        "copy": copy_words(file),
        "removed": [Trace(code).label for code in file.removed],
        "has_copy": file.copy_state == CopyState.READY,
    }


def as_copy(file: RequestFile | FileDisclosure) -> dict[str, Any]:
    """What can be said of a file without its name."""
    return {
        "uuid": file.uuid,
        "number": file.number,
        "kind": FileKind(file.kind).label,
        "size": filesizeformat(file.size),
        "is_sound": file.is_sound,
    }


def copy_words(file: RequestFile) -> str | Promise:
    """What became of the copy for others, in a sentence; empty where the list of what was removed says it."""
    if file.copy_state == CopyState.WAITING:
        return NOT_YET
    if file.copy_state == CopyState.NONE:
        return NO_COPY
    return "" if file.removed else NOTHING_FOUND


def allies_for(scope: Scope, file: RequestFile) -> QuerySet[Introduction]:
    """The allies that the community has met for this request and that cannot open the file yet."""
    met = Introduction.objects.visible_to(scope).filter(request=file.request, status=IntroductionStatus.ACCEPTED)
    return met.exclude(file_disclosures__file=file).select_related("collaborator")


def shared_copies(scope: Scope, introductions: Iterable[int]) -> list[FileDisclosure]:
    """The copies that are shared in these introductions."""
    found = FileDisclosure.objects.visible_to(scope).filter(introduction__in=introductions)
    return list(found.select_related("consent", "introduction__collaborator"))


def copies_for(scope: Scope, work: Collaboration) -> list[FileDisclosure]:
    """The copies that the community shares with this person now; an ally reads no consents, so none come along."""
    if work.introduction_id not in scope.listed("joined_introductions"):
        return []
    return list(FileDisclosure.objects.visible_to(scope).filter(introduction=work.introduction_id))


def file_word(code: str) -> str:
    """What a consent says of one file: its number, never its name."""
    return gettext("file {number}").format(number=code.removeprefix(Consent.FILE))


def shared_things(codes: Iterable[str]) -> list[str]:
    """What a consent names, in words; a code that is not known any more is left out."""
    named = dict(DisclosedField.choices)
    return [
        file_word(code) if code.startswith(Consent.FILE) else str(named[code])
        for code in codes
        if code in named or code.startswith(Consent.FILE)
    ]


def copies_of(scope: Scope, file: RequestFile) -> list[FileDisclosure]:
    """The copies of one file that allies can open."""
    found = FileDisclosure.objects.visible_to(scope).filter(file=file)
    return list(found.select_related("consent", "introduction__collaborator"))
