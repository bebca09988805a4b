"""The desk asks for an interpreter: one text, a look for conflicts first, and whom it can never ask."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.html import escape

from collaborations.actions import ask_interpreter, write_message
from collaborations.models import InternalNote, InterpreterTask
from cre.core.access import acting_as
from tests import journey
from tests.conftest import as_owner, holder, roster_entry
from tests.interpreting.walking import TEXT, wish
from tests.journey import fresh

pytestmark = pytest.mark.django_db


def typed(person, languages, **other):
    """The form, filled in."""
    usual = wish(person, languages)
    names = ("text", "from_language", "to_language", "due_on", "once")
    return {name: usual[name] for name in names} | {
        "interpreter": f"{languages.uuid}.{person.uuid}", "knows_nobody": "on", "list_was_read": "on",
    } | other  # fmt: skip


def count_tasks():
    with as_owner():
        return InterpreterTask.objects.count()


def refuses(cast, request, interpreter, languages, **other):
    with pytest.raises(PermissionDenied):
        ask_interpreter(request, by=cast.facilitator, **wish(interpreter, languages, **other))
    return count_tasks() == 0


# --- The page ------------------------------------------------------------------------------------------
def test_the_facilitator_asks_and_reads_that_the_community_decides(at_desk, request_, interpreter, languages):
    at_desk.post("interpreter-ask", request_.uuid, **typed(interpreter, languages))

    page = at_desk.reads("request-interpreting", request_.uuid)
    assert "waits for the community" in page
    assert "Two Tongues" in page
    assert TEXT in page


def test_who_must_not_see_it_stands_beside_the_question(cast, at_desk, interpreter):
    request = journey.accepted(cast, not_to_see="The teacher of the lower school", not_to_contact="Red Hill")

    page = at_desk.reads("interpreter-ask", request.uuid)

    assert "The teacher of the lower school" in page
    assert "Red Hill" in page


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("happens", journey.ANSWERS["what_happens"]),
        ("need", journey.ANSWERS["need"]),
        ("message", "Please call after dark."),
        ("brief", journey.BRIEF["text"]),
        ("anything", ""),
        ("", ""),
    ],
)
def test_the_text_is_copied_from_what_is_there(cast, at_desk, interpreter, source, words):
    request = journey.approved(cast)
    for author, text in ((cast.member, "Please call after dark."), (cast.facilitator, "We will.")):
        write_message(request, text=text, language="en", once=uuid4(), by=author)

    page = at_desk.reads("interpreter-ask", request.uuid, source=source)

    assert page.partition('name="text"')[2].partition(">")[2].partition("</textarea>")[0].strip() == escape(words)


def test_from_what_is_not_there_nothing_is_copied(at_desk, request_, interpreter):
    for source in ("message", "brief"):
        page = at_desk.reads("interpreter-ask", request_.uuid, source=source)
        assert page.partition('name="text"')[2].partition(">")[2].partition("</textarea>")[0].strip() == ""


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "wrong",
    [
        {"knows_nobody": ""}, {"list_was_read": ""}, {"to_language": "en"}, {"interpreter": "nobody"}, {"text": " "},
        {"due_on": timezone.localdate() - timedelta(days=1)}, {"due_on": timezone.localdate() + timedelta(days=31)},
    ],
    ids=["unchecked", "unread", "same-language", "nobody", "empty", "past", "far"],
)  # fmt: skip
def test_what_cannot_be_asked_is_kept_on_the_page(at_desk, request_, interpreter, languages, wrong):
    page = at_desk.post("interpreter-ask", request_.uuid, **typed(interpreter, languages, doubt="A cousin?", **wrong))

    assert page.status_code == 422
    assert "A cousin?" in page.content.decode()
    assert count_tasks() == 0


@pytest.mark.parametrize("name", ["interpreter-ask", "interpreting-voice", "interpreting-end"])
def test_the_coordinator_reads_it_but_neither_asks_nor_answers_nor_ends(at, coordinator, task, name):
    about = task.request if name == "interpreter-ask" else task

    assert at(coordinator).get(name, about.uuid).status_code == 403


def test_a_second_click_asks_once(at_desk, request_, interpreter, languages):
    twice = typed(interpreter, languages)

    for _ in range(2):
        at_desk.post("interpreter-ask", request_.uuid, **twice)

    assert count_tasks() == 1


def test_a_doubt_is_kept_as_a_note_of_staff(cast, at_desk, request_, interpreter, languages):
    at_desk.post("interpreter-ask", request_.uuid, **typed(interpreter, languages, doubt="Born in the next valley."))

    with acting_as(cast.facilitator):
        assert InternalNote.objects.get().text == "Born in the next valley."


# --- Whom it can ask -----------------------------------------------------------------------------------
def test_only_people_of_the_roster_who_interpret_are_offered(cast, at_desk, request_, interpreter, other_ally):
    page = at_desk.reads("interpreter-ask", request_.uuid)

    assert "Two Tongues" in page
    assert "Hill Research House" not in page


def test_of_an_entry_with_several_people_each_is_told_apart(at_desk, coordinator, request_, interpreter, languages):
    assert interpreter.email not in at_desk.reads("interpreter-ask", request_.uuid)

    holder("second-tongue", languages, "speak_for", coordinator)

    assert interpreter.email in at_desk.reads("interpreter-ask", request_.uuid)


@pytest.mark.promise("P12")
def test_who_belongs_to_an_ally_of_the_request_is_never_asked(cast, coordinator, at_desk):
    entry = roster_entry("Both Sides", coordinator, skills=["interpreting"])
    both = holder("both", entry, "speak_for", coordinator)
    introduction = journey.offered(journey.Cast(cast.member, cast.community, cast.facilitator, entry, both))
    request = journey.request_of(introduction, cast.facilitator)

    assert refuses(cast, request, both, entry)
    assert "Both Sides" not in at_desk.reads("interpreter-ask", request.uuid)


def test_whom_the_community_named_as_not_to_contact_is_never_asked(cast, interpreter, languages):
    request = journey.accepted(cast, not_to_contact="Not the two tongues, please.")

    assert refuses(cast, request, interpreter, languages)


@pytest.mark.parametrize("why", ["disabled", "suspended", "public-only", "no-skill", "other-entry"])
def test_who_cannot_interpret_now_is_not_asked(cast, coordinator, request_, interpreter, languages, collaborator, why):
    with as_owner():
        if why == "disabled":
            type(interpreter).objects.filter(pk=interpreter.pk).update(is_active=False)
        elif why == "suspended":
            type(languages).objects.filter(pk=languages.pk).update(status="suspended")
        elif why == "public-only":
            type(languages).objects.filter(pk=languages.pk).update(access_level=1)
        elif why == "no-skill":
            type(languages.facets).objects.filter(pk=languages.facets.pk).update(skills=["mapping"])
    entry = collaborator if why == "other-entry" else languages

    assert refuses(cast, request_, interpreter, entry)


def test_without_a_look_for_conflicts_nobody_is_asked(cast, request_, interpreter, languages):
    assert refuses(cast, request_, interpreter, languages, no_conflict=False)


@pytest.mark.parametrize("days", [-1, 31])
def test_nobody_is_asked_for_a_day_that_is_past_or_far(cast, request_, interpreter, languages, days):
    assert refuses(cast, request_, interpreter, languages, due_on=timezone.localdate() + timedelta(days=days))


@pytest.mark.parametrize("person", ["member", "coordinator", "focal_person", "other_facilitator"])
def test_only_the_facilitator_of_the_region_asks(cast, request, request_, interpreter, languages, person):
    asker = request.getfixturevalue(person)

    with pytest.raises((PermissionDenied, Http404)):
        ask_interpreter(fresh(request_, cast.member), by=asker, **wish(interpreter, languages))

    assert count_tasks() == 0


def test_nobody_is_asked_for_a_request_that_is_over(cast, interpreter, languages):
    request = journey.declined(cast)
    with as_owner():
        type(request).objects.filter(pk=request.pk).update(closed_at=timezone.now())

    assert refuses(cast, request, interpreter, languages)
