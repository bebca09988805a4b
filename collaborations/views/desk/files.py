"""Files of a request at the desk: listened to here, everything else saved; each opening is on record."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from collaborations.models import RequestFile
from collaborations.policies import acts
from collaborations.selectors.files import as_listed, files_of
from collaborations.views.desk.pages import request_or_404
from collaborations.views.desk.record import frame
from collaborations.views.files import give
from collaborators.http import PersonRequest
from collaborators.views.doors import door


@require_safe
@door("desk")
def request_files(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """List the files of a request."""
    about = request_or_404(request, uuid)
    context = frame(request, about, "request-files") | {
        "files": [as_listed(file) for file in files_of(request.scope, about)],
        "reads_words": acts.can_read_words(about),
    }
    return render(request, "desk/request_files.html", context)


@require_safe
@door("desk")
def file_open(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Open a file as the community sent it."""
    return sent(request, uuid, "stored")


@require_safe
@door("desk")
def file_copy(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Open the copy of a file that says nothing of its maker."""
    return sent(request, uuid, "clean_stored")


def sent(request: PersonRequest, uuid: UUID, column: str) -> HttpResponse:
    """One of the two, once it is on record that it was opened."""
    found = RequestFile.objects.visible_to(request.scope).exclude(**{column: ""}).select_related("request__region")
    return give(get_object_or_404(found, uuid=uuid), column, to=request.user)
