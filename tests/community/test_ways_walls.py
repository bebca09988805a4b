"""What the database refuses about the ways in which people of communities come back, whatever the code does."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from collaborators.actions import confirm_address, end_all_access, give_address, remove_address
from collaborators.links import address_secret
from collaborators.models import ReceiptCredential, SignInAddress
from collaborators.selectors.ways import own_address
from cre.core.access import Refused, acting_as
from tests.community.ways import ADDRESS, OWN, left, with_address, with_every_way
from tests.conftest import as_owner
from tests.core.access.questions import column, run

pytestmark = pytest.mark.django_db


def refused(what: str = "may not"):
    return pytest.raises(ProgrammingError, match=what)


GIVE = """INSERT INTO collaborators_signinaddress (uuid, user_id, email, password, proof, asked_at, confirmed_at)
    VALUES (gen_random_uuid(), %s, 'x@mail.example', '', '', now(), {})"""


@pytest.mark.promise("P10")
def test_nobody_gives_an_address_for_somebody_else_nor_confirms_one_without_its_link(member, outsider):
    give_address(ADDRESS, OWN, by=member)
    for by, statement in (
        (outsider, GIVE.format("NULL")),
        (outsider, GIVE.format("now()")),
        (member, GIVE.format("now()")),
    ):
        with acting_as(by), refused("row-level security"), transaction.atomic():
            run(statement, member.pk if by == outsider else outsider.pk)
    with acting_as(outsider), refused("row-level security"), transaction.atomic():
        run(GIVE.format("now()"), outsider.pk)
    with acting_as(member), refused("permission denied"), transaction.atomic():
        run("UPDATE collaborators_signinaddress SET confirmed_at = now()")


@pytest.mark.promise("P10")
@pytest.mark.parametrize("wrong", ["secret", "person", "late", "twice"])
def test_the_database_confirms_only_with_the_link_for_its_person_once_and_for_a_day(member, outsider, wrong):
    give_address(ADDRESS, OWN, by=member)
    with acting_as(member):
        address = SignInAddress.objects.get()
    secret, by = address_secret(address.uuid), outsider if wrong == "person" else member
    if wrong == "secret":
        secret = "0" * 64
    if wrong == "late":
        with as_owner():
            run("UPDATE collaborators_signinaddress SET asked_at = now() - interval '25 hours'")
    if wrong == "twice":
        confirm_address(address.uuid, secret, by=member)

    with acting_as(by), refused("may not confirm this address"), transaction.atomic():
        run("SELECT cre_confirm_address(%s, %s)", address.uuid, secret)
    with pytest.raises(Refused):
        confirm_address(address.uuid, secret, by=by)


@pytest.mark.promise("P10")
def test_somebody_with_a_role_adds_no_address_past_their_second_step(facilitator, member):
    with acting_as(facilitator), transaction.atomic():
        run(GIVE.format("NULL"), facilitator.pk)
        uuid = column("SELECT uuid FROM collaborators_signinaddress")[0]
        run("UPDATE collaborators_user SET language = 'en' WHERE id = %s", facilitator.pk)
    with as_owner():
        run("UPDATE collaborators_signinaddress SET proof = sha256('x')")

    with acting_as(facilitator), refused("may not confirm this address"), transaction.atomic():
        run("SELECT cre_confirm_address(%s, 'x')", uuid)
    with pytest.raises(Refused):
        give_address(ADDRESS, OWN, by=facilitator)


@pytest.mark.promise("P18")
def test_a_code_frees_nobody_of_their_second_step_who_has_a_role(facilitator, coordinator, region):
    with as_owner():
        ReceiptCredential.objects.create(user=facilitator, locator="00000001", secret_hash="-")
        run(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'totp', '{}', now())",
            facilitator.pk,
        )

    with acting_as(facilitator, proven=False), refused("second factor"), transaction.atomic():
        run("DELETE FROM mfa_authenticator WHERE user_id = %s", facilitator.pk)
    end_all_access(facilitator, reason="left", by=coordinator)


@pytest.mark.promise("P10")
def test_a_second_address_of_one_person_and_a_second_person_of_one_address_are_impossible(member, outsider):
    with_address(member)
    with pytest.raises(Refused):
        give_address("other@mail.example", OWN, by=member)
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        run(GIVE.format("now()").replace("x@mail.example", ADDRESS), outsider.pk)
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        run(GIVE.format("NULL"), member.pk)


@pytest.mark.promise("P10")
def test_nobody_removes_the_address_or_the_passkey_of_somebody_else(member, outsider):
    keeper, _ = with_every_way(member)
    with acting_as(outsider):
        run("DELETE FROM collaborators_signinaddress")
        with refused("second factor"), transaction.atomic():
            run("DELETE FROM mfa_authenticator")
        with refused("permission denied"), transaction.atomic():
            run("SELECT cre_end_ways(%s)", keeper.pk)
    with pytest.raises(Refused):
        remove_address(by=outsider)

    assert left(keeper) == 3


@pytest.mark.promise("P10")
def test_the_first_wall_alone_shows_an_address_to_nobody_else(member, facilitator):
    with_address(member)
    with as_owner(), acting_as(facilitator):
        assert own_address(member) is None
    with as_owner(), acting_as(member):
        assert own_address(member) is not None
