"""The pages on which people add, use and remove what proves them."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from lxml import html

from collaborators.models import AccountEvent
from cre.core.access import acting_as
from tests.collaborators.proofs import app_of, asks_for_proof, code_of, sheet_of
from tests.conftest import PASSWORD, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P18")]
OWN = ("mfa_activate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn")
PAGES = (*OWN, "mfa_index", "mfa_prove", "mfa_login_webauthn")
WORST = ["", "\0", "x" * 200_000, "{", "[]", "0", '"a"', '{"id": 1}', '{"response": {"userHandle": 1}}', "null", "-1"]
# A credential of the right shape whose parts are not what they should be.
ODD = '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","userHandle":"eA"%s}}'


@pytest.fixture
def client(facilitator) -> Client:
    """The browser of a facilitator who has no factor yet, in a visit that counts as proven."""
    return log_in(Client(), facilitator)


def links_of(page: Any) -> list[str]:
    return [str(link) for link in html.fromstring(page.content).xpath("//main//a/@href")]


@pytest.mark.promise("P02")
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_each_page_stands_in_our_frame_without_anything_inline(name, language, client):
    if name == "mfa_login_webauthn":
        client = Client()
    page = client.get(f"/{language}{reverse(name)}", follow=True)
    root = html.fromstring(page.content)

    assert page.status_code == 200
    assert (root.get("lang"), page.headers["Cache-Control"]) == (language, "no-store")
    assert root.xpath("//h1")
    assert not root.xpath("//script[not(@src)]|//style|//*[@style]")
    assert not root.xpath("//@src[not(starts-with(., '/static/'))]")
    assert not root.xpath("//comment()|//processing-instruction()")


@pytest.mark.parametrize("name", ["mfa_index", "mfa_prove", *OWN])
def test_nobody_signed_in_is_led_to_signing_in(name):
    assert "/accounts/login/" in Client().get(reverse(name)).url


@pytest.mark.parametrize(
    "path", ["totp/activate/", "recovery-codes/", "recovery-codes/download/", "webauthn/", "trust/"]
)
def test_what_the_library_has_beyond_them_is_closed(path, client):
    assert client.get(f"/accounts/2fa/{path}").status_code == 404


@pytest.mark.promise("P29")
@pytest.mark.parametrize("worst", [*WORST, ODD % "", ODD % ',"attestationObject":"oA"'])
def test_wrong_input_is_answered_with_a_sentence(worst, client, facilitator):
    typed = dict.fromkeys(["code", "name", "credential", "sure", "proof-word", "proof-passkey"], worst)
    broken = []
    for browser, name in [(client, name) for name in PAGES] + [(Client(), "mfa_login_webauthn")]:
        browser.raise_request_exception = False
        browser.get(reverse(name))
        answer = browser.post(reverse(name), typed)
        if answer.status_code >= 500:
            broken.append((name, answer.status_code))
    assert broken == []
    assert not Authenticator.objects.filter(user=facilitator, type="webauthn").exists()


@pytest.mark.parametrize("name", OWN)
def test_with_a_password_alone_nothing_is_added_beside_a_factor(name, facilitator):
    app_of(facilitator)
    client = log_in(Client(), facilitator, is_proven=False)

    assert asks_for_proof(client.get(reverse(name)))
    assert asks_for_proof(client.post(reverse(name), {"code": "1", "proof-word": PASSWORD}))
    assert Authenticator.objects.filter(user=facilitator).count() == 1


def test_a_wrong_code_keeps_the_same_secret(client, facilitator):
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert (page.status_code, page.context["form"].secret) == (422, secret)
    assert not Authenticator.objects.filter(user=facilitator).exists()
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}).status_code == 302


def test_the_code_that_added_an_app_is_used_up(client, facilitator):
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = code_of(secret)
    client.post(reverse("mfa_activate_totp"), {"code": code})
    other = log_in(Client(), facilitator, is_proven=False)

    assert asks_for_proof(other.post(reverse("mfa_prove"), {"proof-word": code}))


def test_a_sheet_is_shown_once(client, facilitator):
    assert client.post(reverse("mfa_generate_recovery_codes")).content.count(b"<bdi dir") == 10

    again = client.get(reverse("mfa_generate_recovery_codes"))

    assert not re.search(rb"\d{4} \d{4}", again.content)
    assert b"worth nothing from then on" in again.content


def test_a_factor_is_removed_after_a_yes(client, facilitator):
    app_of(facilitator)
    sheet_of(facilitator)
    app = Authenticator.objects.get(user=facilitator, type="totp")
    assert reverse("mfa_remove", args=[app.pk]) in links_of(client.get(reverse("mfa_index")))
    assert client.post(reverse("mfa_remove", args=[app.pk])).status_code == 422

    answer = client.post(reverse("mfa_remove", args=[app.pk]), {"sure": "on"})

    assert answer.url == reverse("mfa_index")
    assert [factor.type for factor in Authenticator.objects.filter(user=facilitator)] == ["recovery_codes"]


@pytest.mark.promise("P29")
def test_the_last_factor_is_not_removed_and_a_sentence_says_why(client, facilitator):
    app_of(facilitator)
    app = Authenticator.objects.get(user=facilitator)

    answer = client.post(reverse("mfa_remove", args=[app.pk]), {"sure": "on"})

    assert answer.status_code == 403
    assert "This is your last one" in answer.content.decode()
    assert Authenticator.objects.filter(user=facilitator).exists()


def test_a_factor_of_somebody_else_is_not_there(client, coordinator):
    app_of(coordinator)
    address = reverse("mfa_remove", args=[Authenticator.objects.get(user=coordinator).pk])

    assert client.get(address).status_code == 404
    assert client.post(address, {"sure": "on"}).status_code == 404
    assert Authenticator.objects.filter(user=coordinator).exists()


def test_the_person_is_told_of_each_change(client, facilitator):
    app_of(facilitator)
    sheet_of(facilitator)
    client.post(reverse("mfa_remove", args=[Authenticator.objects.get(type="totp").pk]), {"sure": "on"})

    with acting_as(facilitator):
        kinds = [event.kind for event in AccountEvent.objects.order_by("pk")]
    assert kinds == ["factor_added", "factor_added", "factor_removed"]


def test_somebody_with_nothing_to_prove_may_add_one_too(member):
    client = log_in(Client(), member, "collaborators.backends.ReceiptCodeBackend", is_proven=False)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    assert client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}).status_code == 302
    assert client.get("/community/").status_code == 200


class TestReset:
    """The coordinator takes the factors of somebody who lost them, on a page of the secretariat."""

    def test_after_a_talk_the_person_begins_anew_and_is_out(self, coordinator, facilitator):
        app_of(facilitator)
        theirs, ours = log_in(Client(), facilitator), log_in(Client(), coordinator)
        address = reverse("secretariat:factors-reset", args=[facilitator.uuid])
        assert ours.get(address).status_code == 200
        assert ours.post(address, {"reason": ""}).status_code == 422

        assert ours.post(address, {"reason": "Called her; knew the voice."}).status_code == 302

        assert not Authenticator.objects.filter(user=facilitator).exists()
        assert "/accounts/login/" in theirs.get("/desk/").url

    def test_nobody_does_it_for_themselves(self, coordinator):
        app_of(coordinator)
        client = log_in(Client(), coordinator)
        address = reverse("secretariat:factors-reset", args=[coordinator.uuid])

        assert client.post(address, {"reason": "I lost it."}).status_code == 403
        assert Authenticator.objects.filter(user=coordinator).exists()
