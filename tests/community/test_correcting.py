"""A community changes what it wrote after it has sent it; the desk is told, the brief stays as it was approved."""

import pytest
from django.http import Http404
from django.urls import reverse

from collaborations.actions import (
    confirm_contact,
    correct_answers,
    end_collaboration,
    refuse_keeping,
    withdraw_request,
)
from collaborations.models import BriefVersion, RequestRisk, RequestStory, SupportRequest
from collaborations.states import BriefStatus
from collaborators.actions import freeze_community
from collaborators.codes import new_code
from collaborators.models import FreezingSide
from cre.core.access import Refused, acting_as
from cre.core.vocabularies import EndReason
from tests import journey
from tests.community.test_path import events
from tests.community.walking import hidden, link_to, signed_in, text_of
from tests.conftest import EMAIL, as_owner
from tests.journey import fresh

pytestmark = pytest.mark.django_db
NEW = "They came back with the police."


def page(browser, request, part):
    return browser.get(reverse("community:answer-change", args=[request.uuid, part]))


def send(browser, request, part, version=None, **typed):
    address = reverse("community:answer-change", args=[request.uuid, part])
    return browser.post(address, {"version": version or request.version} | typed)


def said(request, reader, name="what_happens") -> str:
    """What stands in the story now."""
    with acting_as(reader):
        return getattr(RequestStory.objects.get(request_id=request.pk), name)


def told(deliver, person) -> str:
    """The notices that wait for somebody."""
    deliver()
    return text_of(signed_in(person, EMAIL).get("/desk/"))


def test_a_part_is_changed_on_the_page_of_its_question(cast, browser):
    request = journey.received(cast)
    shown = page(browser, request, "story")

    answer = send(browser, request, "story", version=hidden(shown, "version"), what_happens=NEW)

    assert journey.ANSWERS["what_happens"] in text_of(shown)
    assert answer.url == reverse("community:answers", args=[request.uuid])
    assert NEW in text_of(browser.get(answer.url))


def test_only_the_changed_part_changes_and_the_history_keeps_the_earlier_words(cast, browser):
    request = journey.received(cast)
    send(browser, request, "story", what_happens=NEW)

    with acting_as(cast.member):
        story = RequestStory.objects.get(request_id=request.pk)
        kept = [row.what_happens for row in story.history.order_by("history_id")]
        assert (story.what_happens, story.need) == (NEW, journey.ANSWERS["need"])
        assert kept[-2:] == [journey.ANSWERS["what_happens"], NEW]


def test_the_timeline_and_the_desk_have_one_line_without_a_word_of_it(cast, browser, deliver):
    request = journey.received(cast)
    send(browser, request, "story", what_happens=NEW)

    desk = told(deliver, cast.facilitator)
    assert events(request, cast.facilitator) == ["sent", "corrected"]
    assert desk.count("A community changed its answers.") == 1
    assert NEW not in desk


def test_what_was_left_out_can_be_added_later(cast, browser):
    request = journey.received(cast)
    before = text_of(browser.get(reverse("community:answers", args=[request.uuid])))

    send(browser, request, "silence", not_to_contact="the mayor")

    with acting_as(cast.member):
        assert RequestRisk.objects.get(request_id=request.pk).not_to_contact == "the mayor"
    after = text_of(browser.get(reverse("community:answers", args=[request.uuid])))
    assert ("Who must not know" in before, "Who must not know" in after) == (True, False)


def test_a_second_click_changes_and_tells_nothing_twice(cast, browser):
    request = journey.received(cast)

    answers = [send(browser, request, "story", what_happens=NEW).status_code for _ in range(2)]

    assert (answers, events(request, cast.member).count("corrected")) == ([302, 302], 1)


def test_the_second_of_two_tabs_is_told_and_keeps_its_words(cast, browser):
    request = journey.received(cast)
    send(browser, request, "story", what_happens="first tab")

    late = send(browser, request, "story", what_happens="second tab")

    assert (late.status_code, "second tab" in text_of(late)) == (409, True)
    assert (
        send(browser, request, "story", version=hidden(late, "version"), what_happens="second tab").status_code == 302
    )


def test_danger_now_is_told_like_a_new_urgent_request(cast, browser, focal_person, deliver):
    request = journey.received(cast)

    send(browser, request, "now", danger="now")

    changed = fresh(request, cast.member)
    assert changed.due_at
    assert request.due_at
    assert changed.due_at < request.due_at
    assert "A request says that somebody is in danger now." in told(deliver, focal_person)


def test_danger_now_never_moves_an_earlier_promise(cast, browser):
    request = journey.received(cast, danger="now")
    send(browser, request, "now", danger="no")
    before = fresh(request, cast.member)
    send(browser, before, "now", danger="now")

    assert fresh(request, cast.member).due_at == request.due_at


def test_an_approved_brief_stays_and_the_desk_sees_that_answers_are_newer(cast, browser):
    request = journey.approved(cast)
    desk, words = signed_in(cast.facilitator, EMAIL), "changed its answers after it had approved the brief"
    address = reverse("desk:request", args=[request.uuid])
    before = text_of(desk.get(address))

    send(browser, request, "story", what_happens=NEW)

    assert (words in before, words in text_of(desk.get(address))) == (False, True)
    with acting_as(cast.facilitator):
        brief = BriefVersion.objects.get(request_id=request.pk)
        assert (brief.status, brief.text) == (BriefStatus.APPROVED, journey.BRIEF["text"])


def test_answers_that_were_changed_before_the_brief_was_approved_are_no_news(cast, browser):
    brief = journey.briefed(cast)
    request = journey.request_of(brief, cast.member)
    send(browser, request, "story", what_happens=NEW)
    journey.approve_brief(brief, version=brief.version, by=cast.member)

    desk = signed_in(cast.facilitator, EMAIL).get(reverse("desk:request", args=[request.uuid]))
    assert "changed its answers after" not in text_of(desk)


def test_a_country_of_another_desk_is_refused_in_words_and_nothing_is_kept(cast, browser):
    request = journey.received(cast)

    answer = send(browser, request, "country", country="NP")

    assert answer.status_code == 422
    assert "Only the countries of your regional desk" in text_of(answer)
    with pytest.raises(Refused, match="Another regional desk"):
        correct_answers(request, version=request.version, country="NP", by=cast.member)
    assert fresh(request, cast.member).country == "KE"


@pytest.mark.parametrize("country", ["UG", ""])
def test_another_country_of_the_same_desk_or_none_is_taken(cast, browser, country):
    request = journey.received(cast)
    send(browser, request, "country", country=country)

    changed = fresh(request, cast.member)
    assert (changed.country, changed.region_id) == (country, request.region_id)


def test_a_request_that_waits_to_be_placed_takes_any_country_and_stays_where_it_is(cast, browser, waiting_room):
    request = journey.received(cast)
    with as_owner():
        SupportRequest.objects.filter(pk=request.pk).update(region=waiting_room, country="")
    shown = page(browser, request, "country")
    asia = f"{shown.request['PATH_INFO']}{link_to(shown, 'Asia')}"
    browser.post(asia, {"version": request.version, "country": "NP"})

    changed = fresh(request, cast.member)
    assert (changed.country, changed.region_id) == ("NP", waiting_room.pk)


def test_a_country_that_was_named_before_stays_although_another_desk_has_it(cast, browser):
    request = journey.received(cast)
    with as_owner():
        SupportRequest.objects.filter(pk=request.pk).update(country="NP")
    shown = page(browser, request, "country")

    assert '<option value="NP" selected>' in shown.content.decode()
    assert send(browser, request, "country", country="NP").status_code == 302


def test_a_request_without_any_need_is_refused(cast):
    request = journey.received(cast)

    with pytest.raises(Refused):
        correct_answers(request, version=request.version, need="", kinds_of_help=[], by=cast.member)

    assert said(request, cast.member, "need") == journey.ANSWERS["need"]


def closed(cast) -> SupportRequest:
    request = journey.received(cast)
    withdraw_request(request, version=request.version, by=cast.member)
    return fresh(request, cast.member)


def only_talk(cast) -> SupportRequest:
    request = journey.draft(cast)
    return fresh(refuse_keeping(request, version=request.version, by=cast.member), cast.member)


def done(cast) -> SupportRequest:
    work = journey.introduced(cast)
    confirm_contact(work, version=work.version, by=cast.member)
    work = fresh(work, cast.member)
    end_collaboration(work, version=work.version, reason=EndReason.NOT_SAID, words="", by=cast.member)
    return journey.request_of(work, cast.member)


@pytest.mark.parametrize(
    ("state", "words"), [(closed, "is closed"), (done, "is closed"), (only_talk, "asked to talk first")]
)
def test_where_nothing_can_be_changed_the_page_says_why_and_keeps_what_was_typed(cast, browser, state, words):
    request = state(cast)

    answer = send(browser, request, "story", what_happens=NEW)

    assert (answer.status_code, words in text_of(answer), NEW in text_of(answer)) == (422, True, True)
    assert page(browser, request, "story").status_code == 403
    assert said(request, cast.member) != NEW


def test_nothing_changes_while_everything_stands_still(cast):
    request = journey.received(cast)
    freeze_community(cast.community.pk, side=FreezingSide.DESK, region_id=request.region_id, by=cast.facilitator)

    with pytest.raises(Http404):
        correct_answers(request, version=request.version, what_happens=NEW, by=cast.member)


@pytest.mark.parametrize("person", ["facilitator", "coordinator"])
def test_staff_never_change_the_answers_of_a_community(cast, request, person):
    row = journey.received(cast)

    with pytest.raises(Refused):
        correct_answers(row, version=row.version, what_happens=NEW, by=request.getfixturevalue(person))


def test_somebody_with_its_mandate_corrects_for_the_community(cast, helper_browser):
    request = journey.received(cast)

    assert send(helper_browser, request, "story", what_happens=NEW).status_code == 302
    assert said(request, cast.member) == NEW


def test_a_draft_is_changed_on_its_own_pages_and_other_words_are_no_page(cast, browser):
    draft = journey.draft(cast)

    assert page(browser, draft, "story").url == reverse("community:ask-check", args=[draft.uuid])
    assert page(browser, draft, "nothing").status_code == 404
    with pytest.raises(Refused):
        correct_answers(draft, version=draft.version, what_happens=NEW, by=cast.member)


@pytest.mark.promise("P06")
def test_a_receipt_code_in_a_changed_answer_is_refused(cast, browser):
    request = journey.received(cast)

    answer = send(browser, request, "story", what_happens=f"mine is {new_code().digits}")

    assert "There is a receipt code in this text" in text_of(answer)
    assert said(request, cast.member) == journey.ANSWERS["what_happens"]
