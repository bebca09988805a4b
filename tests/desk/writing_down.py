"""What a facilitator types while a community speaks."""

from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from collaborations.models import SupportRequest
from collaborators.models import User
from cre.core.access import acting_as

NEED = "Surveyors came without asking us."


def paper(**other: Any) -> dict[str, Any]:
    """A page that is complete; a name with None is left out."""
    usual = {
        "once": str(uuid4()),
        "language": "sw",
        "keep": "yes",
        "desk": "yes",
        "how": "voice",
        "said_by": "Mama Wanjiru, of the elders",
        "read_back": "I read all answers to her.",
        "danger": "soon",
        "channel": "call",
        "handle": "+000 777",
        "chosen_name": "People of the Ford",
        "languages": "sw",
        "country": "KE",
        "kinds_of_help": ["ally"],
        "need": NEED,
        "threats": "A car waits at night.",
    }
    return {name: value for name, value in (usual | other).items() if value is not None}


def made_by(user: User) -> list[SupportRequest]:
    """The requests that stand now, as this person sees them."""
    with acting_as(user):
        return list(SupportRequest.objects.order_by("pk"))


def enter(code: str) -> tuple[Client, str]:
    """Somebody comes with a code; their browser, and the page that answers."""
    client = Client()
    answer = client.post(reverse("community:enter"), {"door-code": code}, follow=True)
    return client, answer.content.decode()
