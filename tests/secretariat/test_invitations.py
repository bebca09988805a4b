"""Somebody is invited by e-mail, and takes the role on by a link that works once."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core import mail
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from collaborators.actions import accept_invitation, end_role, invite_person, remove_ended_roles
from collaborators.links import invitation_secret
from collaborators.models import Invitation, Platform, Region, RegionGrant, User
from collaborators.notices import invitation_mail, mail_invitation
from collaborators.tasks import tidy_up_roles
from cre.core.access import Refused, acting_as, acting_system, current_scope
from cre.core.outbox import Event
from tests.conftest import as_owner
from tests.core.access.questions import rows

pytestmark = pytest.mark.django_db
NEW = {"password": "seven otters weave slowly", "again": "seven otters weave slowly"}


@pytest.fixture
def invitation(coordinator, region) -> Invitation:
    return invite_person(region, "facilitate", email="New@test.example", by=coordinator)


def secret_of(invitation: Invitation) -> str:
    return invitation_secret(invitation.uuid, invitation.version)


def link_to(invitation: Invitation) -> str:
    return reverse("invitation", args=[invitation.uuid, secret_of(invitation)])


def facilitates(user, region) -> bool:
    with acting_as(user):
        return region.pk in current_scope().ids("facilitate", Region)


def as_it_stands(invitation: Invitation) -> Invitation:
    with as_owner():
        return Invitation.objects.get(pk=invitation.pk)


def test_a_new_person_chooses_a_password_and_holds_the_role(invitation, client, region, coordinator):
    answer = client.post(link_to(invitation), NEW)

    user = User.objects.get(email="new@test.example")
    with as_owner():
        grant = RegionGrant.objects.get(user=user)
    after = as_it_stands(invitation)
    assert (answer.status_code, facilitates(user, region), grant.given_by_id) == (302, True, coordinator.pk)
    assert (after.status, after.email, after.accepted_by_id) == ("accepted", "", user.pk)


@pytest.mark.promise("P18")
def test_a_new_person_is_led_to_a_second_step_before_anything_opens(invitation, client):
    client.post(link_to(invitation), NEW)

    assert client.get(reverse("desk:home")).status_code == 302


def test_the_invitation_gives_nothing_before_it_is_accepted(invitation, stranger, region):
    assert (User.objects.filter(email="new@test.example").exists(), rows(
        "SELECT count(*) FROM collaborators_regiongrant WHERE content_object_id = %s", region.pk)
    ) == (False, [(0,)])  # fmt: skip


def test_somebody_with_an_account_accepts_by_signing_in(coordinator, region, stranger, browser):
    invitation = invite_person(region, "guard", email="stranger@test.example", by=coordinator)
    nobody = Client().get(link_to(invitation))
    answer = browser(stranger).post(link_to(invitation))

    with acting_as(stranger):
        held = current_scope().ids("guard", Region)
    assert "/accounts/login/" in nobody.content.decode()
    assert (answer.status_code, held) == (302, [region.pk])


def test_somebody_else_who_is_signed_in_cannot_accept(invitation, stranger, browser, region):
    answer = browser(stranger).post(link_to(invitation), NEW)

    assert (answer.status_code, facilitates(stranger, region)) == (200, False)
    with acting_as(stranger), pytest.raises(Refused):
        accept_invitation(invitation.uuid, secret_of(invitation))


def dead_links(invitation, coordinator):
    return {
        "wrong secret": reverse("invitation", args=[invitation.uuid, "0" * 64]),
        "never there": reverse("invitation", args=["00000000-0000-4000-8000-000000000000", secret_of(invitation)]),
    }


@pytest.mark.parametrize(
    "how", ["wrong secret", "never there", "used", "withdrawn", "too old", "sent again", "inviter gone"]
)
def test_every_link_that_does_not_work_says_the_same(
    how, invitation, as_coordinator, client, coordinator, stranger, region
):
    link = link_to(invitation)
    if how in ("wrong secret", "never there"):
        link = dead_links(invitation, coordinator)[how]
    elif how == "used":
        Client().post(link, NEW)
    elif how in ("withdrawn", "sent again"):
        name = "invitation-withdraw" if how == "withdrawn" else "invitation-again"
        as_coordinator.post(reverse(f"secretariat:{name}", args=[invitation.uuid]))
    with as_owner():
        if how == "too old":
            Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        if how == "inviter gone":
            User.objects.filter(pk=coordinator.pk).update(is_active=False)

    shown, sent = client.get(link), client.post(link, NEW)

    assert (shown.status_code, sent.status_code, shown.content == sent.content) == (410, 410, True)
    assert "new@test.example" not in shown.content.decode()


@pytest.mark.promise("P29")
@pytest.mark.parametrize("password", ["", "short", "password1234", "new@test.example"])
def test_a_weak_password_is_refused_and_the_link_still_works(invitation, client, password):
    answer = client.post(link_to(invitation), {"password": password, "again": password})

    assert (answer.status_code, as_it_stands(invitation).status) == (422, "open")


@pytest.mark.promise("P08")
def test_the_mail_says_nothing_but_the_link(invitation, coordinator, settings):
    event = Event("collaborators.Invitation", invitation.uuid, coordinator.pk, {})
    with acting_system():
        mail_invitation(event)
        again = invitation_mail(event.object)

    (sent,) = mail.outbox
    words = re.sub(r"\S*/accounts/invitation/\S+", "", str(sent.body))
    assert (sent.to, str(sent.subject)) == (["new@test.example"], "Something waits for you")
    assert not re.search(r"africa|facilit|coordinator@", words, re.IGNORECASE)
    assert sent.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert secret_of(invitation) in sent.body


@pytest.mark.promise("P04")
def test_the_secret_of_a_link_is_stored_nowhere(invitation):
    with as_owner():
        stored = str(rows("SELECT i::text FROM collaborators_invitation i")) + str(
            rows("SELECT payload::text FROM core_outboxmessage"))  # fmt: skip
        (proof,) = rows("SELECT proof FROM collaborators_invitation")

    assert secret_of(invitation) not in stored
    assert "new@test.example" not in str(rows("SELECT h::text FROM collaborators_historicalinvitation h"))
    assert bytes(proof[0]) == sha256(secret_of(invitation).encode()).digest()


@pytest.mark.promise("P24")
def test_nobody_invites_themselves(coordinator, as_coordinator, region):
    with pytest.raises(Refused):
        invite_person(region, "facilitate", email="Coordinator@test.example", by=coordinator)
    with acting_as(coordinator), pytest.raises(ProgrammingError), transaction.atomic():
        Invitation.objects.create(
            email="coordinator@test.example", container="region", codename="facilitate", held_id=region.pk,
            proof=b"", invited_by=coordinator, expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip


@pytest.mark.promise("P10")
@pytest.mark.parametrize(
    "column", ["held_id = 99", "codename = 'guard'", "status = 'accepted'", "email = 'x@y.example'"]
)
def test_an_invitation_keeps_what_it_offers(invitation, coordinator, column):
    with acting_as(coordinator), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE collaborators_invitation SET {column}")


@pytest.mark.parametrize("who", ["steward", "facilitator", "ally", "stranger"])
def test_only_the_coordinator_invites(who, region, request):
    with pytest.raises(Refused):
        invite_person(region, "guard", email="x@test.example", by=request.getfixturevalue(who))


def test_a_second_invitation_to_the_same_role_sends_the_first_anew(invitation, coordinator, region):
    second = invite_person(region, "facilitate", email="new@test.example", by=coordinator)

    assert (second.pk, second.version, Invitation.objects.count()) == (invitation.pk, 2, 0)
    with acting_as(coordinator):
        assert Invitation.objects.count() == 1


def test_the_clock_closes_what_is_too_old_and_forgets_the_address(invitation, coordinator):
    with as_owner():
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with acting_system():
        tidy_up_roles()

    after = as_it_stands(invitation)
    assert (after.status, after.email) == ("expired", "")


def test_rows_of_ended_roles_go_and_their_history_stays(coordinator, facilitator, region):
    end_role(region, "facilitate", facilitator, by=coordinator)
    with as_owner():
        RegionGrant.objects.update(ends_at=timezone.now() - timedelta(days=2))
    with acting_system() as actor:
        gone = remove_ended_roles(by=User.objects.get(pk=actor.user_id))
    with as_owner():
        kept = [row.history_type for row in RegionGrant.history.order_by("history_id")]

    assert (gone, rows("SELECT count(*) FROM collaborators_regiongrant"), kept) == (1, [(0,)], ["+", "~", "-"])


@pytest.mark.promise("P24")
def test_the_last_coordinator_cannot_leave(coordinator, as_coordinator):
    platform = Platform.objects.get()
    with pytest.raises(Refused):
        end_role(platform, "coordinate", coordinator, by=coordinator)
    with acting_as(coordinator), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT cre_leave_platform('coordinate', %s, %s)", [platform.pk, coordinator.pk])
    with acting_as(coordinator):
        assert current_scope().holds("coordinate")


def test_one_of_two_coordinators_may_leave(coordinator, second_coordinator):
    end_role(Platform.objects.get(), "coordinate", coordinator, by=coordinator)

    with acting_as(coordinator):
        assert not current_scope().holds("coordinate")


def test_an_invited_address_has_one_open_invitation_to_a_role(invitation, coordinator, region):
    with acting_as(coordinator), pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            email="new@test.example", container="region", codename="facilitate", held_id=region.pk, proof=b"",
            invited_by=coordinator, expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
