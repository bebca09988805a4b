"""Choosing an ally by voice: written down by one person of the exchange, asked again by another one."""

import re
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from collaborations.actions import answer_choice, choose_ally
from collaborations.models import Collaboration, Consent, Disclosure, Introduction, SecondYes
from collaborations.states import CollaborationStatus, IntroductionStatus
from collaborators.actions import give_role
from collaborators.models import User
from cre.core.access import Refused, acting_as
from cre.core.outbox.models import OutboxMessage
from tests import journey
from tests.community.walking import EMAIL, hidden, signed_in, text_of
from tests.conftest import as_owner, person

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P11")]
SAID = {"how": "assembly", "said_by": "the elders", "language": "sw", "read_back": "Majina na mto."}


@pytest.fixture
def second(cast, coordinator) -> User:
    """Another facilitator of the region."""
    found = person("second-facilitator", coordinator)
    give_role(journey.request_of(journey.willing(cast), cast.member).region, "facilitate", found, by=coordinator)
    return found


def at(name: str, introduction) -> str:
    return reverse(f"desk:{name}", args=[introduction.uuid])


def seen(cast, introduction) -> Introduction:
    with acting_as(cast.member):
        return Introduction.objects.get(pk=introduction.pk)


def written_down(cast, *, danger: str = "no") -> Introduction:
    """The facilitator wrote down whom the community chose."""
    introduction = journey.willing(cast)
    if danger != "no":
        with as_owner():
            introduction.request.__class__.objects.filter(pk=introduction.request_id).update(danger=danger)
    browser, address = signed_in(cast.facilitator, EMAIL), at("choice-voice", introduction)
    typed = SAID | {"version": hidden(browser.get(address), "version"), "fields_shared": ["chosen_name"]}
    assert browser.post(address, typed).status_code == 302
    return seen(cast, introduction)


def say(user, introduction, decision: str):
    browser, address = signed_in(user, EMAIL), at("call-back", introduction)
    return browser.post(address, {"version": introduction.version, "decision": decision})


def choice_in(cast, introduction) -> Consent:
    with acting_as(cast.member):
        return Consent.objects.filter(introduction=introduction, about=Consent.About.DISCLOSE).earliest("pk")


def disclosed(user) -> list[str]:
    with acting_as(user):
        return [row.value for row in Disclosure.objects.all()]


def test_a_choice_by_voice_is_the_communitys_own_and_opens_nothing_yet(cast):
    introduction = written_down(cast)

    assert introduction.status == IntroductionStatus.CHOSEN
    with acting_as(cast.member):
        choice = choice_in(cast, introduction)
        assert (choice.form, choice.said_by, choice.read_back) == ("assembly", "the elders", "Majina na mto.")
    assert disclosed(cast.ally) == []


def test_after_the_call_the_ally_reads_what_was_chosen(cast, second):
    introduction = written_down(cast)
    page = text_of(signed_in(second, EMAIL).get(at("call-back", introduction)))
    assert "the elders" in page
    assert "Majina na mto." in page

    say(second, introduction, "yes")

    assert seen(cast, introduction).status == IntroductionStatus.ACCEPTED
    assert disclosed(cast.ally) == ["People of Riverbend"]


def test_the_coordinator_may_call_too(cast, coordinator):
    introduction = written_down(cast)

    say(coordinator, introduction, "yes")

    assert seen(cast, introduction).status == IntroductionStatus.ACCEPTED


@pytest.mark.parametrize("who", ["second", "coordinator"])
def test_when_the_community_did_not_say_so_nothing_is_shared_and_it_is_deleted(cast, second, coordinator, who):
    introduction = written_down(cast)

    say(second if who == "second" else coordinator, introduction, "no")

    assert seen(cast, introduction).status == IntroductionStatus.REFUSED
    assert disclosed(cast.member) == []


def test_whoever_wrote_it_down_does_not_call(cast):
    introduction = written_down(cast)

    assert signed_in(cast.facilitator, EMAIL).get(at("call-back", introduction)).status_code == 403
    with pytest.raises(Refused, match="Another person"):
        answer_choice(introduction, version=introduction.version, is_yes=True, by=cast.facilitator)


def test_the_call_stands_on_the_first_page_of_whoever_can_make_it(cast, second):
    introduction = written_down(cast)
    link = at("call-back", introduction)

    pages = {
        user: signed_in(user, EMAIL).get(reverse("desk:home")).content.decode() for user in (second, cast.facilitator)
    }
    assert [link in page for page in pages.values()] == [True, False]


def test_in_urgent_danger_the_ally_is_not_kept_waiting_and_the_call_follows(cast, second):
    introduction = written_down(cast, danger="now")

    assert introduction.status == IntroductionStatus.ACCEPTED
    assert disclosed(cast.ally) == ["People of Riverbend"]
    assert signed_in(second, EMAIL).get(at("call-back", introduction)).status_code == 200


@pytest.mark.parametrize("who", ["second", "coordinator"])
def test_a_no_after_urgent_danger_ends_what_was_shared_and_the_work(cast, second, coordinator, who):
    introduction = written_down(cast, danger="now")

    say(second if who == "second" else coordinator, introduction, "no")

    assert seen(cast, introduction).status == IntroductionStatus.ENDED
    assert disclosed(cast.member) == []
    with acting_as(cast.member):
        assert Collaboration.objects.get(introduction=introduction).status == CollaborationStatus.CLOSED
        assert Consent.objects.filter(withdraws=choice_in(cast, introduction)).exists()


def test_with_a_no_the_ally_is_asked_to_erase_what_it_learned_and_a_later_share_is_gone_too(cast, second, coordinator):
    introduction = written_down(cast, danger="now")
    with as_owner():
        row = Disclosure.objects.get(introduction=introduction)
        later = Consent.objects.get(pk=row.consent_id)
        later.pk, later.uuid, later._state.adding = None, uuid4(), True
        later.save()
        row.pk, row.uuid, row.field, row.consent, row._state.adding = None, uuid4(), "contact", later, True
        row.save()

    say(coordinator, introduction, "no")

    assert disclosed(cast.member) == []
    with as_owner():
        assert OutboxMessage.objects.filter(topic="erase-asked").exists()


def test_a_second_click_on_writing_it_down_is_calm(cast):
    introduction = written_down(cast)
    browser = signed_in(cast.facilitator, EMAIL)

    again = browser.post(at("choice-voice", introduction), SAID | {"version": "1", "fields_shared": ["chosen_name"]})

    assert again.status_code == 302


def test_after_urgent_danger_the_first_page_says_until_when_to_call(cast, second):
    written_down(cast, danger="now")

    assert re.search(
        r"Call a community back.* in (2|3) days", text_of(signed_in(second, EMAIL).get(reverse("desk:home")))
    )


def test_a_call_that_was_made_is_made_once(cast, second):
    introduction = written_down(cast)
    say(second, introduction, "yes")

    assert say(second, introduction, "no").status_code == 302
    assert seen(cast, introduction).status == IntroductionStatus.ACCEPTED


def test_nothing_is_written_down_without_who_said_it(cast):
    introduction = journey.willing(cast)
    browser, address = signed_in(cast.facilitator, EMAIL), at("choice-voice", introduction)
    typed = SAID | {"said_by": "", "version": introduction.version, "fields_shared": ["chosen_name"]}

    page = browser.post(address, typed)

    assert (page.status_code, "Majina na mto." in page.content.decode()) == (422, True)
    assert seen(cast, introduction).status == IntroductionStatus.WILLING


def test_nobody_but_the_regions_desk_writes_it_down(cast, coordinator):
    introduction = journey.willing(cast)

    assert signed_in(coordinator, EMAIL).get(at("choice-voice", introduction)).status_code == 403
    with pytest.raises(Refused, match="Only the community decides"):
        choose_ally(introduction, version=introduction.version, fields=["chosen_name"], by=cast.facilitator)


@pytest.mark.second_wall
def test_the_database_too_opens_nothing_before_the_call(cast):
    introduction = written_down(cast)

    with pytest.raises(ProgrammingError, match="may not"), transaction.atomic(), acting_as(cast.facilitator):
        Introduction.objects.filter(pk=introduction.pk).update(status=IntroductionStatus.ACCEPTED)


@pytest.mark.second_wall
def test_the_database_takes_no_own_decision_from_the_desk(cast):
    introduction = journey.willing(cast)
    with transaction.atomic(), acting_as(cast.facilitator):
        Consent.sealed_under(
            introduction.community.uuid, community_id=introduction.community_id, request_id=introduction.request_id,
            about=Consent.About.DISCLOSE, is_given=True, introduction=introduction, recorded_by=cast.facilitator,
        )  # fmt: skip

    with pytest.raises(ProgrammingError, match="may not"), transaction.atomic(), acting_as(cast.facilitator):
        Introduction.objects.filter(pk=introduction.pk).update(status=IntroductionStatus.ACCEPTED)


@pytest.mark.second_wall
@pytest.mark.parametrize("who", ["facilitator", "member", "far"])
def test_the_database_takes_the_second_yes_from_another_person_of_the_desk_only(cast, who, other_facilitator):
    introduction = written_down(cast)
    user = {"facilitator": cast.facilitator, "member": cast.member, "far": other_facilitator}[who]
    choice = choice_in(cast, introduction)

    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), acting_as(user):
        SecondYes.objects.create(consent=choice, is_yes=True, said_by=user)
