"""A person at the community portal, page by page, as a browser without scripts sends it."""

import re
from html import unescape
from typing import Any

from django.test import Client

from tests.conftest import EMAIL, log_in

__all__ = ["EMAIL"]
CODE = "collaborators.backends.ReceiptCodeBackend"
REACH = {
    "danger": "no",
    "channel_asked": "1",
    "channel": "signal",
    "handle": "+000 555 0101",
    "safe_hours": "evenings",
    "not_to_mention": "the dam",
    "chosen_name": "People of the Bend",
    "languages": "Swahili, English",
    "region": "africa",
}


def signed_in(user: Any, backend: str = CODE) -> Client:
    """A browser in which this person has come in."""
    return log_in(Client(), user, backend)


def text_of(response: Any) -> str:
    """The words of a page, without marks."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def hidden(response: Any, name: str) -> str:
    """The value of a hidden field on a page."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', response.content.decode())
    assert found, f"no hidden field {name}"
    return unescape(found[1])


def shown_code(response: Any) -> str:
    """The receipt code on a page."""
    found = re.search(r"<bdi[^>]*>((?:\d{4} ?){7})</bdi>", response.content.decode())
    assert found, "no code on this page"
    return found[1].strip()


def link_to(response: Any, words: str) -> str:
    """The address behind a link with these words."""
    found = re.search(rf'<a [^>]*href="([^"]+)"[^>]*>{re.escape(words)}', response.content.decode())
    assert found, f"no link {words!r}"
    return unescape(found[1])
