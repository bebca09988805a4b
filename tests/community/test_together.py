"""Two people of one community decide together: the rule, who counts, and an ally that waits for the second one."""

import dataclasses

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from collaborations.actions import answer_choice, decide_access, order_deletion
from collaborations.models import Consent, Disclosure, Introduction, SecondYes
from collaborations.states import IntroductionStatus
from collaborators.actions import answer_alone, ask_level_raise, ask_to_decide_alone, decide_together, give_role
from collaborators.models import Community, User
from cre.core.access import Refused, acting_as
from cre.core.vocabularies import AccessLevel
from tests import journey
from tests.community.several import one_more, settle
from tests.community.walking import hidden, signed_in, text_of
from tests.conftest import roster_entry

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P11")]
TOGETHER = reverse("community:together")


@pytest.fixture
def other(cast) -> User:
    """Another one of the community, who came long ago."""
    found = one_more(cast)
    settle(cast.community)
    return found


@pytest.fixture
def two(cast, other) -> User:
    """The other one of a community in which two decide."""
    decide_together(fresh(cast), version=fresh(cast).version, by=cast.member)
    return other


def fresh(cast) -> Community:
    with acting_as(cast.member):
        return Community.objects.get(pk=cast.community.pk)


def seen(cast, introduction) -> Introduction:
    with acting_as(cast.member):
        return Introduction.objects.get(pk=introduction.pk)


def chosen(cast) -> Introduction:
    """One of the community chose a willing ally."""
    introduction = journey.willing(cast)
    page = signed_in(cast.member).post(
        reverse("community:choose", args=[introduction.uuid]),
        {"version": introduction.version, "fields_shared": ["chosen_name"]},
    )
    assert page.status_code == 302
    return seen(cast, introduction)


def page_of(user, introduction):
    return signed_in(user).get(reverse("community:second", args=[introduction.uuid]))


def say(user, introduction, decision: str):
    address = reverse("community:second", args=[introduction.uuid])
    return signed_in(user).post(address, {"version": introduction.version, "decision": decision})


def press(user, **decision: str):
    browser = signed_in(user)
    return browser.post(TOGETHER, {"version": hidden(browser.get(TOGETHER), "version")} | decision)


# --- The rule ------------------------------------------------------------------------------------------
def test_nobody_decides_with_a_second_person_who_is_not_there(cast, browser):
    assert "Let another one of you in first" in text_of(browser.get(TOGETHER))
    with pytest.raises(Refused, match="Let another one of you in first"):
        decide_together(fresh(cast), version=fresh(cast).version, by=cast.member)


def test_one_person_turns_the_rule_on(cast, other):
    press(cast.member)

    assert fresh(cast).decides_together
    assert "Two of you decide now." in text_of(signed_in(other).get(TOGETHER))


def test_the_rule_ends_when_another_one_agrees(cast, two):
    press(cast.member)
    assert fresh(cast).decides_together
    press(two, decision="yes")

    assert (fresh(cast).decides_together, fresh(cast).alone_asked_by_id) == (False, None)


def test_whoever_asked_cannot_agree(cast, two):
    press(cast.member)

    assert press(cast.member, decision="yes").status_code == 403
    assert fresh(cast).decides_together


def test_another_one_keeps_the_rule(cast, two):
    press(cast.member)
    press(two, decision="no")

    assert (fresh(cast).decides_together, fresh(cast).alone_asked_by_id) == (True, None)


def test_somebody_who_was_let_in_a_moment_ago_does_not_end_the_rule(cast, two):
    ask_to_decide_alone(fresh(cast), version=fresh(cast).version, by=two)
    new = one_more(cast, "a stranger")

    with pytest.raises(Refused, match="for a week or longer"):
        answer_alone(fresh(cast), version=fresh(cast).version, is_yes=True, by=new)


@pytest.mark.second_wall
@pytest.mark.parametrize(
    "values",
    [{"decides_together": False}, {"alone_asked_by": "other"}, {"decides_together": False, "alone_asked_by": None}],
    ids=["off", "asked-for-another", "off-and-clean"],
)
def test_the_database_too_lets_nobody_end_the_rule_alone(cast, two, values):
    values = {name: two if value == "other" else value for name, value in values.items()}

    with pytest.raises(ProgrammingError, match="may not"), transaction.atomic(), acting_as(cast.member):
        Community.objects.filter(pk=cast.community.pk).update(**values)


@pytest.mark.second_wall
def test_the_database_too_wants_two_before_the_rule_begins(cast):
    with pytest.raises(ProgrammingError, match="may not"), transaction.atomic(), acting_as(cast.member):
        Community.objects.filter(pk=cast.community.pk).update(decides_together=True)


@pytest.mark.second_wall
def test_the_desk_says_nothing_about_who_decides(cast, other):
    journey.received(cast)

    with pytest.raises(ProgrammingError, match="may not"), transaction.atomic(), acting_as(cast.facilitator):
        Community.objects.filter(pk=cast.community.pk).update(decides_together=True)


# --- An ally that waits for the second person ----------------------------------------------------------
def test_an_ally_learns_nothing_before_a_second_one_has_agreed(cast, two):
    introduction = chosen(cast)

    assert introduction.status == IntroductionStatus.CHOSEN
    with acting_as(cast.ally):
        assert not Disclosure.objects.exists()


def test_the_second_one_reads_what_would_be_shared_and_agrees(cast, two):
    introduction = chosen(cast)
    assert "One of you chose an ally" in text_of(signed_in(two).get(reverse("community:home")))
    assert "People of Riverbend" in text_of(page_of(two, introduction))

    say(two, introduction, "yes")

    assert seen(cast, introduction).status == IntroductionStatus.ACCEPTED
    with acting_as(cast.ally):
        assert Disclosure.objects.get().value == "People of Riverbend"


def test_with_a_no_nothing_is_shared_and_what_was_to_be_is_gone(cast, two):
    introduction = chosen(cast)

    say(two, introduction, "no")

    assert seen(cast, introduction).status == IntroductionStatus.REFUSED
    with acting_as(cast.member):
        assert not Disclosure.objects.exists()


def test_whoever_chose_is_not_the_second_one(cast, two):
    introduction = chosen(cast)

    assert "Tell the others of you" in text_of(page_of(cast.member, introduction))
    assert say(cast.member, introduction, "yes").status_code == 403
    assert seen(cast, introduction).status == IntroductionStatus.CHOSEN


def test_somebody_who_was_let_in_a_moment_ago_is_not_the_second_one(cast, two):
    introduction, new = chosen(cast), one_more(cast, "a stranger")

    assert "after a week" in text_of(page_of(new, introduction))
    assert say(new, introduction, "yes").status_code == 403


def test_a_second_click_of_the_second_one_is_calm(cast, two):
    introduction = chosen(cast)
    say(two, introduction, "yes")

    assert say(two, introduction, "yes").status_code == 302
    with acting_as(cast.member):
        assert SecondYes.objects.count() == 1


@pytest.mark.parametrize("first", ["second", "coordinator"])
def test_an_ally_below_level_3_waits_for_both(cast, two, coordinator, first):
    entry = roster_entry("River Radio", coordinator, level=AccessLevel.BRIEFS)
    give_role(entry, "speak_for", cast.ally, by=coordinator)
    introduction = chosen(dataclasses.replace(cast, collaborator=entry))

    def let_in():
        decide_access(ask_level_raise(entry, by=cast.facilitator), approved=True, by=coordinator)

    def agree():
        say(two, seen(cast, introduction), "yes")

    states = []
    for act in (agree, let_in) if first == "second" else (let_in, agree):
        act()
        states.append(seen(cast, introduction).status)
    assert states == [IntroductionStatus.CHOSEN, IntroductionStatus.ACCEPTED]


def test_without_the_rule_one_person_is_enough(cast, other):
    assert chosen(cast).status == IntroductionStatus.ACCEPTED


@pytest.mark.second_wall
def test_the_database_too_opens_nothing_before_the_second_one(cast, two):
    introduction = chosen(cast)

    with pytest.raises(ProgrammingError, match="may not"), transaction.atomic(), acting_as(cast.member):
        Introduction.objects.filter(pk=introduction.pk).update(status=IntroductionStatus.ACCEPTED)


@pytest.mark.second_wall
@pytest.mark.parametrize("who", ["member", "new", "facilitator", "ally"])
def test_the_database_takes_the_second_yes_from_a_second_one_only(cast, two, who):
    introduction = chosen(cast)
    people = {"member": cast.member, "facilitator": cast.facilitator, "ally": cast.ally}
    user = people.get(who) or one_more(cast, "a stranger")
    with acting_as(cast.member):
        choice = Consent.objects.get(introduction=introduction, about=Consent.About.DISCLOSE)

    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), acting_as(user):
        SecondYes.objects.create(consent=choice, is_yes=True, said_by=user)


def test_a_yes_in_another_ones_name_is_refused(cast, two):
    introduction = chosen(cast)

    with pytest.raises(Refused, match="Another person has to agree"):
        answer_choice(introduction, version=introduction.version, is_yes=True, by=cast.member)


# --- Deleting ------------------------------------------------------------------------------------------
def test_a_person_let_in_a_moment_ago_does_not_make_deleting_wait(cast):
    settle(cast.community)
    one_more(cast)

    assert not order_deletion(fresh(cast), by=cast.member).needs_second


def test_where_two_decide_deleting_waits_although_the_second_one_is_new(cast, two):
    one_more(cast, "new")

    assert order_deletion(fresh(cast), by=cast.member).needs_second
