"""A middleware for tests: every view fails, with a confidential word in the exception."""

from typing import Any

from django.http import HttpRequest

CANARY = "canary-of-the-village-by-the-river"


class FailingMiddleware:
    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        secret = {"story": CANARY, "typed": request.POST.dict()}
        raise ValueError(f"could not store {secret}")
