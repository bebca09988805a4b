"""Prints what a page of fifty rows with sealed words costs, in milliseconds: opened, and the same words kept plain.

Fifty requests have fifty keys. Both pages run through the actor's middleware, ask for the same rows and fill the same
template; opening also writes fifty entries of the ledger. Nothing stays but keys without rows, which are swept.
"""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.urls import resolve

from collaborations.actions import change_draft, start_request
from collaborations.models import RequestStory
from collaborators.actions import begin_intake
from collaborators.models import Region, User
from cre.core.access import acting_as, current_scope
from cre.core.access.middleware import ActorMiddleware
from cre.core.vault import cache, load_keys

ROUNDS, ROWS = 25, 50
WORDS = "Surveyors measured our grazing land, and nobody asked us. " * 6
TEMPLATE = engines["django"].from_string(
    "<table>{% for row, words in rows %}<tr><th>{{ row.request.uuid }}</th>"
    "<td>{{ row.request.get_status_display }}</td><td>{{ words|linebreaksbr }}</td></tr>{% endfor %}</table>"
)


def stories() -> list[RequestStory]:
    found = RequestStory.objects.visible_to(current_scope()).select_related("request")
    return list(found.order_by("-pk")[:ROWS])


def opened(request: HttpRequest) -> HttpResponse:
    rows = stories()
    load_keys(rows)
    return HttpResponse(TEMPLATE.render({"rows": [(row, row.need) for row in rows]}))


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(TEMPLATE.render({"rows": [(row, WORDS) for row in stories()]}))


def page(view: Callable[[HttpRequest], HttpResponse], user: User) -> HttpResponse:
    """One request, as the server runs it for somebody who is signed in."""
    request: Any = RequestFactory().get("/")
    request.user, request.resolver_match = user, resolve("/")
    return ActorMiddleware(view)(request)


def timed(view: Callable[[HttpRequest], HttpResponse], user: User, *, is_cold: bool = False) -> float:
    if is_cold:
        cache.keys.clear()
    began = time.perf_counter()
    size = len(page(view, user).content)
    took = (time.perf_counter() - began) * 1000
    if size < ROWS * len(WORDS):
        raise RuntimeError("The page does not hold the words.")
    return took


def main() -> None:
    """Measure all three in turn and print the medians."""
    with transaction.atomic():
        intake = begin_intake(language="en", region=Region.objects.get(code="africa"), channel="signal")
        with acting_as(intake.user):
            for _ in range(ROWS):
                draft = start_request(intake.community, danger="no", language="en", by=intake.user)
                change_draft(draft, version=draft.version, by=intake.user, need=WORDS)
        rounds = [
            (timed(opened, intake.user), timed(plain, intake.user), timed(opened, intake.user, is_cold=True))
            for _ in range(ROUNDS)
        ]
        transaction.set_rollback(True)
    names = ("opened", "plain", "cold")
    print(json.dumps(dict(zip(names, map(statistics.median, zip(*rounds[3:], strict=True)), strict=True))))


if __name__ == "__main__":
    main()
