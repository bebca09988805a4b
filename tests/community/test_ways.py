"""Coming back by an e-mail address with a password, beside the receipt code."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from collaborators.actions import confirm_address, give_address, remove_address
from collaborators.links import address_secret
from collaborators.models import SignInAddress, User
from cre.core.access import acting_as
from tests.community.walking import signed_in, text_of
from tests.community.ways import (
    ADD,
    ADDRESS,
    OWN,
    SITE,
    WAYS,
    given,
    has_come_in,
    mailed_link,
    sign_in,
    with_address,
    with_passkey,
)
from tests.conftest import as_owner
from tests.core.access.questions import column, run
from tests.delivering import deliver_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.SITE_URL = f"{SITE}/"


def test_an_address_opens_after_its_link_and_leads_home(member):
    client = signed_in(member)
    assert given(client).url == WAYS
    assert "opens nothing yet" in text_of(client.get(WAYS))
    assert sign_in().status_code != 302
    link = mailed_link()

    assert client.get(link).status_code == 200
    assert sign_in().status_code != 302
    assert client.post(link).url == "/en/community/ways/"

    back = Client()
    assert sign_in(client=back).status_code == 302
    assert back.get("/home/").url == "/community/"
    assert has_come_in(client)
    assert "E-mail address and password, since" in text_of(back.get(WAYS))


def test_the_way_in_keeps_the_language_of_its_address(member):
    with_address(member)
    client = Client()
    page = sign_in(client=client, language="/ar")

    assert client.get(page.url).url == "/ar/community/"


@pytest.mark.promise("P08")
def test_the_mail_says_nothing_but_its_link(member, settings):
    give_address(ADDRESS, OWN, by=member)
    link = mailed_link()
    (sent,) = mail.outbox
    rest = sent.body.replace(link, "").lower()

    assert (sent.subject, sent.to) == ("Something waits for you", [ADDRESS])
    assert not [
        word for word in (settings.SITE_NAME.lower(), "communit", "receipt", "delta", "riverbend") if word in rest
    ]
    assert "communit" not in link


@pytest.mark.promise("P08")
def test_no_other_mail_goes_to_the_address(member, facilitator):
    person = with_address(member)
    deliver_all()
    mail.outbox.clear()
    remove_address(by=person)
    with_address(member, "other@mail.example")
    deliver_all()

    assert [sent.to for sent in mail.outbox if "/accounts/address/" not in sent.body] == []


@pytest.mark.promise("P05")
def test_an_address_of_somebody_else_is_answered_alike_and_nothing_is_mailed(member, outsider, facilitator):
    with_address(outsider, "taken@mail.example")
    deliver_all()
    mail.outbox.clear()
    pages = []
    for email in ("free@mail.example", "taken@mail.example", facilitator.email):
        client = signed_in(member)
        answer = given(client, email)
        pages.append((answer.status_code, answer.url, text_of(client.get(WAYS))))
        remove_address(by=member)
        deliver_all()
        give_address(email, OWN, by=member)
        deliver_all()
        remove_address(by=member)

    assert len({text.split(" An e-mail address")[0] for _, _, text in pages}) == 1
    assert {page[:2] for page in pages} == {(302, WAYS)}
    assert {address for sent in mail.outbox for address in sent.to} == {"free@mail.example"}


def test_of_two_who_give_the_same_address_the_first_keeps_it(member, outsider):
    give_address(ADDRESS, OWN, by=member)
    with_address(outsider)
    with acting_as(member):
        late = SignInAddress.objects.get()

    assert confirm_address(late.uuid, address_secret(late.uuid), by=member) is False
    with as_owner():
        assert column("SELECT user_id FROM collaborators_signinaddress") == [outsider.pk]
    assert not User.objects.get(pk=member.pk).has_usable_password()


def test_an_address_that_an_account_has_is_not_confirmed(member, facilitator):
    give_address(str(facilitator.email), OWN, by=member)
    with acting_as(member):
        address = SignInAddress.objects.get()

    assert confirm_address(address.uuid, address_secret(address.uuid), by=member) is False
    assert not User.objects.get(pk=member.pk).has_usable_password()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"email": "no address", "password": OWN, "again": OWN}, "Enter a valid email address"),
        ({"email": ADDRESS, "password": "community1234", "again": "community1234"}, "do not count"),
        ({"email": ADDRESS, "password": "short", "again": "short"}, "at least 12"),
        ({"email": ADDRESS, "password": OWN, "again": "another"}, "This is not the same as above."),
        ({"email": "quietriver@mail.example", "password": "quietriver1", "again": "quietriver1"}, "do not count"),
        ({}, "This field is required"),
    ],
    ids=["address", "words", "short", "again", "like the address", "empty"],
)
@pytest.mark.promise("P29")
def test_what_is_wrong_is_said_and_the_address_is_kept(member, typed, words):
    page = signed_in(member).post(ADD, typed)

    assert page.status_code == 422
    assert words in text_of(page)
    assert typed.get("email", "") in page.content.decode()
    with as_owner():
        assert not SignInAddress.objects.exists()


def test_the_link_is_for_nobody_else_and_for_one_day(member, outsider, time_machine):
    given(signed_in(member))
    link = mailed_link()
    assert signed_in(outsider).get(link).status_code == 410
    assert "/community/code/" in Client().get(link).url
    assert signed_in(member).get(link[:-2] + ("0/" if link[-2] != "0" else "1/")).status_code == 410
    time_machine.move_to(timezone.now() + timedelta(hours=24, minutes=1))

    assert signed_in(member).post(link).status_code == 410


def test_a_link_works_once(member):
    client = signed_in(member)
    given(client)
    link = mailed_link()
    client.post(link)

    assert client.post(link).status_code == 410


def test_an_address_that_nobody_confirms_is_forgotten_after_a_day(member, time_machine):
    give_address(ADDRESS, OWN, by=member)
    deliver_all()
    time_machine.move_to(timezone.now() + timedelta(hours=24, minutes=1))
    with as_owner():
        run("UPDATE core_outboxmessage SET due_at = now() WHERE topic = 'address-unconfirmed'")
    deliver_all()

    with as_owner():
        assert not SignInAddress.objects.exists()


def test_a_confirmed_address_is_not_forgotten(member, time_machine):
    with_address(member)
    time_machine.move_to(timezone.now() + timedelta(hours=24, minutes=1))
    with as_owner():
        run("UPDATE core_outboxmessage SET due_at = now() WHERE topic = 'address-unconfirmed'")
    deliver_all()

    with as_owner():
        assert SignInAddress.objects.get().email == ADDRESS


def test_removing_the_address_closes_it_and_ends_other_visits(member):
    person = with_address(member)
    here, elsewhere = signed_in(person), signed_in(person)

    assert here.post("/community/ways/address/remove/").url == WAYS

    assert (has_come_in(here), has_come_in(elsewhere)) == (True, False)
    assert sign_in().status_code != 302
    with as_owner():
        assert not SignInAddress.objects.exists()
    assert not User.objects.get(pk=person.pk).has_usable_password()


def test_the_receipt_code_goes_on_working_beside_the_others(intake):
    with_address(intake.user)
    with_passkey(intake.user)
    client = Client()

    assert client.post("/community/code/", {"door-code": str(intake.code)}).status_code == 302
    assert has_come_in(client)


def test_a_forgotten_password_needs_the_receipt_code_too(intake):
    with_address(intake.user)
    deliver_all()
    mail.outbox.clear()
    Client().post("/accounts/password/reset/", {"email": ADDRESS})
    deliver_all()
    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    path, new, client = sent.body.split(SITE)[1].split()[0], "nine calm herons counting", Client()
    address = client.get(path, follow=True).redirect_chain[-1][0]

    assert client.post(address, {"password1": new, "password2": new}).status_code == 422
    assert client.post(address, {"password1": new, "password2": new, "code": str(intake.code)}).status_code == 302
    assert sign_in(password=new).status_code == 302


def test_an_address_that_is_not_confirmed_gets_no_link_for_a_password(member):
    give_address(ADDRESS, OWN, by=member)
    deliver_all()
    mail.outbox.clear()
    Client().post("/accounts/password/reset/", {"email": ADDRESS})
    deliver_all()

    assert mail.outbox == []


def test_signing_in_without_a_language_leads_home_in_ones_own(member):
    with_address(member)
    with as_owner():
        User.objects.filter(pk=member.pk).update(language="sw")
    client = Client()
    sign_in(client=client)

    assert client.get("/home/").url == "/sw/community/"
    assert client.get("/ar/home/").url == "/ar/community/"
    assert client.get("/home/", headers={"accept-language": "sw"}).url == "/community/"


@pytest.mark.promise("P05")
def test_a_wrong_password_an_unknown_address_and_one_that_waits_are_answered_alike(member, outsider):
    with_address(member)
    give_address("waits@mail.example", OWN, by=outsider)
    tries = ((ADDRESS, "another long password"), ("nobody@mail.example", OWN), ("waits@mail.example", OWN))
    pages = [(page.status_code, text_of(page)) for page in (sign_in(*typed) for typed in tries)]

    assert len(set(pages)) == 1


@pytest.mark.promise("P19")
def test_nobody_fills_a_mailbox_that_is_not_theirs(member):
    client = signed_in(member)

    assert [given(client).status_code for _ in range(4)] == [302, 302, 302, 429]


def test_an_address_that_is_given_again_has_another_link(member):
    client = signed_in(member)
    given(client)
    first = mailed_link()
    given(client)
    second = mailed_link()

    assert client.get(first).status_code == 410
    assert client.post(second).status_code == 302
    assert sign_in().status_code == 302
