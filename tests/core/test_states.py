import pytest

from collaborations.states import (
    BRIEF_MOVES,
    COLLABORATION_MOVES,
    INTRODUCTION_MOVES,
    REQUEST_MOVES,
    BriefStatus,
    CollaborationStatus,
    IntroductionStatus,
    RequestStatus,
)
from collaborators.models import Collaborator
from collaborators.states import VETTING_MOVES, Vetting
from cre.core.access import acting_as
from cre.core.states import NoSuchMove, can_move, change, move

pytestmark = pytest.mark.django_db
TABLES = [
    (VETTING_MOVES, Vetting),
    (REQUEST_MOVES, RequestStatus),
    (BRIEF_MOVES, BriefStatus),
    (INTRODUCTION_MOVES, IntroductionStatus),
    (COLLABORATION_MOVES, CollaborationStatus),
]


def stored(collaborator):
    row = Collaborator.objects.get(pk=collaborator.pk)
    return row.status, row.version, row.about


def test_a_move_gives_the_next_status_and_raises_the_version(coordinator, collaborator):
    with acting_as(coordinator):
        move(collaborator, Vetting.SUSPENDED)
        assert stored(collaborator) == (Vetting.SUSPENDED, 2, "")


def test_a_move_changes_other_fields_with_it(coordinator, collaborator):
    with acting_as(coordinator):
        move(collaborator, Vetting.SUSPENDED, about="away")
        assert stored(collaborator) == (Vetting.SUSPENDED, 2, "away")


def test_a_move_that_is_not_on_the_table_is_refused_and_changes_nothing(coordinator, collaborator):
    with acting_as(coordinator):
        with pytest.raises(NoSuchMove, match="Collaborator cannot go from approved to nominated"):
            move(collaborator, Vetting.NOMINATED)
        assert stored(collaborator) == (Vetting.APPROVED, 1, "")
    assert collaborator.status == Vetting.APPROVED


def test_standing_still_is_no_move(collaborator):
    assert not can_move(collaborator, Vetting.APPROVED)
    assert can_move(collaborator, Vetting.RETIRED)


def test_a_change_saves_only_what_it_names(coordinator, collaborator):
    collaborator.display_name = "typed but not meant"
    with acting_as(coordinator):
        change(collaborator, about="wells")
        assert Collaborator.objects.get(pk=collaborator.pk).display_name == "Lake Law Group"
        assert stored(collaborator) == (Vetting.APPROVED, 2, "wells")


def test_a_change_without_a_version_is_possible(coordinator, collaborator):
    with acting_as(coordinator):
        change(collaborator.facets, parallel_limit=5)
    collaborator.facets.refresh_from_db()
    assert collaborator.facets.parallel_limit == 5


def test_every_change_is_a_row_of_history_under_the_name_of_who_made_it(coordinator, collaborator):
    with acting_as(coordinator):
        change(collaborator, about="wells")
        move(collaborator, Vetting.SUSPENDED)
        rows = collaborator.history.order_by("history_id")
        assert [(row.history_type, row.version, row.status, row.history_user_id) for row in rows] == [
            ("+", 1, Vetting.APPROVED, coordinator.pk),
            ("~", 2, Vetting.APPROVED, coordinator.pk),
            ("~", 3, Vetting.SUSPENDED, coordinator.pk),
        ]


@pytest.mark.parametrize(("moves", "statuses"), TABLES, ids=[statuses.__name__ for _, statuses in TABLES])
def test_every_status_has_its_moves_and_every_move_leads_to_a_status(moves, statuses):
    assert set(moves) == set(statuses)
    assert set().union(*moves.values()) <= set(statuses)


@pytest.mark.parametrize(("moves", "statuses"), TABLES, ids=[statuses.__name__ for _, statuses in TABLES])
def test_every_status_can_be_reached(moves, statuses):
    reached, waiting = set(), [next(iter(statuses))]
    while waiting:
        status = waiting.pop()
        reached.add(status)
        waiting += moves[status] - reached
    assert reached == set(statuses)
