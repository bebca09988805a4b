"""What the pages of the desk have in common: fetching a record, answering a form, pages before an act."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.http.request import QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise

from collaborations.forms.desk.acting import ActForm
from collaborations.models import BriefVersion, Consent, InterpreterTask, Introduction, SupportRequest
from collaborations.selectors.desk import at_desk
from collaborations.views.desk.labels import line
from collaborators.http import PersonRequest

Sentence = str | Promise


def request_or_404(request: PersonRequest, uuid: UUID) -> SupportRequest:
    """The request, if it stands at this person's desk."""
    return get_object_or_404(at_desk(request.scope).select_related("region"), uuid=uuid)


def of_desk_or_404(
    model: type[BriefVersion | Consent | InterpreterTask | Introduction], request: PersonRequest, uuid: UUID
) -> Any:
    """A record that belongs to a request at this person's desk, with that request."""
    rows: Any = model._default_manager
    standing = at_desk(request.scope).order_by().values("pk")
    return get_object_or_404(
        rows.visible_to(request.scope).filter(request__in=standing).select_related("request__region"),
        uuid=uuid,
    )


def posted(request: PersonRequest) -> QueryDict | None:
    """What was sent, for a form; nothing when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def status_of(form: Form) -> HTTPStatus:
    """How a page with this form is answered: stale 409, wrong 422, not sent yet 200."""
    if getattr(form, "is_stale", False):
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def is_second_click(request: PersonRequest, row: Any, status: str) -> bool:
    """Whether this person has just brought the record into this very state, with the same page."""
    if request.method != "POST" or row.status != status:
        return False
    last = row.history.first()
    return last is not None and last.history_user_id == request.user.pk


@dataclass(frozen=True)
class Asked:
    """What a page before an act says: what it is, what changes, who is told, the words of the button."""

    title: Sentence
    submit: Sentence
    changes: Sequence[Sentence]
    told: Sequence[Sentence] = field(default_factory=tuple)
    cannot_undo: Sentence = ""
    is_danger: bool = False


def confirm(request: PersonRequest, about: SupportRequest, form: ActForm, asked: Asked) -> HttpResponse:
    """The page before an act without words of its own."""
    context = {"form": form, "about": about, "line": line(about), "asked": asked}
    return render(request, "desk/confirm.html", context, status=status_of(form))
