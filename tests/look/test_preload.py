"""The stylesheet is announced where a page uses it, and only there."""

import pytest
from django.http import HttpResponse
from django.templatetags.static import static
from django.test import RequestFactory

from cre.assets import PreloadMiddleware


def answer(body: str, kind: str = "text/html; charset=utf-8") -> HttpResponse:
    return PreloadMiddleware(lambda _request: HttpResponse(body, content_type=kind))(RequestFactory().get("/"))


def test_a_page_with_the_stylesheet_announces_it():
    address = static("css/site.css")

    assert answer(f'<link rel="stylesheet" href="{address}">').headers["Link"] == f"<{address}>; rel=preload; as=style"


@pytest.mark.parametrize(("body", "kind"), [("<p>bare", "text/html"), ("/static/css/site.css", "text/plain")])
def test_nothing_else_announces_it(body, kind):
    assert "Link" not in answer(body, kind).headers
