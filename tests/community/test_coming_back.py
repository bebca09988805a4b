"""Coming back: the receipt code, its check, a new one, and what the start page shows."""

import re
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collaborators.codes import new_code
from collaborators.models import ReceiptCredential
from cre.core.access import acting_as
from tests import journey
from tests.community.test_asking import begun
from tests.community.walking import hidden, shown_code, signed_in, text_of
from tests.conftest import as_owner

pytestmark = pytest.mark.django_db
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


def enter(code: str, client: Client | None = None, **query: str):
    return (client or Client()).post("/community/code/", {"door-code": code}, query_params=query)


def bare(page) -> str:
    """A page without what differs from one request to the next."""
    return re.sub(r'value="[^"]*"', "", page.content.decode())


SHAPES = {
    "groups": str,
    "digits": lambda code: code.digits,
    "dashes": lambda code: "-".join(code.groups),
    "arabic": lambda code: str(code).translate(ARABIC),
    "devanagari": lambda code: str(code).translate(DEVANAGARI),
    "blanks": lambda code: f"  {code}\n",
}


@pytest.mark.parametrize("typed", SHAPES.values(), ids=SHAPES)
def test_the_code_is_read_as_people_write_it(intake, typed):
    page = enter(typed(intake.code))

    assert (page.status_code, page.url) == (302, "/community/")


def test_a_slip_is_told_at_once_and_looks_nothing_up(intake):
    digits = intake.code.digits
    slip = digits[:-1] + str((int(digits[-1]) + 1) % 10)

    with CaptureQueriesContext(connection) as queries:
        page = enter(slip)

    assert page.status_code == 422
    assert not [query for query in queries if "receiptcredential" in query["sql"]]
    assert "One of the digits is not right" in text_of(page)


@pytest.mark.promise("P05")
def test_a_wrong_code_an_unknown_code_and_a_dead_code_are_answered_alike(intake):
    real, unknown = intake.code, new_code()
    wrong = type(real)(real.locator, unknown.secret)
    with as_owner():
        ReceiptCredential.objects.filter(locator=real.locator).update(replaced_at="2026-01-01T00:00Z")

    pages = [enter(str(code)) for code in (wrong, unknown, real)]

    assert {page.status_code for page in pages} == {422}
    assert len({bare(page) for page in pages}) == 1


@pytest.mark.promise("P05")
def test_a_wrong_and_an_unknown_code_take_the_same_time(intake):
    def seconds(code) -> float:
        begin = perf_counter()
        enter(str(code))
        return perf_counter() - begin

    unknown = new_code()
    wrong = type(intake.code)(intake.code.locator, unknown.secret)
    times = {name: median(seconds(code) for _ in range(7)) for name, code in (("wrong", wrong), ("unknown", unknown))}

    assert times["wrong"] == pytest.approx(times["unknown"], rel=0.6)


def test_a_closed_account_does_not_come_in(intake):
    with as_owner():
        type(intake.user).objects.filter(pk=intake.user.pk).update(is_active=False)

    assert enter(str(intake.code)).status_code == 422


@pytest.mark.parametrize("nonsense", ["", "x" * 300, "12\x0034", "hello"])
def test_nonsense_is_a_form_error(nonsense):
    assert enter(nonsense).status_code == 422


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/community/consents/", "/community/consents/"),
        ("https://evil.example/", "/community/"),
        ("//evil.example", "/community/"),
        ("undefined", "/community/"),
    ],
)
def test_the_way_back_stays_on_this_site(intake, wanted, led_to):
    assert enter(str(intake.code), next=wanted).url == led_to


def test_coming_in_changes_the_session(intake):
    client = Client()
    client.get("/community/code/")
    before = client.session.session_key

    enter(str(intake.code), client)

    assert client.session.session_key != before


def test_the_last_group_confirms_that_the_code_was_kept():
    client = Client()
    code = shown_code(begun(client))

    assert client.post("/community/code/check/", {"tail": "0000" if code[-4:] != "0000" else "1111"}).status_code == 422
    page = client.post("/community/code/check/", {"tail": code[-4:].translate(ARABIC)}, follow=True)

    assert "These digits are right." in text_of(page)
    with as_owner():
        assert ReceiptCredential.objects.latest("created_at").confirmed_at is not None
    assert "code_tail" not in client.session


def test_the_check_is_asked_after_sending():
    client = Client()
    code = shown_code(begun(client))
    address = client.post("/community/ask/reach/", {"danger": "no"}).url
    client.post(address, {"version": hidden(client.get(address), "version"), "kinds_of_help": ["money"]})
    check = address.replace("/need/", "/check/")

    page = client.post(check, {"version": hidden(client.get(check), "version")}, follow=True)

    assert "Did you keep your receipt code?" in text_of(page)
    assert code not in page.content.decode()


@pytest.mark.promise("P05")
def test_a_new_code_kills_the_old_one(intake):
    client = Client()
    enter(str(intake.code), client)
    assert client.get("/community/code/new/").status_code == 200

    code = shown_code(client.post("/community/code/new/"))

    assert enter(str(intake.code)).status_code == 422
    assert enter(code).status_code == 302


def test_somebody_without_a_code_gets_none(supporter):
    assert signed_in(supporter, "collaborators.backends.EmailBackend").post("/community/code/new/").status_code == 403


def test_the_start_page_says_how_to_come_in():
    page = Client().get("/community/")

    assert page.status_code == 200
    assert "Enter a receipt code" in text_of(page)


@pytest.mark.parametrize(
    ("station", "words"),
    [
        ("draft", "Not sent yet"),
        ("received", "You get a first answer by"),
        ("briefed", "A brief is ready. Read it and decide."),
        ("proposed", "We suggest allies. You decide whom we ask."),
        ("willing", "An ally would like to support you. You decide."),
        ("introduced", "Lake Law Group"),
        ("declined", "You can ask that another person looks at it again."),
    ],
)
def test_the_start_page_shows_where_things_stand_and_what_waits(cast, browser, station, words):
    getattr(journey, station)(cast)

    assert words in text_of(browser.get("/community/"))


def test_notices_lead_to_their_page_and_are_put_aside(cast, browser, deliver):
    journey.briefed(cast)
    deliver()
    page = browser.get("/community/")
    found = re.search(r'href="(/community/notices/[^"]+)"', page.content.decode())
    assert found

    page = browser.get(found[1])
    assert page.status_code == 302
    assert page.url.startswith("/community/requests/")
    browser.post("/community/notices/read/")

    assert "/community/notices/" not in browser.get("/community/").content.decode().replace("notices/read", "")


def test_somebody_elses_notice_is_not_found(cast, browser, strange_browser, deliver):
    journey.briefed(cast)
    deliver()
    found = re.search(r'href="(/community/notices/[^"]+)"', browser.get("/community/").content.decode())
    assert found

    assert strange_browser.get(found[1]).status_code == 404


def test_leaving_ends_the_visit_and_clears_the_browser(browser):
    page = browser.get("/exit")

    assert page.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert browser.get("/community/consents/").status_code == 302


@pytest.mark.promise("P01")
def test_neither_address_nor_browser_is_kept_in_the_session(intake):
    client = Client(REMOTE_ADDR="203.0.113.77", headers={"user-agent": "Nokia-Canary"})
    enter(str(intake.code), client)

    with acting_as(intake.user):
        assert "203.0.113.77" not in str(dict(client.session))
        assert "Canary" not in str(dict(client.session))
