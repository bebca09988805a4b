"""Ways back in beside the receipt code, as people of communities add and use them."""

from typing import Any

from django.core import mail
from django.db import transaction
from django.test import Client

from collaborators.actions import confirm_address, give_address
from collaborators.links import address_secret
from collaborators.models import SignInAddress, User
from cre.core.access import acting_as
from tests.community.device import Device
from tests.community.walking import signed_in
from tests.conftest import as_owner
from tests.core.access.questions import column
from tests.delivering import deliver_all

ADDRESS, OWN = "delta.reed@mail.example", "seven quiet otters drumming"
WAYS, ADD = "/community/ways/", "/community/ways/address/"
SITE = "https://exchange.example"
LEFT = """SELECT (SELECT count(*) FROM collaborators_signinaddress WHERE user_id = u.id)
    + (SELECT count(*) FROM mfa_authenticator WHERE user_id = u.id) + (u.password NOT LIKE '!%%')::int
FROM collaborators_user u WHERE u.id = %s"""


def given(client: Client, email: str = ADDRESS, password: str = OWN) -> Any:
    """What the page answers to an address and a password."""
    return client.post(ADD, {"email": email, "password": password, "again": password})


def mailed_link() -> str:
    """The path in the one mail that was sent."""
    mail.outbox.clear()
    deliver_all()
    (sent,) = [sent for sent in mail.outbox if "/accounts/address/" in sent.body]
    return str(sent.body).split(SITE)[1].split()[0]


def with_address(person: User, email: str = ADDRESS) -> User:
    """Somebody of a community whose address is confirmed."""
    give_address(email, OWN, by=person)
    with transaction.atomic(), acting_as(person):
        address = SignInAddress.objects.get()
    assert confirm_address(address.uuid, address_secret(address.uuid), by=person)
    return User.objects.get(pk=person.pk)


def with_passkey(person: User) -> Device:
    """A device that brings this person back."""
    client, device = signed_in(person), Device()
    page = client.get("/community/ways/passkey/")
    assert client.post("/community/ways/passkey/", {"credential": device.make(page.context["options"])}).url == WAYS
    return device


def sign_in(email: str = ADDRESS, password: str = OWN, client: Client | None = None, language: str = "") -> Any:
    return (client or Client()).post(f"{language}/accounts/login/", {"login": email, "password": password})


def sign_in_by_passkey(device: Device, client: Client | None = None) -> Any:
    client = client or Client()
    page = client.get("/accounts/2fa/passkeys/")
    return client.post("/accounts/2fa/passkeys/", {"credential": device.use(page.context["passkey_options"])})


def has_come_in(client: Client) -> bool:
    return bool(client.get(WAYS).status_code == 200)


def with_every_way(person: User) -> tuple[User, Device]:
    """Somebody of a community with an address and a passkey, and the device of theirs."""
    person = with_address(person)
    return person, with_passkey(person)


def left(person: User) -> int:
    """How much is stored of ways beside the receipt code: the address, the passkey, the password."""
    with as_owner():
        return sum(column(LEFT, person.pk))
