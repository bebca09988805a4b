"""The doors: who is nobody yet is asked to come in, and what was typed goes on with them."""

from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from collaborations.actions import change_draft, send_request, start_request
from collaborations.models import RequestMessage, SupportRequest
from collaborators.actions import Intake, begin_intake
from collaborators.codes import ReceiptCode
from collaborators.models import Collaborator, Session
from cre.core.access import acting_as
from tests.collaborators.proofs import asks_for_proof
from tests.community.walking import CODE, EMAIL, hidden, signed_in, text_of
from tests.conftest import PASSWORD, as_owner

pytestmark = pytest.mark.django_db
WORDS = "They came with papers that we could not read.\nSecond line."


@pytest.fixture
def sent(intake: Intake) -> SupportRequest:
    """A request of the person with the code."""
    request = start_request(intake.community, danger="no", language="en", by=intake.user)
    change_draft(request, version=request.version, need="Help", by=intake.user)
    return send_request(request, version=request.version + 1, by=intake.user)


def messages_of(intake: Intake) -> list[str]:
    with acting_as(intake.user):
        return [row.text for row in RequestMessage.objects.all()]


@pytest.mark.parametrize(
    ("path", "entrance"),
    [
        ("/community/consents/", "/community/code/?next=%2Fcommunity%2Fconsents%2F"),
        ("/ar/community/consents/", "/ar/community/code/?next=%2Far%2Fcommunity%2Fconsents%2F"),
    ],
)
def test_a_stranger_is_led_to_the_entrance_and_back_again(path, entrance):
    response = Client().get(path)

    assert (response.status_code, response.url) == (302, entrance)


def test_somebody_without_the_portal_learns_nothing(cast):
    assert signed_in(cast.ally, EMAIL).get("/community/consents/").status_code == 404
    assert signed_in(cast.facilitator, EMAIL).get("/community/consents/").status_code == 404


@pytest.mark.promise("P29")
def test_a_message_written_in_an_ended_session_goes_on_with_the_code(intake, sent):
    client = Client()
    address = f"/community/requests/{sent.uuid}/message/"
    page = client.post(address, {"text": WORDS, "once": str(uuid4())})
    assert page.status_code == 403
    assert hidden(page, "text") == WORDS
    assert messages_of(intake) == []

    page = client.post(
        address, {"text": hidden(page, "text"), "once": hidden(page, "once"), "door-code": str(intake.code)}
    )

    assert (page.status_code, page.url) == (302, f"/community/requests/{sent.uuid}/")
    assert messages_of(intake) == [WORDS]
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("typed", ["", "1234", str(ReceiptCode("00000000", "0" * 19))])
def test_a_wrong_code_at_the_door_loses_nothing_and_stores_nothing(intake, sent, typed):
    page = Client().post(
        f"/community/requests/{sent.uuid}/message/", {"text": WORDS, "once": str(uuid4()), "door-code": typed}
    )

    assert page.status_code == 403
    assert hidden(page, "text") == WORDS
    assert messages_of(intake) == []


def test_the_right_code_of_somebody_else_opens_nothing_here(intake, sent, region):
    stranger = begin_intake(language="en", region=region, channel="check-here")
    client = Client()
    page = client.post(
        f"/community/requests/{sent.uuid}/message/",
        {"text": WORDS, "once": str(uuid4()), "door-code": str(stranger.code)},
    )

    assert page.status_code == 404
    assert client.get("/community/").status_code == 200
    assert messages_of(intake) == []


@pytest.mark.promise("P29")
def test_a_session_that_ended_in_the_middle_of_writing_loses_nothing(intake, sent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(intake.user, backend=CODE)
    page = client.get(f"/community/requests/{sent.uuid}/")
    token, once = hidden(page, "csrfmiddlewaretoken"), hidden(page, "once")
    with as_owner():
        Session.objects.all().delete()
    address = f"/community/requests/{sent.uuid}/message/"

    page = client.post(address, {"csrfmiddlewaretoken": token, "text": WORDS, "once": once})
    assert page.status_code == 403
    assert WORDS in text_of(page) or WORDS in page.content.decode()
    page = client.post(
        address, {"csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"), "text": WORDS, "once": once}
    )
    assert page.status_code == 403
    token = hidden(page, "csrfmiddlewaretoken")
    answer = {"csrfmiddlewaretoken": token, "text": WORDS, "once": once, "door-code": str(intake.code)}
    page = client.post(address, answer)

    assert page.status_code == 302
    assert messages_of(intake) == [WORDS]


@pytest.mark.urls("tests.community.probe_urls")
class TestPassword:
    """The door of the other portals asks for an e-mail address and a password."""

    def answer(self, **door: str):
        typed = {"words": "kept", "door-email": "ally@test.example", "door-password": PASSWORD} | door
        return Client().post("/probe/", typed)

    def test_the_right_password_goes_on_with_the_post(self, cast):
        with as_owner():
            Collaborator.objects.filter(pk=cast.collaborator.pk).update(access_level=2)
        page = self.answer()

        assert (page.status_code, page.content.decode()) == (200, "ally@test.example: kept ['words']")

    def test_a_wrong_password_keeps_the_words_and_forgets_the_password(self, cast):
        page = self.answer(**{"door-password": "not the right one"})

        assert page.status_code == 403
        assert hidden(page, "words") == "kept"
        assert "not the right one" not in page.content.decode()

    def test_another_persons_password_does_not_open_the_ally_portal(self, stranger):
        assert self.answer(**{"door-email": stranger.email}).status_code == 404

    @pytest.mark.promise("P18")
    def test_a_password_alone_does_not_open_a_role_that_needs_more(self, cast):
        page = self.answer()

        assert asks_for_proof(page)
        assert page.context["carried"] == [("words", "kept")]
        assert asks_for_proof(page.client.get("/ally/"))

    @pytest.mark.promise("P18")
    def test_the_door_is_no_way_round_the_second_step(self, cast):
        with as_owner():
            Authenticator.objects.create(user=cast.ally, type=Authenticator.Type.TOTP, data={"secret": "x"})

        page = self.answer()

        assert page.status_code == 403
        assert "second step" in text_of(page)
        assert hidden(page, "words") == "kept"
        assert "_auth_user_id" not in page.client.session
