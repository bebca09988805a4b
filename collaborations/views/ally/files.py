"""Files that a community shares with an ally: a copy without hidden details, as long as the yes stands."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from collaborations.actions import open_copy
from collaborations.models import FileDisclosure
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.uploads.answering import answer_with


@require_safe
@door("ally")
def file_open(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Open a shared copy; only a named person of an introduction that stands finds it."""
    shared = FileDisclosure.objects.visible_to(request.scope).filter(
        introduction__in=request.scope.listed("joined_introductions")
    )
    copy = open_copy(get_object_or_404(shared, uuid=uuid), by=request.user)
    return answer_with(copy.open_file("stored"), kind=copy.kind, name=copy.neutral_name)
