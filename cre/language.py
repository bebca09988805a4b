"""The language stands in the address: `/ar/community/` is `/community/` in Arabic, without a redirect."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers


def split_language(path: str) -> tuple[str, str]:
    """Divide `/ar/community/` into `ar` and `/community/`; an unknown or missing language is empty."""
    first, _slash, rest = path.removeprefix("/").partition("/")
    if first in dict(settings.LANGUAGES):
        return first, f"/{rest}"
    return "", path


class RootedRequest(HttpRequest):
    """A request that knows where the addresses of the site begin, before any language."""

    root: str


class LanguageMiddleware:
    """Takes the language from the address, else from Accept-Language, and keeps it in all addresses.

    The prefix becomes the script prefix, so `reverse()` and `{% url %}` keep the language while the URL
    patterns know nothing of it. `request.path` stays as sent; `request.root` is the address without language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        named, path = split_language(request.path_info)
        language = named or translation.get_language_from_request(request)
        root = get_script_prefix()
        cast(RootedRequest, request).root = root
        request.LANGUAGE_CODE = language
        try:
            if named:
                request.path_info = path
                set_script_prefix(f"{root}{named}/")
            with translation.override(language):
                response = self.get_response(request)
        finally:
            set_script_prefix(root)
        response.headers.setdefault("Content-Language", language)
        if not named:
            patch_vary_headers(response, ("Accept-Language",))
        return response
