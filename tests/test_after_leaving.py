"""What is left on a phone, in a mailbox or on the wire when somebody has gone: nothing that tells of their work."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import Client

from cre.core.access import acting_system
from cre.core.outbox.models import OutboxMessage
from tests import canaries
from tests.access_rows import ROWS
from tests.community.walking import CODE
from tests.conftest import log_in
from tests.delivering import deliver_all
from tests.journey import cast
from tests.source import ROOT
from tests.test_access_matrix import address_of, ask, is_closed
from tests.three_communities import build_world

__all__ = ["cast"]
pytestmark = pytest.mark.django_db
# Places of a browser where a page could leave something that outlives it.
STORES = re.compile(r"localStorage|sessionStorage|indexedDB|\bcaches\b|serviceWorker|document\.cookie|cookieStore")


@pytest.fixture
def production_cookies(settings):
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-s", True


@pytest.mark.promise("P17")
@pytest.mark.parametrize("address", ["/community/code/", "/accounts/login/", "/community/ask/", "/accounts/sessions/"])
def test_the_one_cookie_is_bound_to_the_host_and_out_of_reach_of_scripts(production_cookies, member, address):
    client = log_in(Client(), member, CODE) if address == "/accounts/sessions/" else Client()
    if address == "/accounts/sessions/":
        client.post(address, {"end": "others"}, secure=True)
    answer = client.get(address, secure=True)

    assert {*answer.cookies} <= {"__Host-s"}
    for cookie in client.cookies.values():
        said = (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"])
        assert (cookie.key, *said) == ("__Host-s", True, True, "Lax", "/", "")
    assert client.cookies


@pytest.mark.promise("P02")
@pytest.mark.parametrize("leave", ["/accounts/logout/", "/exit"])
def test_after_leaving_no_page_opens_again_with_the_cookie_of_before(coordinator, leave):
    world = build_world(coordinator)
    client = log_in(Client(), world.places["own"].cast.member, CODE)
    own = [
        address_of(name, row, world, "own")
        for name, row in ROWS.items()
        if name.startswith("community:") and row.kind and row.opens("member_own", "own")
    ]
    opened = [address for address in own if not is_closed(ask(client, "get", address))]
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    answer = client.post(leave)
    client.cookies[settings.SESSION_COOKIE_NAME] = kept

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert len(opened) > 10
    assert [address for address in opened if not is_closed(ask(client, "get", address))] == []


@pytest.mark.promise("P02")
def test_no_script_of_ours_leaves_anything_in_the_browser():
    scripts = list((ROOT / "static").rglob("*.js"))

    assert scripts
    assert [file.name for file in scripts if STORES.search(file.read_text(encoding="utf-8"))] == []


@pytest.mark.promise("P08")
def test_no_mail_of_the_whole_path_says_a_word_of_it(cast, settings):
    settings.SITE_URL = "https://exchange.example/"
    canaries.walk(cast)
    deliver_all()
    with transaction.atomic(), acting_system():
        kinds = set(OutboxMessage.objects.values_list("topic", flat=True))
    sent = [str(message.message()) for message in mail.outbox]

    assert len(kinds) > 5
    assert {address for message in mail.outbox for address in message.to} >= {cast.facilitator.email, cast.ally.email}
    secret = (canaries.MARK, cast.collaborator.display_name, "Riverbend", str(cast.community.uuid))
    assert {word for text in sent for word in secret if word in text} == set()
    assert [one.subject for one in mail.outbox if not one.subject.startswith("Something waits for you")] == []
