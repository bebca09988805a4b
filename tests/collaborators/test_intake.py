"""How an anonymous person becomes one that both walls know."""

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, transaction
from django.http import Http404

from collaborators.actions import begin_intake, change_identity, come_forward
from collaborators.models import Community, CommunityGrant, CommunityIdentity, Region, User
from cre.core.access import Refused, Stale, acting_as, join
from tests.conftest import as_owner
from tests.core.access.questions import column, rows, run

pytestmark = pytest.mark.django_db
INTAKE = "SELECT * FROM cre_begin_intake(gen_random_uuid(), gen_random_uuid(), %s, %s, %s, 'hash')"


@pytest.fixture
def intake(waiting_room):
    return begin_intake(
        language="ar",
        region=waiting_room,
        channel="signal",
        handle="+000 1",
        chosen_name="People of Riverbend",
    )


def test_it_makes_a_person_a_community_a_grant_and_a_code(intake, waiting_room):
    person, community = intake.user, intake.community
    with acting_as(person):
        grant = CommunityGrant.objects.get()
        identity = CommunityIdentity.objects.get()
        assert (identity.chosen_name, identity.handle, identity.channel) == (
            "People of Riverbend",
            "+000 1",
            "signal",
        )
        assert identity.key_object == community.uuid
    assert (person.email, person.language, person.has_usable_password()) == (None, "ar", False)
    assert (person.is_active, person.is_staff, person.is_superuser, person.is_system) == (
        True,
        False,
        False,
        False,
    )
    assert (community.region, community.language, community.version) == (waiting_room, "ar", 1)
    assert (grant.user_id, grant.content_object_id, grant.permission.codename) == (
        person.pk,
        community.pk,
        "represent",
    )
    assert person.receipt_credentials.get().locator == intake.code.locator


def test_the_new_person_holds_nothing_else(intake):
    with as_owner():
        for name in ("region", "platform", "collaborator"):
            assert column(f"SELECT id FROM collaborators_{name}grant WHERE user_id = %s", intake.user.pk) == []


def test_history_begins_with_the_community_and_its_first_grant(intake):
    with as_owner():
        assert [row.history_type for row in intake.community.history.all()] == ["+"]
        grants = CommunityGrant.history.filter(user_id=intake.user.pk)
        assert [(row.history_type, row.content_object_id) for row in grants] == [("+", intake.community.pk)]


@pytest.mark.promise("P10")
@pytest.mark.parametrize(
    "person",
    ["outsider", "ally", "stranger", "facilitator", "duty_facilitator", "focal_person", "coordinator", "steward"],
)
def test_nobody_else_sees_it_before_it_comes_forward(person, intake, request):
    with acting_as(request.getfixturevalue(person)):
        assert intake.community not in Community.objects.all()
        assert not CommunityIdentity.objects.filter(community=intake.community).exists()


def test_those_who_look_after_the_waiting_room_see_what_was_sent(intake, duty_facilitator):
    with acting_as(duty_facilitator):
        assert list(Community.objects.all()) == []
    come_forward(intake.community, by=intake.user)
    with acting_as(duty_facilitator):
        assert list(Community.objects.all()) == [intake.community]
        assert CommunityIdentity.objects.get().chosen_name == "People of Riverbend"


def test_nobody_brings_a_community_forward_but_itself(intake, coordinator, outsider):
    for person in (coordinator, outsider):
        with pytest.raises(Http404):
            come_forward(intake.community, by=person)
    with as_owner():
        assert Community.objects.get(pk=intake.community.pk).reached_at is None


def test_a_community_comes_forward_once(intake):
    first = come_forward(intake.community, by=intake.user)
    assert come_forward(intake.community, by=intake.user).reached_at == first.reached_at


def test_nothing_is_left_when_the_words_cannot_be_kept(region):
    with pytest.raises(TypeError), transaction.atomic():
        begin_intake(language="en", region=region, channel="signal", no_such_field="x")
    with as_owner():
        assert Community.objects.count() == 0
        assert User.objects.filter(is_system=False).count() == 0


def begin_in_no_region():
    begin_intake(language="en", region=Region(pk=0), channel="signal")
    run("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_region_that_is_not_there_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        begin_in_no_region()


@pytest.mark.parametrize(
    "wrong",
    [{"region": None}, {"language": None}, {"locator": None}, {"language": "x" * 36}, {"locator": "1" * 9}],
)
def test_the_function_refuses_what_is_missing_or_too_long(wrong, region):
    values = {"region": region.pk, "language": "en", "locator": "00000001"} | wrong
    with pytest.raises(DatabaseError), transaction.atomic():
        rows(INTAKE, *values.values())


def test_an_injected_region_is_no_statement(region):
    with pytest.raises(DatabaseError), transaction.atomic():
        begin_intake(language="en", region=Region(pk="1); DELETE FROM collaborators_user; --"), channel="signal")
    assert User.objects.filter(is_system=True).exists()


def test_an_injected_intake_gives_no_more_than_a_community_of_ones_own(region, community):
    (person, made), = rows(INTAKE, region.pk, "en", "00000001")  # fmt: skip
    with acting_as(User(pk=person)):
        assert column("SELECT id FROM collaborators_community") == [made]


def test_a_code_that_somebody_has_is_not_given_again(region):
    first = begin_intake(language="en", region=region, channel="signal")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(INTAKE, region.pk, "en", first.code.locator)


@pytest.mark.promise("P10")
def test_a_community_is_made_in_no_other_way(coordinator, region):
    with (
        acting_as(coordinator),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Community.objects.create(region=region)


def test_somebody_who_acts_may_begin_for_a_community(facilitator, region):
    with acting_as(facilitator):
        intake = begin_intake(language="en", region=region, channel="signal")
        assert column("SELECT cre_actor()") == [facilitator.pk]
    with acting_as(intake.user):
        assert list(Community.objects.all()) == [intake.community]


def test_a_community_corrects_how_it_is_reached(member, community):
    with acting_as(member):
        change_identity(community.identity, version=1, handle="+000 2", by=member)
        identity = CommunityIdentity.objects.get()
        assert (identity.handle, identity.version, identity.chosen_name) == (
            "+000 2",
            2,
            "People of Riverbend",
        )


def test_a_stale_correction_is_refused(member, community):
    with acting_as(member):
        identity = community.identity
    change_identity(identity, version=1, handle="+000 2", by=member)
    with pytest.raises(Stale):
        change_identity(identity, version=1, handle="+000 3", by=member)


def test_the_desk_reads_but_does_not_correct_it(facilitator, community):
    with acting_as(facilitator):
        identity = CommunityIdentity.objects.get()
    with pytest.raises(Refused):
        change_identity(identity, version=1, handle="+000 2", by=facilitator)


def test_the_coordinator_reads_who_a_community_is_only_with_a_reason(coordinator, community):
    with acting_as(coordinator):
        assert list(Community.objects.all()) == [community]
        assert not CommunityIdentity.objects.exists()
    with acting_as(coordinator, reason="she asked me to call"):
        assert CommunityIdentity.objects.get().chosen_name == "People of Riverbend"


@pytest.mark.parametrize("kind", ["is_system", "is_superuser", "is_staff"])
def test_nobody_makes_their_account_another_kind(kind, member, coordinator):
    for person in (member, coordinator):
        with (
            acting_as(person),
            pytest.raises(ProgrammingError, match="what an account is"),
            transaction.atomic(),
        ):
            run(f"UPDATE collaborators_user SET {kind} = NOT {kind} WHERE id = %s", person.pk)
    with pytest.raises(ProgrammingError, match="make such"), transaction.atomic():
        User(email="new@test.example", **{kind: True}).save()


def test_only_who_looks_after_accounts_closes_one(member, outsider, steward):
    statement = "UPDATE collaborators_user SET is_active = false WHERE id = %s"
    with acting_as(outsider), pytest.raises(ProgrammingError, match="close an account"), transaction.atomic():
        run(statement, member.pk)
    with acting_as(steward):
        assert run(statement, member.pk) == 1


def test_a_supporter_reads_who_the_community_is_until_the_mandate_ends(member, community, stranger):
    with acting_as(member):
        join(community, "support", stranger)
    with acting_as(stranger):
        assert CommunityIdentity.objects.get().chosen_name == "People of Riverbend"
