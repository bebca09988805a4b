"""An ally that one of a community chose waits for the second one, who reads what would be shared."""

import dataclasses

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from collaborations.actions import answer_choice, decide_access
from collaborations.models import Consent, Disclosure, Introduction, SecondYes
from collaborations.states import IntroductionStatus
from collaborators.actions import answer_alone, ask_level_raise, ask_to_decide_alone, give_role
from cre.core.access import Refused, acting_as
from cre.core.vocabularies import AccessLevel
from tests import journey
from tests.community.several import one_more
from tests.community.walking import signed_in, text_of
from tests.conftest import roster_entry

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P11")]


def seen(cast, introduction) -> Introduction:
    return journey.fresh(introduction, cast.member)


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


@pytest.mark.parametrize("who", ["member", "other"])
def test_a_choice_that_waited_when_the_rule_ended_is_opened_by_any_of_them(cast, two, who):
    introduction = chosen(cast)
    ask_to_decide_alone(cast.community, version=journey.fresh(cast.community, two).version, by=cast.member)
    answer_alone(cast.community, version=journey.fresh(cast.community, two).version, is_yes=True, by=two)
    user = cast.member if who == "member" else two
    address = reverse("community:second", args=[introduction.uuid])
    assert address in signed_in(user).get(reverse("community:home")).content.decode()

    say(user, introduction, "yes")

    assert seen(cast, introduction).status == IntroductionStatus.ACCEPTED


def test_a_second_click_on_choosing_is_calm(cast, two):
    introduction = chosen(cast)
    address = reverse("community:choose", args=[introduction.uuid])

    again = signed_in(cast.member).post(address, {"version": "1", "fields_shared": ["chosen_name"]})

    assert again.status_code == 302


def test_the_page_of_what_was_allowed_shows_the_second_yes(cast, two):
    introduction = chosen(cast)
    page = reverse("community:consents")
    assert "a second person agreed" not in text_of(signed_in(cast.member).get(page))

    say(two, introduction, "yes")

    assert "a second person agreed" in text_of(signed_in(cast.member).get(page))


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
