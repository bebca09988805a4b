"""Files of a request: added one by one, removed, and shared with one ally as a copy without hidden details."""

from collections.abc import Iterable
from io import BytesIO
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.consents import give_consent, take_back
from collaborations.actions.timeline import tell
from collaborations.events import Event
from collaborations.models import Consent, FileDisclosure, Introduction, RequestFile, SupportRequest
from collaborations.models.talk import Side
from collaborations.policies import acts
from collaborations.states import RequestStatus
from collaborators.models import User
from cre.core.access import locked, require
from cre.core.actions import action
from cre.core.ledger import Kind, record
from cre.core.outbox import emit
from cre.core.uploads import Fault, NotTaken, recognise, shown_name

MEGABYTE = 1024 * 1024


@action
def add_files(
    request: SupportRequest, given: Iterable[tuple[str, bytes | Fault]], *, once: UUID, by: User
) -> list[tuple[str, NotTaken]]:
    """Add what came together, each by itself, and tell the desk once; of a draft nobody is told.

    given: the sender's name for each, with its bytes or why nothing of it was kept; once: made with the form.
    Returns the names of those that are not taken, each with the reason.
    """
    request = locked(request)
    before, refused = request.files.count(), list[tuple[str, NotTaken]]()
    for number, (name, data) in enumerate(given):
        try:
            if isinstance(data, Fault):
                raise NotTaken(data)
            add_file(request, name=name, data=data, once=uuid5(once, str(number)), by=by)
        except NotTaken as reason:
            refused.append((shown_name(name), reason))
    if request.files.count() > before and request.status != RequestStatus.DRAFT:
        tell(request, Event.FILES, Side.COMMUNITY)
        emit(notices.FILES_FOR_DESK, request, region=request.region_id)
    return refused


@action
def add_file(request: SupportRequest, *, name: str, data: bytes, once: UUID, by: User) -> RequestFile:
    """Seal a file into a request, known by its content; a copy without hidden details is made afterwards.

    name: what the sender calls it; once: made with the form, so that a second click does not add it twice.
    Raises `NotTaken` with the reason why this file is not taken.
    """
    request = locked(request)
    require(acts.can_add_file(request), _("No more files can be added here."))
    if found := request.files.filter(uuid=once).first():
        return found
    kind = recognise(data)
    check_room(request, len(data))
    file = RequestFile(
        uuid=once, key_object=request.uuid, request=request, number=next_number(request), kind=kind, size=len(data),
        added_by=by,
    )  # fmt: skip
    file.name = shown_name(name)
    file.save_file("stored", BytesIO(data))
    file.save(force_insert=True)
    emit(notices.CLEAN_FILE, file)
    return file


def check_room(request: SupportRequest, size: int) -> None:
    """Refuse what goes beyond the number or the size of the files of a request. Raises `NotTaken`."""
    if request.files.count() >= settings.UPLOAD_FILES:
        raise NotTaken(Fault.FULL)
    held: int = request.files.aggregate(held=Sum("size"))["held"] or 0
    if held + size > settings.UPLOAD_MB_ALL * MEGABYTE:
        raise NotTaken(Fault.FULL)


def next_number(request: SupportRequest) -> int:
    """A number that no file of this request ever had: two files never go by one name."""
    last: int = RequestFile.history.filter(request=request).aggregate(last=Max("number"))["last"] or 0
    return last + 1


@action
def remove_file(file: RequestFile, *, by: User) -> None:
    """Destroy a file, its copy, and the copies that allies can open."""
    file = locked(file)
    require(acts.can_remove_file(file), _("Only the community removes its files."))
    request = file.request
    for shared in file.disclosures.select_related("consent"):
        if not hasattr(shared.consent, "withdrawal"):
            take_back(shared.consent, by=by)
    record(Kind.ACTED, file, fields=["stored"])
    file.delete()
    emit(notices.DESTROY_FILES, request)


@action
def share_file(file: RequestFile, introduction: Introduction, *, by: User) -> FileDisclosure:
    """Let one ally open the copy of one file, by a consent of its own; it ends when that is taken back."""
    introduction = locked(introduction)
    file = locked(file)
    require(acts.can_share_file(file, introduction), _("This file cannot be shared with this ally."))
    if found := introduction.file_disclosures.filter(file=file).first():
        return found
    participants = introduction.participants.filter(left_at=None).values_list("user_id", flat=True)
    consent = give_consent(
        introduction.request,
        Consent.About.DISCLOSE,
        introduction=introduction,
        fields=[f"{Consent.FILE}{file.number}"],
        participants=participants,
        by=by,
    )
    shared = FileDisclosure(
        key_object=introduction.uuid, introduction=introduction, community_id=introduction.community_id,
        consent=consent, file=file, request_uuid=file.key_object, number=file.number, kind=file.kind, size=file.size,
    )  # fmt: skip
    shared.save_file("stored", BytesIO(b"".join(file.open_file("clean_stored"))))
    shared.save(force_insert=True)
    emit(notices.FILE_FOR_ALLY, introduction.collaboration, collaborator=introduction.collaborator_id)
    return shared


@action
def open_copy(shared: FileDisclosure, *, by: User) -> FileDisclosure:
    """Note that somebody opens what is shared; the copy itself is read from the storage afterwards."""
    record(Kind.DOWNLOAD, shared, fields=["stored"])
    return shared


@action
def open_file(file: RequestFile, *, column: str, by: User) -> RequestFile:
    """Note that somebody opens a file, or its copy without hidden details."""
    require(acts.can_open_file(file), _("This file is not open to you."))
    record(Kind.DOWNLOAD, file, fields=[column])
    return file
