"""The queue: its saved views as tabs, and one page of one of them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from collaborations.forms.desk.queue import QueueForm
from collaborations.selectors.desk import MOST, QueuePage, View, desk_regions, queue_counts, queue_page
from collaborations.views.desk.labels import line
from collaborations.views.desk.pages import status_of
from collaborators.http import PersonRequest
from collaborators.models import Region
from collaborators.views.doors import door
from cre.core.access import Scope


@require_safe
@door("desk")
def requests(request: PersonRequest) -> HttpResponse:
    """A view of the queue, the first page of it where the address is not understood."""
    form = QueueForm(request.GET)
    is_clear = form.is_valid()
    asked = form.cleaned_data
    view = View(asked.get("view") or View.ANSWER)
    filters = form.filters
    page = (
        queue_page(request.scope, view, after=asked["after"], before=asked["before"], only=filters)
        if is_clear
        else queue_page(request.scope, view)
    )
    names = {region.pk: region for region in Region.objects.order_by("pk")}
    context = {
        "form": form,
        "view": view,
        "tabs": tabs(request.scope, view, names),
        "rows": [line(row) | {"region": str(names[row.region_id])} for row in page.rows],
        "has_filters": bool(filters),
        "has_regions": sees_several(request.scope),
        "pager": pager(view, filters, page),
        "clear_url": address(view=view),
        "today_url": reverse("desk:home"),
    }
    return render(request, "desk/requests.html", context, status=status_of(form))


def tabs(scope: Scope, current: View, regions: dict[int, Region]) -> list[dict[str, Any]]:
    """The saved views with their counts; "to be placed" only for those who place."""
    places = scope.holds("coordinate") or any(regions[pk].is_waiting_room for pk in desk_regions(scope))
    return [
        {
            "name": view.label,
            "url": address(view=view),
            "count": capped(number),
            "is_current": view == current,
        }
        for view, number in queue_counts(scope).items()
        if places or view != View.PLACE
    ]


def sees_several(scope: Scope) -> bool:
    """Whether lists have to say the region of each request."""
    return scope.holds("coordinate") or len(set(desk_regions(scope))) > 1


def capped(number: int) -> str:
    """A count as it is shown; nobody needs to know how many more than a thousand there are."""
    return f"{MOST}+" if number > MOST else str(number)


def pager(view: View, filters: dict[str, str], page: QueuePage) -> dict[str, str]:
    """The addresses of the pages beside this one."""
    return {
        "first_url": address(view=view, **filters) if page.previous else "",
        "previous_url": address(view=view, before=page.previous, **filters) if page.previous else "",
        "next_url": address(view=view, after=page.next, **filters) if page.next else "",
    }


def address(**query: Any) -> str:
    """The queue's address with these parameters."""
    return f"{reverse('desk:requests')}?{urlencode(query)}"
