"""The rooms of the secretariat: who has no key to one learns nothing of it."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collaborators.http import PersonRequest
from collaborators.views.doors import View, door

P = ParamSpec("P")
# Each room of the menu: its address, its name, and which roles on the platform open it (none: everybody's).
ROOMS = (
    ("secretariat:home", _("Overview"), ()),
    ("secretariat:roster", _("Roster"), ("coordinate",)),
    ("secretariat:people", _("People"), ("coordinate", "steward")),
    ("secretariat:committees", _("Committees"), ("coordinate", "steward")),
    ("secretariat:retention", _("Keeping and deleting"), ("coordinate", "steward")),
    ("secretariat:ledger", _("Access ledger"), ()),
)


def room(*codenames: str) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """A page of the secretariat that opens only to who holds one of these roles on the platform."""

    def guard(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def enter(request: PersonRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.scope.holds(*codenames):
                raise Http404
            return view(request, *args, **kwargs)

        return door("secretariat")(cast(View[P], enter))

    return guard


def show(
    request: PersonRequest, template: str, context: dict[str, Any], *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Render a page with the menu of the rooms that this person may enter."""
    rooms = [
        {"name": name, "url": reverse(address), "is_current": request.path == reverse(address)}
        for address, name, codenames in ROOMS
        if not codenames or request.scope.holds(*codenames)
    ]
    return render(request, template, context | {"rooms": rooms}, status=status)


def status_of(form: Any) -> HTTPStatus:
    """What a page with this form answers: as asked, or not understood."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
