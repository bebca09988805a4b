import pytest
from django.db import IntegrityError, connection

from collaborators.models import Collaborator, Community
from cre.core.access import acting_as, current_actor, current_scope
from cre.core.actions import action, bulk_action
from cre.core.states import change
from tests.core.access.questions import column

pytestmark = pytest.mark.django_db


class Interrupted(Exception):
    """Something went wrong in the middle."""


@action
def rename_and_stop(collaborator, *, by):
    change(collaborator, display_name="half done")
    raise Interrupted


@action
def who_acts(*, by):
    return current_actor().user_id, column("SELECT cre_actor()"), connection.in_atomic_block


@action
def outer_action(inner_person, *, by):
    return who_acts(by=inner_person)[0], current_actor().user_id, column("SELECT cre_actor()")


@bulk_action
def rename_all(*, by):
    return Collaborator.objects.visible_to(current_scope()).update(about="renamed")


@action
def break_a_constraint(*, by):
    Collaborator.objects.create(kind="person", display_name="Lake Law Group")


def test_an_action_runs_as_its_person_in_a_transaction(member):
    assert who_acts(by=member) == (member.pk, [member.pk], True)


def test_an_action_inside_another_gives_the_name_back(member, outsider):
    assert outer_action(outsider, by=member) == (outsider.pk, member.pk, [member.pk])


def test_an_action_without_a_person_is_a_mistake():
    with pytest.raises(KeyError, match="by"):
        who_acts()  # type: ignore[call-arg]


def test_an_action_that_fails_leaves_nothing(coordinator, collaborator):
    with pytest.raises(Interrupted):
        rename_and_stop(collaborator, by=coordinator)
    with acting_as(coordinator):
        assert Collaborator.objects.get().display_name == "Lake Law Group"
        assert collaborator.history.count() == 1


def test_an_action_refused_by_the_database_leaves_the_work_around_it_whole(coordinator, collaborator):
    with acting_as(coordinator):
        change(collaborator, about="before")
        with pytest.raises(IntegrityError):
            break_a_constraint(by=coordinator)
        assert list(Collaborator.objects.values_list("about", flat=True)) == ["before"]
        assert column("SELECT cre_actor()") == [coordinator.pk]


def test_an_action_keeps_the_reason_under_which_its_person_works(coordinator):
    @action
    def reason_given(*, by):
        return current_actor().reason, column("SELECT cre_reasoned()")

    with acting_as(coordinator, reason="she asked me to call"):
        assert reason_given(by=coordinator) == ("she asked me to call", [True])


def test_an_action_of_another_person_does_not_inherit_the_reason(coordinator, member):
    @action
    def reason_given(*, by):
        return current_actor().reason, column("SELECT cre_reasoned()")

    with acting_as(coordinator, reason="she asked me to call"):
        assert reason_given(by=member) == ("", [False])


def test_a_bulk_action_reaches_only_what_its_person_sees(ally, collaborator, other_collaborator, coordinator):
    assert rename_all(by=ally) == 1
    with acting_as(coordinator):
        assert dict(Collaborator.objects.values_list("display_name", "about")) == {
            "Lake Law Group": "renamed",
            "Hill Research House": "",
        }


def test_an_action_keeps_its_name_and_says_that_it_is_one():
    assert (who_acts.__name__, who_acts.is_action) == ("who_acts", True)


@pytest.mark.promise("P10")
def test_an_action_stands_behind_both_walls(outsider, community):
    @bulk_action
    def rename_somebody_elses(*, by):
        return Community.objects.filter(pk=community.pk).update(language="xx")

    assert rename_somebody_elses(by=outsider) == 0
