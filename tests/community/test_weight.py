"""What the pages weigh: questions to the database, bytes on the line, and no script."""

import gzip
import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collaborations.actions import propose_allies, start_request, write_in_collaboration, write_message
from collaborations.models import Consent
from cre.core.access import acting_as
from tests import journey
from tests.community.test_asking import begun
from tests.community.walking import signed_in
from tests.journey import request_of

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_BYTES = 12, 4096


def statements(browser, address: str) -> list[str]:
    """What a page asks of both databases at its second showing, without the marks of transactions."""
    browser.get(address)
    with (
        CaptureQueriesContext(connections["default"]) as asked,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        page = browser.get(address)
    assert page.status_code == 200, address
    found = [query["sql"] for query in (*asked.captured_queries, *keys.captured_queries)]
    return [sql for sql in found if not sql.startswith(("SAVEPOINT", "RELEASE", "SELECT set_config"))]


@pytest.fixture
def places(cast) -> dict[str, str]:
    """An address of every kind of page that a community sees."""
    work = journey.introduced(cast)
    request = request_of(work, cast.member)
    draft = start_request(cast.community, danger="no", language="en", by=cast.member)
    with acting_as(cast.member):
        consent = Consent.objects.get(about=Consent.About.DISCLOSE)
    willing = journey.willing(cast)
    brief = journey.briefed(cast)
    declined = journey.declined(cast)
    return {
        "home": "/community/",
        "consents": "/community/consents/",
        "everything": "/community/everything/",
        "people": "/community/people/",
        "person new": "/community/people/new/",
        "ways": "/community/ways/",
        "ways address": "/community/ways/address/",
        "need": f"/community/ask/{draft.uuid}/need/",
        "more": f"/community/ask/{draft.uuid}/more/",
        "part": f"/community/ask/{draft.uuid}/more/danger/",
        "country": f"/community/ask/{draft.uuid}/more/country/",
        "country elsewhere": f"/community/ask/{draft.uuid}/more/country/?of=asia",
        "talk": f"/community/ask/{draft.uuid}/talk/",
        "sent": f"/community/ask/{request.uuid}/sent/",
        "request": f"/community/requests/{request.uuid}/",
        "answers": f"/community/requests/{request.uuid}/answers/",
        "answer": f"/community/requests/{request.uuid}/answers/country/",
        "contact": f"/community/requests/{request.uuid}/contact/",
        "withdraw": f"/community/requests/{request.uuid}/withdraw/",
        "offers": f"/community/requests/{request.uuid}/offers/",
        "second look": f"/community/requests/{declined.uuid}/second-look/",
        "brief": f"/community/briefs/{brief.uuid}/",
        "choose": f"/community/introductions/{willing.uuid}/choose/",
        "consent": f"/community/consents/{consent.uuid}/withdraw/",
        "collaboration": f"/community/collaborations/{work.uuid}/",
        "end": f"/community/collaborations/{work.uuid}/end/",
    }


def test_no_page_asks_more_than_its_share(places, browser):
    counts = {name: len(statements(browser, address)) for name, address in places.items()}

    assert {name: number for name, number in counts.items() if number > MOST_QUERIES} == {}


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_every_page_is_light_and_has_no_script(places, browser, language):
    weights = {}
    for name, address in places.items():
        page = browser.get(f"/{language}{address}")
        weights[name] = len(gzip.compress(page.content))
        assert b"<script" not in page.content
        assert not re.search(rb'(src|href)="(https?:)?//[^:]', page.content)
    client = Client()
    for address in ("/community/", "/community/code/", "/community/ask/"):
        weights[address] = len(gzip.compress(client.get(f"/{language}{address}").content))
    first = client.post(f"/{language}/community/ask/reach/", {"danger": "no"})
    weights["reach"] = len(gzip.compress(first.content))
    weights["code"] = len(gzip.compress(begun(Client()).content))

    assert {name: weight for name, weight in weights.items() if weight > MOST_BYTES} == {}


def test_the_start_page_asks_the_same_for_one_request_and_for_three(cast, browser, deliver):
    journey.willing(cast)
    deliver()
    one = len(statements(browser, "/community/"))
    for _ in range(2):
        journey.willing(cast)
    deliver()

    assert len(statements(browser, "/community/")) == one


def test_a_thread_asks_the_same_for_one_message_and_for_three(cast, browser):
    work = journey.introduced(cast)
    request = request_of(work, cast.member)

    def counts(number: int) -> list[int]:
        for _ in range(number):
            write_message(request, text="x", language="en", once=uuid4(), by=cast.member)
            write_in_collaboration(work, text="x", language="en", once=uuid4(), by=cast.ally)
        pages = (f"/community/requests/{request.uuid}/", f"/community/collaborations/{work.uuid}/")
        return [len(statements(browser, page)) for page in pages]

    assert counts(1) == counts(2)


def test_offers_and_consents_ask_the_same_for_one_and_for_two(cast, browser, coordinator):
    journey.introduced(cast)
    one = len(statements(browser, "/community/consents/"))
    journey.introduced(cast)

    assert len(statements(browser, "/community/consents/")) == one


def test_the_page_of_offers_asks_the_same_for_one_and_for_two(cast, browser, other_collaborator):
    introduction = journey.proposed(cast)
    address = f"/community/requests/{request_of(introduction, cast.member).uuid}/offers/"
    one = len(statements(browser, address))
    request = request_of(introduction, cast.facilitator)
    propose_allies(request, version=request.version, collaborators=[other_collaborator], by=cast.facilitator)

    assert len(statements(browser, address)) == one


def test_a_page_of_another_language_keeps_it_in_every_link(places, cast):
    page = signed_in(cast.member).get(f"/ar{places['home']}").content.decode()

    assert 'dir="rtl"' in page
    links = re.findall(r'href="(/[^"]*)"', page)
    assert [
        link
        for link in links
        if not link.startswith((*(f"/{code}/" for code, _ in settings.LANGUAGES), "/static/", "//:"))
    ] == []
