"""Entries of the roster: who puts them there, and who opens which door for them."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.http import Http404

from collaborators.actions import (
    ask_level_raise,
    change_capacity,
    change_vetting,
    decide_level_raise,
    register_collaborator,
)
from collaborators.models import Collaborator, CollaboratorFacets, CollaboratorPrivate, LevelRaise
from collaborators.reference import install_first_coordinator
from collaborators.states import Vetting
from cre.core.access import Refused, Stale, acting_as
from cre.core.states import NoSuchMove
from cre.core.vocabularies import AccessLevel
from tests.conftest import PASSWORD, as_owner, roster_entry
from tests.core.access.questions import run

pytestmark = pytest.mark.django_db
ENTRY = {"kind": "organisation", "display_name": "Reed Lake Advocates"}
NOTHING: dict[str, Any] = {"private": {}, "facets": {}}


@pytest.fixture
def low_ally(coordinator):
    """An approved entry that may be offered briefs, but may not meet a community."""
    return roster_entry("Delta Mappers", coordinator, level=AccessLevel.BRIEFS)


@pytest.fixture
def second_coordinator(coordinator):
    with as_owner():
        return install_first_coordinator("second@test.example", PASSWORD, "default")


def level(collaborator):
    """The access level, where it is read and where matching ranks it."""
    with as_owner():
        row = Collaborator.objects.get(pk=collaborator.pk)
        return row.access_level, row.facets.access_level


def test_an_entry_has_its_public_its_private_and_its_ranked_part(coordinator, collaborator):
    with acting_as(coordinator):
        private = CollaboratorPrivate.objects.get()
        assert (private.legal_name, private.contact) == ("Lake Law Group Ltd", "legal@test.example")
    facets = CollaboratorFacets.objects.get()
    assert (facets.collaborator_id, facets.areas, facets.access_level) == (
        collaborator.pk,
        ["advocacy", "courts"],
        3,
    )
    assert facets.is_active


def test_an_entry_that_is_not_approved_is_not_ranked(facilitator):
    entry = register_collaborator(entry=ENTRY, **NOTHING, by=facilitator)
    facets = CollaboratorFacets.objects.get()
    assert (entry.status, entry.access_level, facets.is_active, facets.access_level) == (
        "nominated",
        1,
        False,
        1,
    )


@pytest.mark.parametrize("person", ["member", "ally", "steward", "focal_person", "stranger"])
def test_only_those_who_keep_the_roster_add_to_it(person, request):
    by = request.getfixturevalue(person)
    with pytest.raises(Refused):
        register_collaborator(entry=ENTRY, **NOTHING, by=by)


@pytest.mark.promise("P24")
@pytest.mark.parametrize("more", [{"status": Vetting.APPROVED}, {"access_level": AccessLevel.BRIEFS}])
def test_a_facilitator_enters_somebody_but_approves_nobody(more, facilitator):
    with pytest.raises(Refused):
        register_collaborator(entry=ENTRY | more, **NOTHING, by=facilitator)
    with (
        acting_as(facilitator),
        pytest.raises(ProgrammingError, match="approve an entry"),
        transaction.atomic(),
    ):
        Collaborator.objects.create(**ENTRY | more)


def test_two_entries_never_have_the_same_name(coordinator, collaborator):
    with pytest.raises(IntegrityError), transaction.atomic():
        register_collaborator(entry=ENTRY | {"display_name": "Lake Law Group"}, **NOTHING, by=coordinator)


def test_a_suspended_entry_is_not_ranked_until_it_is_approved_again(coordinator, collaborator):
    change_vetting(collaborator, Vetting.SUSPENDED, version=1, by=coordinator)
    assert not CollaboratorFacets.objects.get().is_active
    change_vetting(collaborator, Vetting.APPROVED, version=2, by=coordinator)
    assert CollaboratorFacets.objects.get().is_active


def test_vetting_follows_its_moves_and_versions(coordinator, collaborator):
    with pytest.raises(NoSuchMove), transaction.atomic():
        change_vetting(collaborator, Vetting.NOMINATED, version=1, by=coordinator)
    with pytest.raises(Stale):
        change_vetting(collaborator, Vetting.SUSPENDED, version=7, by=coordinator)


def test_a_facilitator_or_the_ally_itself_does_not_vet(facilitator, ally, collaborator):
    for person in (facilitator, ally):
        with pytest.raises(Refused):
            change_vetting(collaborator, Vetting.SUSPENDED, version=1, by=person)


def test_a_stranger_does_not_find_an_entry_to_vet(stranger, collaborator):
    with pytest.raises(Http404):
        change_vetting(collaborator, Vetting.SUSPENDED, version=1, by=stranger)


def test_an_ally_says_how_much_it_can_do_now(ally, collaborator):
    changed = change_capacity(
        collaborator, version=1, hours_a_month=4, parallel_limit=1, away_until=date(2027, 1, 31), by=ally
    )
    facets = CollaboratorFacets.objects.get()
    assert (facets.hours_a_month, facets.parallel_limit, facets.away_until) == (4, 1, date(2027, 1, 31))
    assert changed.last_confirmed_on is not None
    assert changed.version == 2


def test_nobody_else_says_what_an_ally_can_do(facilitator, other_ally, collaborator):
    values: dict[str, Any] = {"hours_a_month": 4, "parallel_limit": 1, "away_until": None}
    with pytest.raises(Refused):
        change_capacity(collaborator, version=1, **values, by=facilitator)
    with pytest.raises(Http404):
        change_capacity(collaborator, version=1, **values, by=other_ally)
    assert CollaboratorFacets.objects.get(collaborator=collaborator).hours_a_month == 20


@pytest.mark.promise("P24")
def test_a_level_is_raised_by_two_people(facilitator, coordinator, low_ally):
    raised = ask_level_raise(low_ally, by=facilitator)
    assert level(low_ally) == (2, 2)

    decided = decide_level_raise(raised, approved=True, by=coordinator)
    assert level(low_ally) == (3, 3)
    assert (decided.asked_by_id, decided.decided_by_id, decided.approved) == (
        facilitator.pk,
        coordinator.pk,
        True,
    )


@pytest.mark.promise("P24")
def test_nobody_decides_on_their_own_wish(coordinator, second_coordinator, low_ally):
    raised = ask_level_raise(low_ally, by=coordinator)
    with pytest.raises(Refused):
        decide_level_raise(raised, approved=True, by=coordinator)
    assert level(low_ally) == (2, 2)

    decide_level_raise(raised, approved=True, by=second_coordinator)
    assert level(low_ally) == (3, 3)


@pytest.mark.promise("P24")
def test_the_database_refuses_a_raise_by_one_person(coordinator, low_ally):
    ask_level_raise(low_ally, by=coordinator)
    with acting_as(coordinator), pytest.raises(IntegrityError), transaction.atomic():
        LevelRaise.objects.update(decided_by=coordinator)


def test_a_facilitator_does_not_decide(facilitator, coordinator, low_ally):
    raised = ask_level_raise(low_ally, by=coordinator)
    with pytest.raises(Refused):
        decide_level_raise(raised, approved=True, by=facilitator)
    assert level(low_ally) == (2, 2)


def test_a_no_raises_nothing(facilitator, coordinator, low_ally):
    decide_level_raise(ask_level_raise(low_ally, by=facilitator), approved=False, by=coordinator)
    assert level(low_ally) == (2, 2)


def test_what_is_decided_is_not_decided_again(facilitator, coordinator, second_coordinator, low_ally):
    raised = decide_level_raise(ask_level_raise(low_ally, by=facilitator), approved=False, by=coordinator)
    with pytest.raises(Refused):
        decide_level_raise(raised, approved=True, by=second_coordinator)
    assert level(low_ally) == (2, 2)


def test_asking_twice_is_one_wish(facilitator, coordinator, low_ally):
    assert ask_level_raise(low_ally, by=facilitator) == ask_level_raise(low_ally, by=coordinator)


@pytest.mark.parametrize("person", ["ally", "member", "steward", "stranger"])
def test_others_do_not_ask_for_a_level(person, low_ally, request):
    by = request.getfixturevalue(person)
    with pytest.raises(Refused):
        ask_level_raise(low_ally, by=by)


@pytest.mark.parametrize("person", ["member", "stranger", "other_ally", "steward", "focal_person"])
def test_the_database_lets_no_stranger_write_the_facets(person, collaborator, request):
    with (
        acting_as(request.getfixturevalue(person)),
        pytest.raises(ProgrammingError, match="change the roster"),
        transaction.atomic(),
    ):
        run(
            "UPDATE collaborators_collaboratorfacets SET parallel_limit = 99 WHERE collaborator_id = %s",
            collaborator.pk,
        )


def test_the_database_lets_nobody_write_the_facets_without_an_actor(collaborator):
    with pytest.raises(ProgrammingError, match="change the roster"), transaction.atomic():
        run("DELETE FROM collaborators_collaboratorfacets")


@pytest.mark.parametrize(
    "change",
    [
        "access_level = 3",
        "good_outcomes = 99",
        "bad_outcomes = 1",
        "is_active = false",
        "collaborator_id = 0",
    ],
)
def test_the_database_lets_no_ally_write_what_others_found_about_it(change, coordinator, ally, collaborator):
    with as_owner():
        run("UPDATE collaborators_collaboratorfacets SET access_level = 2")
    with acting_as(ally), pytest.raises(ProgrammingError, match="change the roster"), transaction.atomic():
        run(
            f"UPDATE collaborators_collaboratorfacets SET {change} WHERE collaborator_id = %s",
            collaborator.pk,
        )


def test_the_database_lets_no_ally_take_over_the_facets_of_another(ally, collaborator, other_collaborator):
    statements = [
        "DELETE FROM collaborators_collaboratorfacets WHERE collaborator_id = {own}",
        "UPDATE collaborators_collaboratorfacets SET collaborator_id = {own} WHERE collaborator_id = {their}",
    ]
    for statement in statements:
        with (
            acting_as(ally),
            pytest.raises(ProgrammingError, match="change the roster"),
            transaction.atomic(),
        ):
            run(statement.format(own=collaborator.pk, their=other_collaborator.pk))


@pytest.mark.promise("P24")
@pytest.mark.parametrize("change", ["access_level = 3", "status = 'approved'"])
@pytest.mark.parametrize("person", ["ally", "facilitator"])
def test_the_database_lets_nobody_but_the_coordinator_approve(person, change, collaborator, request):
    user = request.getfixturevalue(person)
    with as_owner():
        run("UPDATE collaborators_collaborator SET access_level = 2, status = 'suspended'")
    with acting_as(user), pytest.raises(ProgrammingError, match="approve an entry"), transaction.atomic():
        run(f"UPDATE collaborators_collaborator SET {change} WHERE id = %s", collaborator.pk)


def test_an_ally_reads_its_own_entry_and_private_part_only(ally, collaborator, other_collaborator):
    with acting_as(ally):
        assert list(Collaborator.objects.all()) == [collaborator]
        assert [private.collaborator_id for private in CollaboratorPrivate.objects.all()] == [collaborator.pk]


def test_a_focal_person_reads_the_roster_without_its_private_part(focal_person, collaborator):
    with acting_as(focal_person):
        assert list(Collaborator.objects.all()) == [collaborator]
        assert not CollaboratorPrivate.objects.exists()
