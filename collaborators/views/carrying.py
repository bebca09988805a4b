"""A question that is put in between: what was typed for the page behind it is carried along, and nothing is stored."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import render

SAFETY_MARK = "csrfmiddlewaretoken"


def put_between(
    request: HttpRequest, template: str, answers: Iterable[str], *, status: int = HTTPStatus.FORBIDDEN, **context: Any
) -> HttpResponse:
    """The page of the question, with every word that was typed for the page behind it; files cannot be carried.

    answers: the fields of the question itself, which are never shown again.
    """
    typed = without(request.POST, answers)
    context["carried"] = [(name, word) for name, words in typed.lists() for word in words]
    context["had_files"] = bool(request.FILES)
    return render(request, template, context, status=status)


def go_on_without(request: HttpRequest, answers: Iterable[str]) -> None:
    """Leave to the page behind the question what was typed for it."""
    typed = without(request.POST, answers)
    request.POST = QueryDict(typed.urlencode(), encoding=typed.encoding)


def without(posted: QueryDict, answers: Iterable[str]) -> QueryDict:
    """What was sent, without the answers to the question and without the old safety mark."""
    bare = posted.copy()
    for name in (*answers, SAFETY_MARK):
        bare.pop(name, None)
    return bare
