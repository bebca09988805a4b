"""When somebody else ends a receipt code, every other way ends with it; and whose address it is nobody reads."""

from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from collaborations.actions import order_deletion
from collaborators.actions import (
    confirm_thaw,
    end_all_access,
    end_person,
    freeze_community,
    let_person_in,
    propose_thaw,
    replace_code,
    replace_code_after_talk,
)
from collaborators.models import AccountEvent, Freeze, FreezingSide, SignInAddress, User
from cre.core.access import acting_as
from tests.access_rows import ROWS
from tests.community.walking import signed_in, text_of
from tests.community.ways import (
    ADDRESS,
    WAYS,
    has_come_in,
    left,
    sign_in,
    sign_in_by_passkey,
    with_address,
    with_every_way,
    with_passkey,
)
from tests.conftest import as_owner, log_in
from tests.core.access.questions import column
from tests.delivering import deliver_all
from tests.test_access_matrix import address_of, ask
from tests.three_communities import build_world

pytestmark = pytest.mark.django_db
# Somebody of each portal.
READERS = ("desk_africa", "desk_asia", "coordinator", "steward", "focal_person", "reviewer", "ally_own", "member_own")


@pytest.fixture
def keeper(member: User) -> Any:
    """Somebody of a community with every way, and the device of theirs."""
    return with_every_way(member)


def froze(person, community, **_):
    freeze_community(community.pk, side=FreezingSide.COMMUNITY, by=person)


def handed_over(person, community, facilitator, **_):
    replace_code_after_talk(community, person, talk="She named her sister's boat.", by=facilitator)


def ended_all_access(person, coordinator, **_):
    end_all_access(person, reason="compromised", by=coordinator)


def shut_out(person, community, **_):
    let_person_in(community, once=uuid4(), by=person)
    with as_owner():
        other = User.objects.latest("pk")
    end_person(community, person.uuid, by=other)


ENDINGS = {"frozen": froze, "code handed over": handed_over, "all access ended": ended_all_access, "shut out": shut_out}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
def test_whoever_else_ends_the_code_ends_every_other_way(end, keeper, community, facilitator, coordinator):
    person, device = keeper
    inside = signed_in(person)
    end(person=person, community=community, facilitator=facilitator, coordinator=coordinator)

    assert left(person) == 0
    assert sign_in().status_code != 302
    assert sign_in_by_passkey(device).status_code == 422
    assert not has_come_in(inside)


def test_a_thaw_gives_no_way_back(keeper, community, facilitator, coordinator):
    person, device = keeper
    froze(person, community)
    with acting_as(facilitator):
        made = Freeze.objects.get()
    propose_thaw(made, version=1, reason="We spoke.", by=facilitator)
    confirm_thaw(made, version=2, by=coordinator)

    assert (sign_in().status_code, sign_in_by_passkey(device).status_code) == (200, 422)


@pytest.mark.parametrize("shut", ["frozen", "closed"])
def test_a_door_that_is_shut_answers_a_passkey_as_a_wrong_one(keeper, community, facilitator, shut):
    person, device = keeper
    client = Client()
    page = client.get("/accounts/2fa/passkeys/")
    with as_owner():
        if shut == "closed":
            User.objects.filter(pk=person.pk).update(is_active=False)
        else:
            Freeze.sealed_under(
                community.uuid, community=community, region_id=community.region_id, side="community",
                reason="", frozen_by=person,
            )  # fmt: skip

    answer = client.post("/accounts/2fa/passkeys/", {"credential": device.use(page.context["passkey_options"])})

    assert answer.status_code == 422
    assert "This did not prove that it is you." in text_of(answer)


def test_a_code_that_the_person_replaces_leaves_the_other_ways_open(keeper):
    person, device = keeper
    replace_code(by=person)

    assert (sign_in().status_code, sign_in_by_passkey(device).status_code) == (302, 302)


def test_after_a_new_code_from_the_desk_the_page_says_that_the_others_ended(keeper, community, facilitator):
    person, _ = keeper
    handed_over(person, community, facilitator)

    page = signed_in(User.objects.get(pk=person.pk)).get(WAYS)
    assert "Every way to come back except the receipt code was ended." in text_of(page)
    with acting_as(facilitator):
        assert not AccountEvent.objects.filter(kind="ways_ended").exists()


def test_a_new_code_for_somebody_without_other_ways_says_nothing_of_them(member, community, facilitator):
    handed_over(member, community, facilitator)

    page = signed_in(member).get(WAYS)
    assert page.status_code == 200
    assert "What changed" not in text_of(page)


def test_of_a_deleted_community_neither_address_nor_passkey_is_left(cast, time_machine, deliver):
    person = with_address(cast.member)
    device = with_passkey(person)
    order_deletion(cast.community, is_urgent=True, by=person)
    deliver()
    deliver_all()

    assert left(person) == 0
    with as_owner():
        assert not SignInAddress.objects.exists()
        assert not Authenticator.objects.exists()
        assert not User.objects.filter(pk=person.pk).exists()
    assert sign_in_by_passkey(device).status_code == 422


# --- Who reads it ----------------------------------------------------------------------------------------
@pytest.mark.promise("P09")
def test_no_page_of_anybody_shows_the_address(coordinator):
    world = build_world(coordinator)
    place = world.places["own"]
    with_address(place.cast.member)
    with_passkey(place.cast.member)
    shown, opened = [], 0
    for person in READERS:
        user = world.people[person]
        assert user
        client = log_in(Client(), user)
        client.raise_request_exception = False
        for name, row in ROWS.items():
            answer = ask(client, "get", address_of(name, row, world, "own"))
            opened += answer.status_code == 200 and not answer.streaming
            if not answer.streaming and ADDRESS in answer.content.decode(errors="replace"):
                shown.append((person, name))

    assert opened > 100
    assert shown == []


@pytest.mark.promise("P10")
@pytest.mark.parametrize("reader", ["facilitator", "focal_person", "coordinator", "steward", "ally", "outsider"])
def test_the_database_shows_the_address_to_nobody_else(keeper, reader, request):
    by = request.getfixturevalue(reader)
    with acting_as(by, reason="I would like to know."):
        assert column("SELECT count(*) FROM collaborators_signinaddress") == [0]
        assert column("SELECT email FROM collaborators_user WHERE id = %s", keeper[0].pk) == [None]


def test_the_copy_of_everything_tells_of_the_address_without_it(cast):
    with_address(cast.member)
    client = signed_in(cast.member)
    page = client.post("/community/everything/", {"way": "page", "is_understood": "on"})

    assert "An e-mail address with a password was added." in text_of(page)
    assert ADDRESS not in page.content.decode()
