"""Before an act of weight we ask once more who it is, and lose nothing that was typed."""

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from collaborators.actions import begin_intake, give_role
from tests.collaborators.proofs import app_of, asks_for_proof, code_of, sheet_of
from tests.conftest import PASSWORD, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P18"), pytest.mark.urls("tests.collaborators.fresh_urls")]
DONE = "facilitator@test.example: kept ['words']"
PROVE = "/accounts/2fa/prove/?next=%2Fweigh%2F%3Fof%3Dthis"


def grow_old(client: Client) -> Client:
    """Let the last proof of this visit be longer ago than it may."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record | {"at": record["at"] - 601} for record in session[AUTHENTICATION_METHODS_SESSION_KEY]
    ]
    session.save()
    return client


@pytest.fixture
def client(facilitator) -> Client:
    return grow_old(log_in(Client(), facilitator))


def text(answer) -> str:
    return answer.content.decode()


def test_whoever_has_just_come_in_is_not_asked(facilitator):
    answer = log_in(Client(), facilitator).post("/weigh/", {"words": "kept"})

    assert (answer.status_code, text(answer)) == (200, DONE)


def test_after_a_while_the_question_comes_first(client):
    answer = client.post("/weigh/", {"words": "kept"})

    assert asks_for_proof(answer)
    assert answer.context["carried"] == [("words", "kept")]
    assert '<input type="hidden" name="words" value="kept">' in text(answer)


def test_other_pages_ask_nothing(client):
    assert client.get("/desk/").status_code == 200


@pytest.mark.promise("P29")
@pytest.mark.parametrize("word", ["", "wrong-wrong-wrong", "123456", "\0", "x" * 300, "1234 5678 9012"])
def test_a_wrong_answer_does_nothing_and_keeps_the_words(word, client, facilitator):
    app_of(facilitator)
    answer = client.post("/weigh/", {"words": "kept", "proof-word": word})

    assert asks_for_proof(answer)
    assert answer.context["carried"] == [("words", "kept")]
    assert PASSWORD not in text(answer)


@pytest.mark.parametrize("by", ["password", "app", "sheet"])
def test_the_right_answer_goes_on_with_what_was_typed(by, client, facilitator):
    words = {
        "password": lambda: PASSWORD,
        "app": lambda: code_of(app_of(facilitator)),
        "sheet": lambda: sheet_of(facilitator)[0],
    }
    answer = client.post("/weigh/", {"words": "kept", "proof-word": words[by]()})

    assert (answer.status_code, text(answer)) == (200, DONE)
    assert client.post("/weigh/", {"words": "kept"}).status_code == 200


def test_somebody_who_came_with_a_receipt_code_answers_with_it(region, coordinator):
    intake = begin_intake(language="en", region=region, channel="check-here")
    give_role(region, "facilitate", intake.user, by=coordinator)
    client = grow_old(log_in(Client(), intake.user, "collaborators.backends.ReceiptCodeBackend"))

    assert asks_for_proof(client.post("/weigh/", {"words": "kept", "proof-word": "1" * 28}))
    assert client.post("/weigh/", {"words": "kept", "proof-word": str(intake.code)}).status_code == 200


def test_a_page_that_was_only_opened_comes_back_after_the_answer(client):
    assert client.get("/weigh/?of=this").url == PROVE
    assert asks_for_proof(client.post(PROVE, {"proof-word": "wrong"}))

    answer = client.post(PROVE, {"proof-word": PASSWORD})

    assert (answer.status_code, answer.url) == (302, "/weigh/?of=this")
    assert client.get(answer.url).status_code == 200


def test_the_answer_begins_a_new_key(client):
    before = client.cookies["s"].value
    client.post(PROVE, {"proof-word": PASSWORD})

    assert client.cookies["s"].value != before


def test_the_password_of_somebody_else_is_no_answer(client, coordinator):
    with_other = client.post("/weigh/", {"proof-word": code_of(app_of(coordinator))})

    assert asks_for_proof(with_other)


def test_somebody_without_the_portal_is_not_even_asked(stranger):
    client = grow_old(log_in(Client(), stranger))

    assert client.get("/weigh/").status_code == 404


@pytest.mark.promise("P19")
def test_many_wrong_answers_become_slow_and_say_so(client):
    pages = [client.post("/weigh/", {"words": "kept", "proof-word": f"wrong {turn}"}) for turn in range(8)]

    assert all(asks_for_proof(page) for page in pages)
    assert "many tries" in text(pages[-1])


@pytest.mark.parametrize("wanted", ["undefined", "//evil.example/", "https://evil.example/"])
def test_the_question_leads_to_no_page_that_is_not_ours(facilitator, wanted):
    answer = log_in(Client(), facilitator).get("/accounts/2fa/prove/", {"next": wanted})

    assert (answer.status_code, answer.url) == (302, "/home/")
