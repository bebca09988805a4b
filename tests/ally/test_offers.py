"""What an ally reads before anybody knows of anybody, and its three answers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from collaborations.actions import allow_offers, answer_willing, propose_allies, withdraw_consent
from collaborations.models import Consent, Introduction, Participant
from collaborations.states import IntroductionStatus
from collaborators.codes import new_code
from cre.core.access import acting_as
from tests import journey
from tests.journey import BRIEF, fresh, request_of

pytestmark = pytest.mark.django_db
# One word for each place where a community's secrets lie, none of them in the brief.
CANARIES = {
    name: f"canary{name.replace('_', '')}"
    for name in (
        "need", "what_happens", "wider_area", "groups", "project", "good_result", "must_not_happen", "past_steps",
        "deadlines", "partners", "threats", "most_exposed", "protection", "not_to_contact", "not_to_see",
    )
}  # fmt: skip
YES = {"name": "Amina of Lake Law", "role": "lawyer", "answer": "We know this bank.", "no_conflict": "on"}


def page_of(client, introduction, name="offer"):
    return client.get(reverse(f"ally:{name}", args=[introduction.uuid]))


def answer(client, introduction, at="offer", **words):
    shown = {"version": introduction.version}
    return client.post(reverse(f"ally:{at}", args=[introduction.uuid]), shown | words)


@pytest.mark.promise("P12")
def test_an_offer_shows_the_approved_brief_and_nothing_else(cast, as_ally, monkeypatch):
    monkeypatch.setattr(journey, "ANSWERS", journey.ANSWERS | CANARIES)
    introduction = journey.offered(cast)

    page = page_of(as_ally, introduction).content.decode()

    assert BRIEF["title"] in page
    assert escape(BRIEF["text"]) in page
    assert [word for word in (*CANARIES.values(), "Riverbend", "+000") if word in page] == []
    request = request_of(introduction, cast.member)
    assert [str(one) for one in (request.uuid, cast.community.uuid) if str(one) in page] == []


@pytest.mark.promise("P12")
def test_where_the_community_shows_no_country_only_the_region_is_told(cast, as_ally, monkeypatch):
    monkeypatch.setattr(journey, "BRIEF", BRIEF | {"shown_country": ""})

    page = page_of(as_ally, journey.offered(cast)).content.decode()

    assert "Africa" in page
    assert "Kenya" not in page


def test_allies_answer_blind_and_do_not_learn_who_else_was_asked(
    cast, as_ally, other_collaborator, other_ally, browser
):
    request = journey.approved(cast)
    both = propose_allies(
        request,
        version=request.version,
        collaborators=[cast.collaborator, other_collaborator],
        by=cast.facilitator,
    )
    request = fresh(request, cast.member)
    allow_offers(request, version=request.version, introductions=both, by=cast.member)
    others = next(row for row in both if row.collaborator_id == other_collaborator.pk)
    answer_willing(
        fresh(others, other_ally),
        version=others.version + 1,
        name="Someone else",
        no_conflict=True,
        by=other_ally,
    )
    introduction = next(row for row in both if row.collaborator_id == cast.collaborator.pk)

    own = [
        page_of(as_ally, introduction).content.decode(),
        as_ally.get(reverse("ally:home")).content.decode(),
    ]

    assert not any(word in page for page in own for word in (other_collaborator.display_name, "Someone else"))
    assert page_of(browser(other_ally), introduction).status_code == 404
    assert page_of(as_ally, others).status_code == 404


def test_somebody_who_speaks_for_nobody_has_no_such_portal(cast, browser, stranger):
    introduction = journey.offered(cast)

    assert page_of(browser(stranger), introduction).status_code == 404
    assert page_of(browser(cast.member), introduction).status_code == 404


def test_before_the_community_allows_it_the_ally_knows_of_no_offer(cast, as_ally):
    introduction = journey.proposed(cast)

    assert page_of(as_ally, introduction).status_code == 404
    assert BRIEF["title"] not in as_ally.get(reverse("ally:home")).content.decode()


def test_a_yes_names_who_takes_part_and_tells_the_community(cast, as_ally):
    introduction = journey.offered(cast)

    response = answer(as_ally, introduction, **YES)

    assert response.status_code == 302
    answered = fresh(introduction, cast.member)
    with acting_as(cast.member):
        named = Participant.objects.get(introduction=answered)
        assert (answered.status, answered.answer, named.name, named.role, named.user) == (
            IntroductionStatus.WILLING, "We know this bank.", "Amina of Lake Law", "lawyer", cast.ally,
        )  # fmt: skip


def test_a_second_click_on_yes_is_answered_calmly(cast, as_ally):
    introduction = journey.offered(cast)
    answer(as_ally, introduction, **YES)

    response = answer(as_ally, introduction, **YES)

    assert response.status_code == 302
    with acting_as(cast.member):
        assert Participant.objects.count() == 1


@pytest.mark.promise("P29")
@pytest.mark.parametrize("missing", ["name", "no_conflict"])
def test_an_incomplete_yes_is_not_stored_and_keeps_its_words(cast, as_ally, missing):
    introduction = journey.offered(cast)

    response = answer(as_ally, introduction, **{name: word for name, word in YES.items() if name != missing})

    assert response.status_code == 422
    assert "We know this bank." in response.content.decode()
    assert fresh(introduction, cast.member).status == IntroductionStatus.OFFERED


@pytest.mark.promise("P29")
def test_a_yes_to_an_older_state_is_a_conflict_that_keeps_its_words(cast, as_ally):
    introduction = journey.offered(cast)

    response = answer(as_ally, introduction, version=introduction.version - 1, **YES)

    assert response.status_code == 409
    assert "We know this bank." in response.content.decode()
    assert fresh(introduction, cast.member).status == IntroductionStatus.OFFERED


@pytest.mark.parametrize(
    ("name", "status"),
    [("offer-decline", IntroductionStatus.NOT_NOW), ("offer-conflict", IntroductionStatus.CONFLICT)],
)
def test_a_no_ends_the_offer_and_the_brief_is_read_no_more(cast, as_ally, name, status):
    introduction = journey.offered(cast)

    response = answer(as_ally, introduction, name, answer="We work for the bank.")

    assert response.status_code == 302
    assert fresh(introduction, cast.member).status == status
    page = page_of(as_ally, introduction).content.decode()
    assert escape(BRIEF["text"]) not in page
    assert "We work for the bank." in page


def test_a_conflict_needs_a_sentence_and_a_not_now_does_not(cast, as_ally):
    introduction = journey.offered(cast)

    refused = answer(as_ally, introduction, "offer-conflict", answer="")
    taken = answer(as_ally, introduction, "offer-decline", answer="")

    assert (refused.status_code, taken.status_code) == (422, 302)


def test_a_second_click_on_a_no_is_answered_calmly(cast, as_ally):
    introduction = journey.offered(cast)
    answer(as_ally, introduction, "offer-decline")

    assert answer(as_ally, introduction, "offer-decline").status_code == 302


def test_a_yes_can_be_taken_back_until_the_community_chooses(cast, as_ally):
    introduction = journey.willing(cast)

    answer(as_ally, introduction, "offer-decline", answer="We are ill.")

    assert fresh(introduction, cast.member).status == IntroductionStatus.NOT_NOW


def test_an_offer_that_was_taken_back_can_not_be_answered(cast, as_ally):
    introduction = journey.offered(cast)
    with acting_as(cast.member):
        consent = Consent.objects.get(introduction=introduction, about=Consent.About.OFFERS)
    withdraw_consent(consent, by=cast.member)

    long_answer = "We know this bank and its complaint desk."
    response = answer(as_ally, fresh(introduction, cast.ally), **YES | {"answer": long_answer})

    assert response.status_code == 403
    assert long_answer in response.content.decode()


def test_a_receipt_code_in_an_answer_is_refused(cast, as_ally):
    introduction = journey.offered(cast)

    response = answer(as_ally, introduction, **YES | {"answer": f"Their code is {new_code().digits}."})

    assert response.status_code == 422
    assert fresh(introduction, cast.member).status == IntroductionStatus.OFFERED


def test_a_colleague_reads_the_offer_but_is_not_part_of_the_work(cast, colleague, browser):
    work = journey.introduced(cast)
    with acting_as(cast.member):
        introduction = Introduction.objects.get(pk=work.introduction_id)

    page = page_of(browser(colleague), introduction)

    assert page.status_code == 200
    assert "Amina of Lake Law" in page.content.decode()
    assert "Riverbend" not in page.content.decode()
    assert browser(colleague).get(reverse("ally:collaboration", args=[work.uuid])).status_code == 404


def test_offers_wait_on_the_first_page_with_their_title_and_day(cast, as_ally):
    introduction = journey.offered(cast)

    page = as_ally.get(reverse("ally:home")).content.decode()

    assert BRIEF["title"] in page
    assert reverse("ally:offer", args=[introduction.uuid]) in page
    assert f"{timezone.now() + timedelta(days=7):%Y-%m-%d}" in page
