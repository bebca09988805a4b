"""The interpreter reads one text, translates it and gives it back; then it is gone for them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.utils import timezone

from collaborations.actions import keep_translation
from collaborations.models import InterpreterTask
from cre.core.access import Stale, acting_as
from cre.core.ledger.models import LedgerEntry
from tests.ally.test_offers import CANARIES
from tests.collaborators.proofs import asks_for_proof
from tests.community.walking import text_of
from tests.conftest import as_owner, holder, log_in
from tests.interpreting.walking import TEXT, TRANSLATION, allowed
from tests.journey import ANSWERS, accepted

pytestmark = pytest.mark.django_db


def page_of(task):
    return f"/ally/interpreting/{task.uuid}/"


def send(browser, task, decision="ready", **typed):
    sent = {"version": now(task).version, "translation": TRANSLATION, "decision": decision} | typed
    return browser.post(page_of(task), sent)


def now(task):
    with as_owner():
        return InterpreterTask.objects.get(pk=task.pk)


def keep(task, by, **other):
    usual = {"version": task.version, "translation": TRANSLATION, "is_ready": True}
    return keep_translation(task, by=by, **(usual | other))


# --- What is read --------------------------------------------------------------------------------------
@pytest.mark.promise("P12")
def test_the_interpreter_reads_the_one_text_and_nothing_of_whose_it_is(
    cast, monkeypatch, their_browser, interpreter, languages
):
    monkeypatch.setattr("tests.journey.ANSWERS", ANSWERS | CANARIES)
    request = accepted(cast)
    task = allowed(cast, request, interpreter, languages)

    page = their_browser.get(page_of(task)).content.decode()

    assert TEXT in page
    assert "From English into Swahili" in page
    secrets = (*CANARIES.values(), "Riverbend", "+000", "Kenya", "Africa", str(request.uuid), str(cast.community.uuid))
    assert [word for word in secrets if word in page] == []


def test_the_start_page_lists_it_with_its_date(their_browser, given):
    assert "Texts to translate" in text_of(their_browser.get("/ally/"))
    assert page_of(given) in their_browser.get("/ally/").content.decode()


@pytest.mark.promise("P12")
def test_the_interpreter_opens_nothing_else(their_browser, given):
    for address in (
        f"/desk/requests/{given.request.uuid}/", f"/community/requests/{given.request.uuid}/",
        f"/community/interpreters/{given.uuid}/", f"/desk/interpreting/{given.uuid}/end/",
    ):  # fmt: skip
        assert their_browser.get(address).status_code == 404


def test_a_colleague_of_the_interpreter_reads_nothing(coordinator, given, languages):
    colleague = holder("second-tongue", languages, "speak_for", coordinator)

    assert log_in(Client(), colleague).get(page_of(given)).status_code == 404


@pytest.mark.promise("P18")
def test_without_a_second_factor_nothing_is_read(interpreter, given):
    unproven = log_in(Client(), interpreter, is_proven=False)

    page = unproven.get(page_of(given))

    assert TEXT not in page.content.decode()
    assert asks_for_proof(page)


@pytest.mark.promise("P18")
def test_once_nothing_is_to_translate_no_second_factor_is_asked(interpreter, their_browser, given):
    send(their_browser, given)

    assert "My page" in text_of(log_in(Client(), interpreter, is_proven=False).get("/ally/"))


def test_of_a_colleague_no_second_factor_is_asked_meanwhile(coordinator, given, languages):
    colleague = holder("second-tongue", languages, "speak_for", coordinator)

    assert "My page" in text_of(log_in(Client(), colleague, is_proven=False).get("/ally/"))


@pytest.mark.promise("P13")
def test_the_reading_is_on_record_and_the_community_reads_of_it(cast, browser, their_browser, given):
    their_browser.get(page_of(given))

    with as_owner():
        entry = LedgerEntry.objects.get(object_label="collaborations.InterpreterTask", role="interpreter")
    assert [entry.request_uuid, entry.community_id] == [given.request.uuid, cast.community.pk]
    page = text_of(browser.get("/community/seen/"))
    assert "An interpreter" in page
    assert "a text for an interpreter, or its translation" in page


# --- What is written -----------------------------------------------------------------------------------
def test_what_is_kept_is_there_again(their_browser, given):
    send(their_browser, given, "keep")

    assert TRANSLATION in their_browser.get(page_of(given)).content.decode()
    assert now(given).status == "allowed"


def test_what_is_only_kept_is_not_shown_to_the_community_as_done(browser, their_browser, given):
    send(their_browser, given, "keep")

    assert TRANSLATION not in browser.get(f"/community/interpreters/{given.uuid}/").content.decode()


@pytest.mark.promise("P11")
def test_given_back_it_is_gone_for_the_interpreter_and_read_by_the_others(cast, at_desk, browser, their_browser, given):
    send(their_browser, given)

    assert their_browser.get(page_of(given)).status_code == 404
    assert page_of(given) not in their_browser.get("/ally/").content.decode()
    assert now(given).status == "done"
    assert TRANSLATION in at_desk.reads("request-interpreting", given.request.uuid)
    assert TRANSLATION in browser.get(f"/community/interpreters/{given.uuid}/").content.decode()
    assert "A translation is ready." in text_of(browser.get(f"/community/requests/{given.request.uuid}/"))


def test_the_desk_is_told_when_it_is_ready(at_desk, their_browser, given, deliver):
    send(their_browser, given)
    deliver()

    assert "A translation is ready." in at_desk.reads("home")


def test_its_history_says_who_gave_it_back(cast, interpreter, their_browser, given):
    send(their_browser, given)

    with as_owner():
        last = given.history.first()
    assert [last.status, last.version, last.history_user_id] == ["done", given.version + 1, interpreter.pk]


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "wrong", [{"translation": ""}, {"translation": "x" * 40_001}, {"decision": "burn"}], ids=["empty", "long", "odd"]
)
def test_what_cannot_be_given_back_is_kept_on_the_page(their_browser, given, wrong):
    page = send(their_browser, given, **wrong)

    assert page.status_code == 422
    assert ("x" * 40_001 if len(wrong.get("translation", "")) > 1 else TEXT) in page.content.decode()
    assert now(given).version == given.version


def test_an_empty_translation_is_refused_by_the_action_too(interpreter, given):
    with pytest.raises(PermissionDenied):
        keep(given, interpreter, translation="  ")


@pytest.mark.promise("P29")
def test_of_two_tabs_the_second_is_told_and_nothing_is_lost(interpreter, given):
    keep(given, interpreter, is_ready=False)

    with pytest.raises(Stale):
        keep(given, interpreter, translation="Something else.")

    assert now(given).version == given.version + 1


@pytest.mark.parametrize("person", ["member", "facilitator", "coordinator", "stranger"])
def test_nobody_but_the_interpreter_writes_the_translation(request, given, person):
    with pytest.raises(Http404):
        keep(given, request.getfixturevalue(person))


# --- Until its day -------------------------------------------------------------------------------------
@pytest.mark.promise("P12")
def test_after_its_day_it_is_gone(at_desk, interpreter, their_browser, given):
    with as_owner():
        InterpreterTask.objects.filter(pk=given.pk).update(due_at=timezone.now() - timedelta(minutes=1))

    assert their_browser.get(page_of(given)).status_code == 404
    with pytest.raises(Http404):
        keep(given, interpreter)
    assert "the time is over" in at_desk.reads("request-interpreting", given.request.uuid)
    with acting_as(interpreter):
        assert not InterpreterTask.objects.exists()


def test_who_does_not_speak_for_the_entry_any_more_reads_nothing(interpreter, their_browser, given, languages):
    with as_owner():
        languages.grants.filter(user=interpreter).update(ends_at=timezone.now())

    with acting_as(interpreter):
        assert not InterpreterTask.objects.exists()
