"""Files on the path: sent by a community, copied as the worker does it, shared with the ally."""

from uuid import uuid4

from django.db import transaction

from collaborations.actions import add_file, share_file
from collaborations.models import Collaboration, FileDisclosure, Introduction, RequestFile, SupportRequest
from collaborations.notices.files import make_copy
from collaborators.models import User
from cre.core.access import acting_as, acting_system
from cre.core.outbox import Event
from tests.core.uploads import made
from tests.journey import fresh, request_of


def sent_file(request: SupportRequest, by: User, *, data: bytes = b"", name: str = "river.jpg") -> RequestFile:
    """A file of a community, a photo that says where it was made unless `data` is something else."""
    return add_file(request, name=name, data=data or made.picture(), once=uuid4(), by=by)


def copied(file: RequestFile) -> RequestFile:
    """The file once the worker has looked at it."""
    with transaction.atomic(), acting_system():
        make_copy(Event("collaborations.RequestFile", file.uuid, None, {}))
    return fresh(file, file.added_by)


def shared_file(work: Collaboration, by: User) -> FileDisclosure:
    """A copy that the ally of a collaboration can open."""
    file = copied(sent_file(request_of(work, by), by))
    return share_file(file, introduction_of(work, by), by=by)


def introduction_of(work: Collaboration, by: User) -> Introduction:
    """The introduction that a collaboration came from, as this person reads it."""
    with transaction.atomic(), acting_as(by):
        return Introduction.objects.get(pk=work.introduction_id)
