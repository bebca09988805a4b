"""One button ends all access of somebody who was arrested or whose account is in other hands."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from collaborators.actions import end_all_access, invite_person
from collaborators.models import AccessEnd, Invitation, Platform, Region, User
from cre.core.access import Refused, acting_as, current_scope
from cre.core.outbox import OutboxMessage
from tests import journey
from tests.conftest import as_owner, holder

pytestmark = pytest.mark.django_db


def holds_anything(user) -> bool:
    with acting_as(user):
        return any(current_scope().held.values())


def end_in_sql(by, user):
    with acting_as(by), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT cre_end_all_access(gen_random_uuid(), %s, 'left')", [user.pk])


def test_every_role_the_account_and_its_sessions_end_at_once(facilitator, coordinator, region, browser):
    phone = browser(facilitator)
    before = phone.get(reverse("desk:home")).status_code

    end_all_access(facilitator, reason="arrested", by=coordinator)

    facilitator.refresh_from_db()
    after = phone.get(reverse("desk:home"))
    assert (before, after.status_code, after.url.startswith("/accounts/login/")) == (200, 302, True)
    assert (facilitator.is_active, holds_anything(facilitator)) == (False, False)


@pytest.mark.promise("P05")
def test_the_receipt_code_dies_with_it(member, coordinator):
    end_all_access(member, reason="arrested", by=coordinator)

    with as_owner():
        assert not member.receipt_credentials.filter(replaced_at=None).exists()


def test_invitations_of_somebody_compromised_are_taken_back(second_coordinator, coordinator, region):
    sent = invite_person(region, "guard", email="friend@test.example", by=second_coordinator)
    end_all_access(second_coordinator, reason="compromised", by=coordinator)

    with acting_as(coordinator):
        after = Invitation.objects.get(pk=sent.pk)
    assert (after.status, after.email) == ("withdrawn", "")


@pytest.mark.parametrize("who", ["coordinator", "steward", "focal_person"])
def test_who_may_press_it_for_a_facilitator_of_the_region(who, facilitator, request):
    end_all_access(facilitator, reason="arrested", by=request.getfixturevalue(who))

    facilitator.refresh_from_db()
    assert not facilitator.is_active


@pytest.mark.promise("P10")
@pytest.mark.parametrize("who", ["other_facilitator", "member", "ally", "stranger", "duty_facilitator"])
def test_nobody_else_may(who, facilitator, request):
    by = request.getfixturevalue(who)
    with pytest.raises(Refused):
        end_all_access(facilitator, reason="left", by=by)
    with pytest.raises(ProgrammingError, match="may not"):
        end_in_sql(by, facilitator)


@pytest.mark.parametrize("whom", ["other_facilitator", "coordinator", "outsider"])
def test_a_focal_person_ends_only_access_of_people_of_the_own_region(whom, focal_person, request):
    person = request.getfixturevalue(whom)
    with pytest.raises(Refused):
        end_all_access(person, reason="left", by=focal_person)

    person.refresh_from_db()
    assert person.is_active


def test_the_last_coordinator_cannot_end_their_own_access(coordinator):
    with pytest.raises(Refused):
        end_all_access(coordinator, reason="left", by=coordinator)
    with pytest.raises(ProgrammingError, match="without a coordinator"):
        end_in_sql(coordinator, coordinator)


def test_only_the_steward_ends_the_access_of_the_last_coordinator(coordinator, steward):
    end_all_access(coordinator, reason="arrested", by=steward)

    coordinator.refresh_from_db()
    assert not coordinator.is_active


def test_everybody_else_may_end_their_own(facilitator):
    end_all_access(facilitator, reason="compromised", by=facilitator)

    facilitator.refresh_from_db()
    assert not facilitator.is_active


def test_the_system_account_cannot_be_ended(coordinator):
    with pytest.raises(Refused):
        end_all_access(User.objects.get(is_system=True), reason="left", by=coordinator)


def test_the_coordinator_sees_what_was_left_behind(cast, as_coordinator, coordinator, region):
    about = journey.talked(cast)
    page = as_coordinator.post(
        reverse("secretariat:access-end", args=[cast.facilitator.uuid]), {"reason": "arrested"}, follow=True
    )

    (left,) = page.context["regions"]
    assert (left.region, left.others, [row.pk for row in left.requests]) == (region, [], [about.pk])
    assert [row.pk for row in page.context["spoken"]] == [about.pk]


def test_the_coordinators_are_told_without_a_word_about_it(facilitator, coordinator):
    end = end_all_access(facilitator, reason="arrested", by=coordinator)

    with as_owner():
        message = OutboxMessage.objects.get(topic="access-ended")
    assert (message.payload["uuid"], message.payload["ids"], message.urgent) == (str(end.uuid), {}, True)


def test_the_page_says_what_follows_before_anything_ends(facilitator, as_steward):
    page = as_steward.get(reverse("secretariat:access-end", args=[facilitator.uuid]))

    facilitator.refresh_from_db()
    assert (page.status_code, facilitator.is_active) == (200, True)
    assert "Facilitator, Africa" in page.content.decode()


@pytest.mark.promise("P29")
def test_without_a_reason_nothing_ends(facilitator, as_coordinator):
    answer = as_coordinator.post(reverse("secretariat:access-end", args=[facilitator.uuid]), {"reason": "bored"})

    facilitator.refresh_from_db()
    assert (answer.status_code, facilitator.is_active) == (422, True)


def test_a_focal_person_presses_it_at_the_desk(facilitator, focal_person, browser):
    client = browser(focal_person)
    page = client.get(reverse("desk:access-end"))
    client.post(reverse("desk:access-end"), {"person": facilitator.uuid, "reason": "arrested"})

    facilitator.refresh_from_db()
    shown = set(page.context["form"].fields["person"].queryset)
    assert (shown, facilitator.is_active) == ({facilitator, focal_person}, False)


def test_the_record_of_it_stays(facilitator, coordinator, region):
    end_all_access(facilitator, reason="left", by=coordinator)

    with acting_as(coordinator):
        (end,) = AccessEnd.objects.all()
        assert (end.person_id, end.ended_by_id, end.regions) == (facilitator.pk, coordinator.pk, [region.pk])
        with pytest.raises(ProgrammingError), transaction.atomic():
            AccessEnd.objects.update(reason="left")


def test_somebody_with_several_roles_loses_them_all(coordinator, region, other_region):
    user = holder("busy", region, "facilitate", coordinator)
    for container, codename in ((other_region, "guard"), (Platform.objects.get(), "evaluate")):
        holder(f"other-{codename}", container, codename, coordinator)
    end_all_access(user, reason="left", by=coordinator)

    with acting_as(user):
        assert current_scope().ids("facilitate", Region) == []
