"""A higher access level is decided by a second person, who sees whom it introduces."""

import pytest
from django.urls import reverse

from collaborations.models import Disclosure
from collaborators.actions import ask_level_raise, give_role
from collaborators.models import LevelRaise
from cre.core.access import acting_as
from cre.core.outbox import OutboxMessage
from cre.core.vocabularies import AccessLevel
from tests import journey
from tests.conftest import as_owner, roster_entry
from tests.journey import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def chosen(cast, coordinator):
    """A community has chosen an ally that may read briefs only."""
    entry = roster_entry("River Radio", coordinator, level=AccessLevel.BRIEFS)
    give_role(entry, "speak_for", cast.ally, by=coordinator)
    second = Cast(cast.member, cast.community, cast.facilitator, entry, cast.ally)
    journey.chosen(second)
    return second


def address(raised):
    return reverse("secretariat:level-decide", args=[raised.uuid])


def shared_with(ally) -> int:
    with acting_as(ally):
        return Disclosure.objects.count()


def test_the_page_says_who_would_be_introduced_without_naming_them(chosen, as_coordinator):
    raised = ask_level_raise(chosen.collaborator, by=chosen.facilitator)

    response = as_coordinator.get(address(raised))

    (choice,) = response.context["choices"]
    assert (choice.region, choice.fields) == ("Africa", ["The name they want you to use", "How to reach them"])
    assert "Riverbend" not in response.content.decode()


def test_a_yes_introduces_at_once(chosen, as_coordinator):
    raised = ask_level_raise(chosen.collaborator, by=chosen.facilitator)
    before = shared_with(chosen.ally)

    response = as_coordinator.post(address(raised), {"decision": "yes"})

    assert (response.status_code, before, shared_with(chosen.ally)) == (302, 0, 2)


def test_a_no_introduces_nobody(chosen, as_coordinator, coordinator):
    raised = ask_level_raise(chosen.collaborator, by=chosen.facilitator)

    as_coordinator.post(address(raised), {"decision": "no"})

    with acting_as(coordinator):
        assert LevelRaise.objects.get(pk=raised.pk).approved is False
    assert shared_with(chosen.ally) == 0


@pytest.mark.promise("P24")
def test_who_asked_does_not_decide(chosen, as_coordinator, coordinator):
    raised = ask_level_raise(chosen.collaborator, by=coordinator)

    shown, answer = (
        as_coordinator.get(address(raised)),
        as_coordinator.post(address(raised), {"decision": "yes"}),
    )

    assert "Another person has to decide." in shown.content.decode()
    assert (answer.status_code, shared_with(chosen.ally)) == (403, 0)


def test_a_second_coordinator_decides_what_the_first_one_asked(chosen, coordinator, second_coordinator, browser):
    raised = ask_level_raise(chosen.collaborator, by=coordinator)

    browser(second_coordinator).post(address(raised), {"decision": "yes"})

    assert shared_with(chosen.ally) == 2


@pytest.mark.promise("P29")
def test_without_a_decision_the_page_asks_again(chosen, as_coordinator):
    raised = ask_level_raise(chosen.collaborator, by=chosen.facilitator)

    assert as_coordinator.post(address(raised), {"decision": "perhaps"}).status_code == 422


def test_a_second_click_is_calm(chosen, as_coordinator):
    raised = ask_level_raise(chosen.collaborator, by=chosen.facilitator)

    answers = [as_coordinator.post(address(raised), {"decision": "yes"}).status_code for _ in range(2)]

    assert answers == [302, 302]


def test_those_that_wait_are_on_the_first_page(chosen, as_coordinator, coordinator):
    raised = ask_level_raise(chosen.collaborator, by=chosen.facilitator)

    context = as_coordinator.get(reverse("secretariat:home")).context

    assert context["raises"] == [(raised, True)]


def test_the_coordinator_is_told_when_somebody_asks(chosen):
    for _ in range(2):
        ask_level_raise(chosen.collaborator, by=chosen.facilitator)

    with as_owner():
        assert OutboxMessage.objects.filter(topic="level-asked").count() == 1
