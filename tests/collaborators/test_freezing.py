"""A freeze: begun by one, in both walls at once; ended by two; and what waits until then."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction

from collaborations.actions import write_in_collaboration
from collaborations.models import (
    BriefVersion,
    Collaboration,
    CollaborationMessage,
    Disclosure,
    Introduction,
    Participant,
    SupportRequest,
    TimelineEntry,
)
from collaborators.actions import confirm_thaw, freeze_community, propose_thaw, refuse_thaw
from collaborators.models import Freeze, FreezingSide
from cre.core.access import acting_as, current_scope
from cre.core.ledger import Kind
from cre.core.ledger.models import LedgerEntry
from tests import journey
from tests.conftest import as_owner
from tests.core.access.questions import rows
from tests.journey import cast

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise("P11")]
ALLY_READS = (
    Introduction, Participant, Disclosure, Collaboration, CollaborationMessage, BriefVersion, TimelineEntry,
)  # fmt: skip


def freeze(cast, *, by=None, side=FreezingSide.DESK):
    freeze_community(
        cast.community.pk, side=side, region_id=cast.community.region_id, reason="Taken.", by=by or cast.facilitator
    )
    with acting_as(cast.facilitator):
        return Freeze.objects.get(community=cast.community)


def thaw(cast, made, second):
    propose_thaw(made, version=1, reason="We spoke.", by=cast.facilitator)
    return confirm_thaw(made, version=2, by=second)


def seen_by(user):
    """How many rows of each kind both walls show, and the second one alone."""
    with acting_as(user):
        both = [model.objects.visible_to(current_scope()).count() for model in ALLY_READS]
        alone = [model._base_manager.count() for model in ALLY_READS]
    return both, alone


@pytest.fixture
def work(cast):
    found = journey.introduced(cast)
    write_in_collaboration(found, text="Hello.", language="en", once=found.uuid, by=cast.member)
    return found


def test_an_ally_sees_nothing_at_the_next_request_and_everything_after_the_thaw(cast, work, coordinator):
    before = seen_by(cast.ally)
    made = freeze(cast)
    during = seen_by(cast.ally)
    thaw(cast, made, coordinator)

    assert all(before[0])
    assert before[0] == before[1]
    assert during == ([0] * 7, [0] * 7)
    assert seen_by(cast.ally) == before


def test_what_is_no_longer_consented_to_stays_hidden_after_the_thaw(cast, work, coordinator):
    made = freeze(cast)
    with as_owner():
        Disclosure.objects.filter(field="contact").delete()
    thaw(cast, made, coordinator)

    with acting_as(cast.ally):
        assert list(Disclosure.objects.values_list("field", flat=True)) == ["chosen_name"]


def test_nobody_holds_a_frozen_community_in_either_wall(cast, work):
    freeze(cast)

    with acting_as(cast.member):
        assert current_scope().ids("represent", type(cast.community)) == []
        assert (SupportRequest.objects.count(), Collaboration.objects.count()) == (0, 0)


@pytest.mark.parametrize(("side", "who"), [("community", "member"), ("desk", "facilitator"), ("security", "guard")])
def test_each_of_the_three_sides_freezes_in_one_act(cast, work, focal_person, side, who):
    people = {"member": cast.member, "facilitator": cast.facilitator, "guard": focal_person}

    made = freeze(cast, by=people[who], side=FreezingSide(side))

    assert (made.side, made.frozen_by_id, made.is_open) == (side, people[who].pk, True)
    with acting_as(cast.facilitator):
        assert made.history.count() == 1
        assert [(row.collaborator_id, row.has_met) for row in made.warnings.all()] == [(cast.collaborator.pk, True)]


@pytest.mark.parametrize("who", ["outsider", "ally", "other_facilitator", "coordinator", "stranger"])
@pytest.mark.parametrize("side", FreezingSide.values)
def test_nobody_else_freezes_in_either_wall(cast, work, request, who, side):
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        freeze(cast, by=person, side=FreezingSide(side))
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(person):
        rows("SELECT * FROM cre_take_to_freeze(%s, %s)", cast.community.pk, side)

    with as_owner():
        assert Freeze.objects.count() == 0


def test_a_freeze_that_was_made_up_is_refused_by_the_database(cast, outsider):
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(outsider):
        Freeze.sealed_under(
            cast.community.uuid, community_id=cast.community.pk, region_id=cast.community.region_id,
            side="community", frozen_by=outsider,
        )  # fmt: skip


def test_a_second_press_finds_it_done(cast, focal_person):
    freeze(cast)
    freeze(cast, by=focal_person, side=FreezingSide.SECURITY)

    with as_owner():
        assert Freeze.objects.get().frozen_by_id == cast.facilitator.pk


def test_a_freeze_and_a_thaw_are_in_the_ledger(cast, coordinator):
    made = freeze(cast)
    thaw(cast, made, coordinator)

    with as_owner():
        acted = LedgerEntry.objects.filter(object_uuid=made.uuid, kind=Kind.ACTED).order_by("at")
        assert [entry.person_id for entry in acted] == [cast.facilitator.pk, coordinator.pk]


# --- The thaw ------------------------------------------------------------------------------------------
def test_nobody_thaws_alone_in_either_wall(cast):
    made = freeze(cast)
    propose_thaw(made, version=1, reason="We spoke.", by=cast.facilitator)

    with pytest.raises(PermissionDenied):
        confirm_thaw(made, version=2, by=cast.facilitator)
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(cast.facilitator):
        Freeze.objects.filter(pk=made.pk).update(thawed_at=made.frozen_at, thawed_by=cast.facilitator)

    with as_owner():
        assert Freeze.objects.get().is_open


@pytest.mark.parametrize("name", ["coordinator", "thaw_proposed_by"])
def test_nobody_thaws_in_the_name_of_another(cast, coordinator, name):
    made = freeze(cast)
    change = {
        "coordinator": {"thawed_at": made.frozen_at, "thawed_by": coordinator, "thaw_proposed_by": cast.facilitator},
        "thaw_proposed_by": {"thaw_proposed_by": coordinator},
    }[name]

    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(cast.facilitator):
        Freeze.objects.filter(pk=made.pk).update(**change)


@pytest.mark.parametrize("who", ["member", "ally", "outsider", "other_facilitator"])
def test_only_the_staff_of_the_region_propose_a_thaw(cast, request, who):
    made = freeze(cast)
    person = request.getfixturevalue(who)

    with pytest.raises(Exception, match=r"^$|Only the region"):
        propose_thaw(made, version=1, reason="Let me in.", by=person)
    with transaction.atomic(), acting_as(person):
        assert Freeze.objects.filter(pk=made.pk).update(thaw_proposed_by=person) == 0


def test_a_proposal_that_was_refused_leaves_everything_still(cast, coordinator):
    made = freeze(cast)
    propose_thaw(made, version=1, reason="We spoke.", by=cast.facilitator)

    found = refuse_thaw(made, version=2, by=coordinator)

    assert (found.is_open, found.thaw_proposed_by, found.thaw_reason) == (True, None, "")


def test_who_froze_and_why_never_changes(cast, coordinator):
    made = freeze(cast)

    for change in ({"frozen_by": coordinator}, {"side": "community"}):
        with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(cast.facilitator):
            Freeze.objects.filter(pk=made.pk).update(**change)


def test_a_freeze_is_never_deleted_and_one_that_is_over_stays_as_it_was(cast, coordinator):
    made = freeze(cast)
    thaw(cast, made, coordinator)

    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(coordinator):
        Freeze.objects.filter(pk=made.pk).update(thawed_at=None, thawed_by=None)
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(coordinator):
        Freeze.objects.filter(pk=made.pk).delete()


def test_a_community_can_be_frozen_again(cast, coordinator):
    thaw(cast, freeze(cast), coordinator)
    freeze_community(cast.community.pk, side=FreezingSide.COMMUNITY, by=cast.member)

    with as_owner():
        assert [row.is_open for row in Freeze.objects.order_by("pk")] == [False, True]
