"""The language stands in the address, nowhere else."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from cre.language import LanguageMiddleware, split_language


def ask(path: str, view: Any = None, **headers: str) -> tuple[HttpResponse, dict[str, Any]]:
    """Send a request through the middleware alone; gives the response and what the view saw."""
    seen: dict[str, Any] = {}

    def answer(request):
        seen.update(path=request.path_info, language=get_language(), url=reverse("how"), prefix=get_script_prefix())
        return view(request) if view else HttpResponse("ok")

    response = LanguageMiddleware(answer)(RequestFactory(headers=headers).get(path))
    return response, seen


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/ar/community/", ("ar", "/community/")),
        ("/ar/", ("ar", "/")),
        ("/ar", ("ar", "/")),
        ("/en/how/", ("en", "/how/")),
        ("/arable/", ("", "/arable/")),
        ("/xx/community/", ("", "/xx/community/")),
        ("/", ("", "/")),
    ],
)
def test_only_an_open_language_is_taken_from_the_address(path, parts):
    assert split_language(path) == parts


def test_a_named_language_is_spoken_and_kept_in_every_address():
    response, seen = ask("/ar/community/")

    assert seen == {"path": "/community/", "language": "ar", "url": "/ar/how/", "prefix": "/ar/"}
    assert response.headers["Content-Language"] == "ar"
    assert "Vary" not in response.headers


def test_the_address_wins_over_the_browser():
    _response, seen = ask("/en/community/", accept_language="ar")

    assert seen["language"] == "en"


def test_without_a_language_in_the_address_the_browser_decides():
    response, seen = ask("/community/", accept_language="ar,en;q=0.5")

    assert seen == {"path": "/community/", "language": "ar", "url": "/how/", "prefix": "/"}
    assert response.headers["Content-Language"] == "ar"
    assert response.headers["Vary"] == "Accept-Language"


def test_an_unknown_language_of_the_browser_becomes_english():
    _response, seen = ask("/community/", accept_language="tlh")

    assert seen["language"] == "en"


def test_the_next_request_starts_from_nothing():
    before = (get_script_prefix(), get_language())
    ask("/ar/community/")

    assert (get_script_prefix(), get_language()) == before


def test_the_next_request_starts_from_nothing_after_an_exception_too():
    def fail(_request):
        raise ZeroDivisionError

    before = (get_script_prefix(), get_language())
    with pytest.raises(ZeroDivisionError):
        ask("/ar/community/", view=fail)

    assert (get_script_prefix(), get_language()) == before


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/ar/", "/how/", "/ar/how/", "/en/how/"])
def test_every_spelling_answers_without_a_redirect(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.django_db
def test_links_to_other_languages_keep_the_page_and_its_query(client):
    page = client.get("/ar/how/?page=2").content.decode()

    assert 'href="/en/how/?page=2"' in page
    assert 'href="/ar/safe/"' in page


@pytest.mark.django_db
def test_stylesheets_have_one_address_in_all_languages(client):
    page = client.get("/ar/how/").content.decode()

    assert 'href="/static/css/site' in page


@pytest.mark.django_db
def test_the_page_says_its_language_and_direction(client):
    assert '<html lang="ar" dir="rtl">' in client.get("/ar/").content.decode()
    assert '<html lang="en" dir="ltr">' in client.get("/en/").content.decode()
