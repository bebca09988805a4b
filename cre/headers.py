"""Headers that every answer carries, errors included."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NO_FEATURES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class HeadersMiddleware:
    """Dynamic pages are kept nowhere; nothing of ours is embedded elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Permissions-Policy"] = NO_FEATURES
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
