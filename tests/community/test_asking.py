"""Asking: three answers, a receipt code, and nothing stored before the second answer."""

import pytest
from django.test import Client

from collaborations.models import RequestStory, SupportRequest
from collaborations.states import RequestStatus
from collaborators.codes import read_code
from collaborators.models import Community, ReceiptCredential, User
from cre.core.access import acting_as
from tests.community.walking import REACH, hidden, link_to, shown_code, signed_in, text_of
from tests.conftest import as_owner

pytestmark = pytest.mark.django_db


def count(model) -> int:
    with as_owner():
        return int(model.objects.count())


def newest() -> SupportRequest:
    with as_owner():
        return SupportRequest.objects.latest("created_at")


def begun(client: Client, **answers: str):
    """The page after the first stored answer: it shows the code."""
    response = client.post("/community/ask/reach/", REACH | answers)
    assert response.status_code == 200, text_of(response)
    return response


@pytest.mark.promise("P03")
def test_a_community_asks_in_three_answers_and_is_told_when_it_hears_from_us():
    client = Client()
    assert client.get("/community/ask/").status_code == 200
    page = client.post("/community/ask/reach/", {"danger": "no", "safe_now": "yes"})
    assert hidden(page, "danger") == "no"
    page = begun(client)
    page = client.get(link_to(page, "Continue"))
    page = client.post(
        page.request["PATH_INFO"], {"version": hidden(page, "version"), "kinds_of_help": ["ally"], "need": "Help us read."}
    )
    page = client.get(page.url)
    page = client.get(link_to(page, "Check and send"))
    page = client.post(page.request["PATH_INFO"], {"version": hidden(page, "version")}, follow=True)

    request = newest()
    assert (request.status, request.region.code, request.language) == (RequestStatus.RECEIVED, "africa", "sw")
    assert "You get a first answer by" in text_of(page)
    assert list(client.cookies) == ["s"]
