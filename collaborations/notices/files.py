"""What is told and carried out about files: the desk and the ally hear of them, the worker makes the copies."""

from io import BytesIO

from django.utils.translation import gettext_lazy as _

from collaborations.models import RequestFile
from collaborations.models.files import CopyState
from collaborations.recipients import ally, desk, to_desk, to_work
from cre.core.outbox import WITH_MAIL, Event, Topic, Work
from cre.core.retention import destroy_condemned_files
from cre.core.states import change
from cre.core.uploads import FileKind, Uncleanable, clean
from cre.core.vault import Shredded

REQUEST = "collaborations.SupportRequest"

FILES_FOR_DESK = Topic(
    "files-for-desk",
    REQUEST,
    recipients=desk,
    url=to_desk,
    channels=WITH_MAIL,
    text=_("A community has sent files."),
)
FILE_FOR_ALLY = Topic(
    "file-for-ally",
    "collaborations.Collaboration",
    recipients=ally,
    url=to_work("ally"),
    channels=WITH_MAIL,
    text=_("A community shares a file with you."),
)


def make_copy(event: Event) -> None:
    """Make the copy of a file without hidden details, once; a file that is gone meanwhile needs none."""
    file: RequestFile | None = event.object
    if file is None or file.copy_state != CopyState.WAITING:
        return
    try:
        original = b"".join(file.open_file("stored"))
    except Shredded:
        return
    try:
        copy = clean(original, FileKind(file.kind))
    except Uncleanable:
        change(file, copy_state=CopyState.NONE)
        return
    file.save_file("clean_stored", BytesIO(copy.data))
    change(file, clean_stored=file.clean_stored, copy_state=CopyState.READY, removed=sorted(copy.removed))


def destroy_files(_event: Event) -> None:
    """What is condemned stands in the database; the event only says that it is time to look."""
    destroy_condemned_files()


CLEAN_FILE = Work("clean-file", "collaborations.RequestFile", carry_out=make_copy)
DESTROY_FILES = Work("destroy-files", REQUEST, carry_out=destroy_files)
