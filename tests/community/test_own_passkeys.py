"""Coming back by a passkey, and who adds and removes a way."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from collaborators.actions import give_address, remove_address
from collaborators.models import AccountEvent, SignInAddress
from cre.core.access import Refused, acting_as
from cre.core.ledger.models import LedgerEntry
from tests.community.walking import CODE, signed_in, text_of
from tests.community.ways import (
    ADD,
    ADDRESS,
    OWN,
    WAYS,
    has_come_in,
    sign_in,
    sign_in_by_passkey,
    with_address,
    with_passkey,
)
from tests.conftest import as_owner, log_in
from tests.core.access.questions import column

pytestmark = pytest.mark.django_db


def test_a_passkey_opens_home_alone_and_counts_as_a_fresh_proof(member):
    device, client = with_passkey(member), Client()

    assert sign_in_by_passkey(device, client).url == "/home/"
    assert client.get("/home/").url == "/community/"
    assert client.get(ADD).status_code == 200


def test_a_passkey_proves_who_it_is_in_the_middle_of_a_visit(member, time_machine):
    device, client = with_passkey(member), signed_in(member)
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    asked = client.get(client.get(ADD).url)

    answer = client.post(
        asked.wsgi_request.get_full_path(), {"proof-passkey": device.use(asked.context["passkey_options"])}
    )

    assert (answer.status_code, answer.url) == (302, ADD)
    assert client.get(ADD).status_code == 200


@pytest.mark.promise("P04")
def test_the_device_is_told_neither_who_this_is_nor_what_about(member, community, settings):
    with_address(member)
    options = signed_in(member).get("/community/ways/passkey/").context["options"]

    said = [member.uuid, community.uuid, "Riverbend", "People", settings.SITE_NAME, ADDRESS, f"person {member.pk}"]
    assert '"name": "My page ' in options
    assert [word for word in said if str(word).lower() in options.lower()] == []


def test_a_passkey_is_no_second_step_for_the_password(member):
    with_address(member)
    with_passkey(member)
    client = Client()

    assert sign_in(client=client).url == "/home/"
    assert has_come_in(client)


def test_a_passkey_is_removed_with_the_receipt_code_alone(member):
    with_passkey(member)
    factor = Authenticator.objects.get(user=member)
    client = log_in(Client(), member, CODE, is_proven=False)
    assert "Passkey, since" in text_of(client.get(WAYS))

    assert client.post(f"/accounts/2fa/{factor.pk}/remove/", {"sure": "on"}, follow=True).status_code == 200
    assert not Authenticator.objects.filter(user=member).exists()


def test_a_passkey_that_was_removed_opens_nothing(member):
    device = with_passkey(member)
    with acting_as(member):
        Authenticator.objects.filter(user=member).delete()

    assert sign_in_by_passkey(device).status_code == 422


@pytest.mark.promise("P29")
@pytest.mark.parametrize("worst", ["", "\0", "{", "[]", '{"id": 1}', "null"])
def test_a_wrong_answer_of_a_device_is_a_sentence(member, worst):
    client = signed_in(member)
    client.get("/community/ways/passkey/")

    page = client.post("/community/ways/passkey/", {"credential": worst})

    assert page.status_code == 422
    assert "made no passkey that we can use" in text_of(page)


@pytest.mark.parametrize("page", ["address/", "address/remove/", "passkey/"])
def test_each_change_asks_first_who_it_is(member, page, time_machine):
    with_address(member)
    client = log_in(Client(), member, CODE, is_proven=False)
    time_machine.move_to(timezone.now() + timedelta(minutes=11))

    assert "/accounts/2fa/prove/" in client.get(WAYS + page).url
    refused = client.post(WAYS + page, {"email": "other@mail.example", "password": OWN, "again": OWN})
    assert refused.status_code == 403
    with as_owner():
        assert SignInAddress.objects.get().email == ADDRESS


def test_the_receipt_code_is_the_fresh_proof(intake, time_machine):
    client = signed_in(intake.user)
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    asked = client.get(ADD).url
    assert client.post(asked, {"proof-word": str(intake.code)}).url == ADD

    assert client.get(ADD).status_code == 200


def test_whoever_has_an_account_is_led_to_its_page(cast, supporter):
    client = log_in(Client(), supporter)

    assert [client.get(WAYS + page).url for page in ("", "address/", "passkey/")] == ["/accounts/sessions/"] * 3
    with pytest.raises(Refused):
        give_address(ADDRESS, OWN, by=supporter)


def test_people_of_a_community_are_led_from_the_second_step_to_their_ways(member):
    assert signed_in(member).get("/accounts/2fa/").url == WAYS


def test_every_change_is_on_record_for_the_person_and_nothing_of_it_names_the_address(member):
    person = with_address(member)
    with_passkey(person)
    remove_address(by=person)

    with acting_as(person):
        kinds = [event.kind for event in AccountEvent.objects.order_by("pk")]
        entries = [
            (entry.object_label, entry.fields) for entry in LedgerEntry.objects.filter(kind="acted").order_by("at")
        ]
    assert kinds == ["address_added", "passkey_added", "address_removed"]
    address: tuple[str, list[str]] = ("collaborators.SignInAddress", [])
    assert entries == [address, ("mfa.Authenticator", ["webauthn"]), address]
    assert ADDRESS not in str(rows_of_everything())


def rows_of_everything() -> list[Any]:
    """All that the ledger, the outbox and the events hold."""
    with as_owner():
        tables = ("core_ledgerentry", "core_outboxmessage", "core_notice", "collaborators_accountevent")
        return [column(f"SELECT row_to_json(t)::text FROM {table} t") for table in tables]


def test_somebody_who_was_registered_with_an_address_is_shown_it_and_adds_no_other(intake):
    with as_owner():
        intake.user.email = "registered@mail.example"
        intake.user.save(update_fields=["email"])
    page = signed_in(intake.user).get(WAYS)

    assert "E-mail address and password" in text_of(page)
    assert "/ways/address/" not in page.content.decode()
    with pytest.raises(Refused):
        give_address(ADDRESS, OWN, by=intake.user)
