"""The product's addresses, and two bare views: the queue's own template from memory, one row written."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from collaborations.forms.desk.queue import QueueForm
from collaborations.selectors.desk import View, queue_page
from collaborations.views.desk import queue
from collaborators.http import PersonRequest
from collaborators.models import Region
from cre.urls import handler400, handler403, handler404, handler500, urlpatterns

kept: dict[str, Any] = {}


def bare_queue(request: PersonRequest) -> HttpResponse:
    """The page with the middleware and the template of the real one, its rows and counts kept from the first time."""
    if not kept:
        names = {region.pk: region for region in Region.objects.order_by("pk")}
        page = queue_page(request.scope, View.ANSWER)
        kept.update(
            form=QueueForm({}), view=View.ANSWER, tabs=queue.tabs(request.scope, View.ANSWER, names),
            rows=[queue.line(row) | {"region": names[row.region_id].name} for row in page.rows],
            pager=queue.pager(View.ANSWER, {}, page), clear_url="", has_filters=False, has_regions=False,
        )  # fmt: skip
    return render(request, "desk/requests.html", dict(kept))


def bare_write(request: HttpRequest) -> HttpResponse:
    """One row written, behind the middleware of every page; then on to the next one."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare_row (at, words) VALUES (now(), %s)", [request.POST["words"]])
    return redirect("start")


def bare(request: HttpRequest) -> HttpResponse:
    return bare_queue(request)  # type: ignore[arg-type]


urlpatterns = [*urlpatterns, path("bare/queue/", bare), path("bare/write/", bare_write)]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
