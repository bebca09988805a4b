"""Committees and working groups: seats, terms, vacancies, and who the members are as a whole."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from collaborators.actions import answer_composition, end_role, give_seat, make_panel
from collaborators.models import Composition, Panel
from collaborators.selectors.panels import composition_of, seats_taken
from cre.core.access import Refused, acting_as, current_scope
from cre.core.disclosure import shown_counts
from tests.conftest import as_owner, person

database = pytest.mark.django_db


@pytest.fixture
def panel(coordinator) -> Panel:
    return make_panel(name="Advisory Committee", kind="committee", seats=5, by=coordinator)


def member_of(panel, name, coordinator, **term):
    user = person(name, coordinator)
    give_seat(panel, user, ends_at=None, by=coordinator, **term)
    return user


def sits_on(user) -> list[int]:
    with acting_as(user):
        return current_scope().ids("review", Panel)


def free_seats(coordinator) -> int:
    with acting_as(coordinator):
        return seats_taken(current_scope()).get().free


@database
def test_a_seat_is_held_for_a_term_and_counted(panel, coordinator):
    first = member_of(panel, "first", coordinator)
    ended = member_of(panel, "ended", coordinator)
    end_role(panel, "review", ended, by=coordinator)

    assert (sits_on(first), sits_on(ended), free_seats(coordinator)) == ([panel.pk], [], 4)


@database
def test_a_later_term_takes_a_seat_and_opens_nothing_yet(panel, coordinator):
    later = member_of(panel, "later", coordinator, starts_at=timezone.now() + timedelta(days=9))

    assert (sits_on(later), free_seats(coordinator)) == ([], 4)


@database
def test_there_are_only_so_many_seats(panel, coordinator):
    for number in range(5):
        member_of(panel, f"member-{number}", coordinator)

    with pytest.raises(Refused):
        member_of(panel, "one-too-many", coordinator)
    assert free_seats(coordinator) == 0


@database
@pytest.mark.promise("P24")
def test_nobody_gives_themselves_a_seat(panel, coordinator):
    with pytest.raises(Refused):
        give_seat(panel, coordinator, ends_at=None, by=coordinator)
    with acting_as(coordinator), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT cre_join_panel('review', %s, %s, NULL, NULL)", [panel.pk, coordinator.pk])


@database
@pytest.mark.promise("P10")
@pytest.mark.parametrize("who", ["facilitator", "steward", "stranger", "ally"])
def test_only_the_coordinator_sets_up_panels_and_gives_seats(who, panel, coordinator, request):
    by, user = request.getfixturevalue(who), person("wanted", coordinator)
    with pytest.raises(Refused):
        make_panel(name="Mine", kind="committee", seats=3, by=by)
    with acting_as(by), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT cre_join_panel('review', %s, %s, NULL, NULL)", [panel.pk, user.pk])


@database
@pytest.mark.promise("P18")
def test_without_a_second_factor_a_seat_opens_nothing(panel, coordinator, browser):
    user = member_of(panel, "member", coordinator)
    with acting_as(user, proven=False):
        assert current_scope().ids("review", Panel) == []


@database
def test_the_composition_counts_groups_of_three_and_more(panel, coordinator):
    for number in range(4):
        user = member_of(panel, f"member-{number}", coordinator)
        answer_composition(by=user, gender="woman", origin="asia" if number else "africa")
    member_of(panel, "silent", coordinator)
    with acting_as(coordinator):
        found = {str(line.question): (line.counts, line.hidden) for line in composition_of(panel)}

    assert found["Gender"] == ([], 5)
    assert found["Region of origin"] == ([], 5)


@database
def test_a_count_is_shown_when_the_rest_is_no_small_group(panel, coordinator):
    for number in range(5):
        answer_composition(by=member_of(panel, f"member-{number}", coordinator), gender="woman")
    with acting_as(coordinator):
        found = {str(line.question): line.counts for line in composition_of(panel)}

    assert (found["Gender"], found["Age"]) == ([("Woman", 5)], [])


@database
@pytest.mark.promise("P10")
def test_nobody_reads_the_answers_of_another(panel, coordinator, steward):
    user, other = member_of(panel, "one", coordinator), member_of(panel, "two", coordinator)
    answer_composition(by=user, gender="woman")
    seen = []
    for who in (coordinator, steward, other, user):
        with acting_as(who):
            seen.append(Composition.objects.count())

    assert seen == [0, 0, 0, 1]


@database
@pytest.mark.promise("P04")
def test_the_answers_are_sealed_under_a_key_of_the_person(panel, coordinator):
    user = member_of(panel, "one", coordinator)
    answer_composition(by=user, origin="latin-america")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c::text, h::text FROM collaborators_composition c, collaborators_historicalcomposition h"
        )
        stored = str(cursor.fetchall())
        (row,) = Composition.objects.all()

    assert ("latin-america" in stored, row.key_object) == (False, user.uuid)


@database
def test_a_member_answers_on_their_own_page_and_takes_it_back(panel, coordinator, browser):
    client = browser(member_of(panel, "one", coordinator))
    first = client.post(reverse("committee:home"), {"gender": "man"})
    shown = client.get(reverse("committee:home")).context["form"].initial["gender"]
    client.post(reverse("committee:home"), {"gender": ""})
    emptied = client.get(reverse("committee:home")).context["form"].initial["gender"]

    assert (first.status_code, shown, emptied) == (302, "man", "")


@database
def test_the_secretariat_sets_up_a_panel_and_gives_its_seats(as_coordinator, stranger):
    made = as_coordinator.post(
        reverse("secretariat:committees"), {"name": "Asia group", "kind": "working_group", "seats": 3}, follow=True
    )
    panel = made.context["panel"]
    seat = as_coordinator.post(
        reverse("secretariat:panel-seat", args=[panel.uuid]), {"email": "stranger@test.example"}, follow=True
    )

    assert (panel.free, [grant.user for grant in seat.context["members"]]) == (3, [stranger])


@database
@pytest.mark.promise("P29")
@pytest.mark.parametrize("wrong", [{"name": ""}, {"seats": "0"}, {"seats": "many"}, {"kind": "cabal"}, {"region": "-1"},
                                   {"name": "Advisory Committee"}],
                         ids=["no name", "no seats", "words", "kind", "region", "taken"])  # fmt: skip
def test_a_wrong_answer_sets_up_nothing(as_coordinator, panel, coordinator, wrong):
    answer = as_coordinator.post(
        reverse("secretariat:committees"), {"name": "New", "kind": "committee", "seats": "3"} | wrong
    )

    with acting_as(coordinator):
        assert (answer.status_code, Panel.objects.count()) == (422, 1)


@given(st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=40))
def test_what_is_hidden_is_nobody_or_at_least_three(answers):
    """Whoever subtracts the shown counts from the known total learns of no small group."""
    counts = {name: answers.count(name) for name in "abc"}
    shown = shown_counts(counts, len(answers))

    rest = len(answers) - sum(shown.values())
    assert all(count >= 3 for count in shown.values())
    assert rest == 0 or rest >= 3 or not shown
