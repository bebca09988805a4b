"""Two people of one community decide together: the rule, who turns it off, who counts, and deleting."""

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from collaborations.actions import order_deletion
from collaborators.actions import answer_alone, ask_to_decide_alone, decide_together
from collaborators.models import Community
from cre.core.access import Refused, acting_as
from tests import journey
from tests.community.several import one_more, settle
from tests.community.walking import hidden, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P11")]
TOGETHER = reverse("community:together")


def community_of(cast) -> Community:
    """As it stands now."""
    return journey.fresh(cast.community, cast.member)


def press(user, decision: str, version: str | None = None):
    browser = signed_in(user)
    version = version or hidden(browser.get(TOGETHER), "version")
    return browser.post(TOGETHER, {"version": version, "decision": decision})


# --- The rule ------------------------------------------------------------------------------------------
def test_nobody_decides_with_a_second_person_who_is_not_there(cast, browser):
    assert "Let another one of you in first" in text_of(browser.get(TOGETHER))
    with pytest.raises(Refused, match="Let another one of you in first"):
        decide_together(community_of(cast), version=community_of(cast).version, by=cast.member)


def test_one_person_turns_the_rule_on(cast, other):
    press(cast.member, "together")

    assert community_of(cast).decides_together
    assert "Two of you decide now." in text_of(signed_in(other).get(TOGETHER))


def test_the_rule_ends_when_another_one_agrees(cast, two):
    press(cast.member, "alone")
    assert community_of(cast).decides_together
    press(two, "yes")

    assert (community_of(cast).decides_together, community_of(cast).alone_asked_by_id) == (False, None)


def test_whoever_asked_cannot_agree(cast, two):
    press(cast.member, "alone")

    assert press(cast.member, "yes").status_code == 403
    assert community_of(cast).decides_together


def test_another_one_keeps_the_rule(cast, two):
    press(cast.member, "alone")
    press(two, "no")

    assert (community_of(cast).decides_together, community_of(cast).alone_asked_by_id) == (True, None)


def test_somebody_who_was_let_in_a_moment_ago_does_not_end_the_rule(cast, two):
    ask_to_decide_alone(community_of(cast), version=community_of(cast).version, by=two)
    new = one_more(cast, "a stranger")

    with pytest.raises(Refused, match="for a week or longer"):
        answer_alone(community_of(cast), version=community_of(cast).version, is_yes=True, by=new)


@pytest.mark.parametrize("decision", ["together", "alone"])
def test_a_second_click_is_calm_and_does_nothing_else(cast, other, decision):
    press(cast.member, "together")
    version = str(community_of(cast).version)
    press(cast.member, decision, version)

    assert press(cast.member, decision, version).status_code == 302
    asked_by = cast.member.pk if decision == "alone" else None
    assert (community_of(cast).decides_together, community_of(cast).alone_asked_by_id) == (True, asked_by)


def test_what_no_button_says_changes_nothing(cast, other):
    assert press(cast.member, "perhaps").status_code == 422
    assert not community_of(cast).decides_together


def test_nobody_asks_again_what_another_one_has_asked(cast, two):
    press(cast.member, "alone")

    with pytest.raises(Refused, match="Look at the page again"):
        ask_to_decide_alone(community_of(cast), version=community_of(cast).version, by=two)


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


# --- Deleting ------------------------------------------------------------------------------------------
def test_a_person_let_in_a_moment_ago_does_not_make_deleting_wait(cast):
    settle(cast.community)
    one_more(cast)

    assert not order_deletion(community_of(cast), by=cast.member).needs_second


def test_where_two_decide_deleting_waits_although_the_second_one_is_new(cast, two):
    one_more(cast, "new")

    assert order_deletion(community_of(cast), by=cast.member).needs_second
