"""Take everything with you: a page that says what that means, then a page to print or one file."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from collaborations.actions import take_everything
from collaborations.actions.taking import ONLY_ITSELF, Section
from collaborations.exports import as_json, as_parts
from collaborations.forms.taking import TakeForm, Way
from collaborations.selectors.ledger import last_copy
from collaborators.http import PersonRequest
from collaborators.models import Community
from collaborators.views.doors import door
from collaborators.views.fresh import fresh
from cre.core.access import require
from cre.core.registries import portable
from cre.core.uploads.answering import as_attachment


@door("community")
def everything(request: PersonRequest) -> HttpResponse:
    """Say what the copy holds and who can read it, and give it to whoever proves once more that it is them."""
    require(bool(request.scope.ids("represent", Community)), ONLY_ITSELF)
    form = TakeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return give_everything(request, Way(form.cleaned_data["way"]))
    context = {"form": form, "parts": [part.words for part in portable], "last": last_copy(request.scope)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/everything.html", context, status=status)


@fresh
def give_everything(request: PersonRequest, way: Way) -> HttpResponse:
    """The copy itself, once it is on record that it left."""
    sections = take_everything(way=way, by=request.user)
    made_at = timezone.now()
    context = {"made_at": made_at, "parts": as_parts(sections, with_links=way == Way.PAGE)}
    if way == Way.PAGE:
        return render(request, "community/everything_page.html", context)
    if way == Way.FILE:
        return as_file(render_to_string("community/everything_file.html", context).encode(), "html", "text/html")
    return as_file(json_of(sections, made_at), "json", "application/json")


def json_of(sections: list[Section], made_at: Any) -> bytes:
    return as_json(sections, made_at=made_at, language=get_language() or "en")


def as_file(content: bytes, ending: str, kind: str) -> HttpResponse:
    """A file to save, under a name that says nothing."""
    return as_attachment(HttpResponse(content, content_type=f"{kind}; charset=utf-8"), f"page.{ending}")
