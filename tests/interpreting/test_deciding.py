"""The community reads who would read exactly what and until when, and decides; also by voice, and back again."""

import gzip

import pytest
from django.core.exceptions import PermissionDenied

from collaborations.actions import allow_interpreter, refuse_interpreter
from collaborations.models import Consent, InterpreterTask
from collaborations.portable.interpreting import interpreted
from collaborations.states import InterpretingStatus
from cre.core.access import acting_as, current_scope
from cre.core.vault import load_keys
from tests.community.test_weight import MOST_BYTES, MOST_QUERIES, statements
from tests.community.walking import text_of
from tests.conftest import as_owner
from tests.interpreting.walking import TEXT, asked, seen_by

pytestmark = pytest.mark.django_db
SPOKEN = {"how": "voice", "said_by": "the elder", "language": "sw", "read_back": "The text, in Swahili."}


def page_of(task):
    return f"/community/interpreters/{task.uuid}/"


def now(task):
    with as_owner():
        return InterpreterTask.objects.get(pk=task.pk)


def answer(browser, task, decision):
    return browser.post(page_of(task), {"version": now(task).version, "decision": decision})


# --- What it reads before ------------------------------------------------------------------------------
def test_it_waits_on_the_page_of_the_community_and_of_the_request(browser, task):
    assert "An interpreter would read one text of yours." in text_of(browser.get("/community/"))
    assert "An interpreter would read one text of yours." in text_of(
        browser.get(f"/community/requests/{task.request.uuid}/")
    )


@pytest.mark.promise("P11")
def test_it_reads_exactly_what_would_be_read_and_by_whom(browser, task):
    page = text_of(browser.get(page_of(task)))

    assert TEXT in page
    assert "Somebody of our roster" in page
    assert "Two Tongues" not in page
    assert "From English into Swahili" in page


def test_it_reads_how_it_stands_from_its_own_side(browser, task):
    assert "waits for you" in text_of(browser.get(page_of(task)))
    answer(browser, task, "no")

    assert "you said no" in text_of(browser.get(page_of(task)))
    assert "you said no" in text_of(browser.get(f"/community/requests/{task.request.uuid}/"))


def test_it_reads_the_name_of_an_entry_that_shows_it(cast, browser, request_, interpreter, languages):
    with as_owner():
        type(languages).objects.filter(pk=languages.pk).update(shows_name=True)
        languages.refresh_from_db()

    page = text_of(browser.get(page_of(asked(cast, request_, interpreter, languages))))

    assert "Two Tongues" in page


def test_nobody_reads_the_text_before_the_yes(their_browser, task):
    assert their_browser.get(f"/ally/interpreting/{task.uuid}/").status_code == 404
    assert "Texts to translate" not in text_of(their_browser.get("/ally/"))


# --- Yes and no ----------------------------------------------------------------------------------------
@pytest.mark.promise("P11")
def test_a_yes_is_on_record_until_the_day_that_was_asked(cast, browser, task):
    answer(browser, task, "yes")

    with acting_as(cast.member):
        consent = Consent.objects.get(about=Consent.About.INTERPRET)
    assert [consent.is_given, consent.form, consent.until, consent.request_id] == [
        True, "portal", task.due_at, task.request_id,
    ]  # fmt: skip
    assert [now(task).status, now(task).consent_id] == ["allowed", consent.pk]
    assert "An interpreter may read one text of ours" in text_of(browser.get("/community/consents/"))


def test_the_interpreter_is_told_without_content(their_browser, browser, task, deliver, mailoutbox):
    answer(browser, task, "yes")
    deliver()

    assert "A text waits for your translation. It has a date." in text_of(their_browser.get("/ally/"))
    mails = [mail for mail in mailoutbox if mail.to == ["interpreter@test.example"]]
    assert len(mails) == 1
    assert "grazing" not in mails[0].body


def test_the_desk_is_told_of_the_answer(at_desk, browser, task, deliver):
    answer(browser, task, "no")
    deliver()

    assert "A community answered about an interpreter." in at_desk.reads("home")


def test_a_no_needs_no_reason_and_the_interpreter_learns_nothing(cast, their_browser, browser, task, deliver):
    answer(browser, task, "no")
    deliver()

    assert now(task).status == "refused"
    assert their_browser.get(f"/ally/interpreting/{task.uuid}/").status_code == 404
    assert "translat" not in text_of(their_browser.get("/ally/"))
    with acting_as(cast.member):
        assert not Consent.objects.filter(about=Consent.About.INTERPRET).exists()


@pytest.mark.parametrize("decision", ["yes", "no"])
def test_a_second_click_changes_nothing(browser, task, decision):
    first = answer(browser, task, decision)
    again = browser.post(page_of(task), {"version": task.version, "decision": decision})

    assert [first.status_code, again.status_code] == [302, 302]
    assert now(task).version == task.version + 1


def test_a_no_stays_a_no(cast, task):
    refuse_interpreter(task, version=task.version, by=cast.member)

    with pytest.raises(PermissionDenied):
        allow_interpreter(now(task), version=now(task).version, by=cast.member)


@pytest.mark.parametrize("act", [allow_interpreter, refuse_interpreter])
def test_after_its_day_nothing_is_answered(cast, task, act):
    with as_owner():
        InterpreterTask.objects.filter(pk=task.pk).update(due_at=task.asked_at)

    with pytest.raises(PermissionDenied):
        act(seen_by(cast.member, task), version=task.version, by=cast.member)


@pytest.mark.parametrize("act", [allow_interpreter, refuse_interpreter])
def test_the_desk_does_not_answer_for_the_community(cast, task, act):
    with pytest.raises(PermissionDenied):
        act(seen_by(cast.facilitator, task), version=task.version, by=cast.facilitator)


def test_what_is_no_answer_is_refused_and_the_page_stays(browser, task):
    page = browser.post(page_of(task), {"version": 1, "decision": "perhaps"})

    assert page.status_code == 422
    assert TEXT in page.content.decode()


# --- Back again ----------------------------------------------------------------------------------------
@pytest.mark.promise("P11")
def test_a_yes_that_is_taken_back_ends_the_access_at_once(browser, their_browser, given):
    assert their_browser.get(f"/ally/interpreting/{given.uuid}/").status_code == 200

    answer(browser, given, "end")

    assert their_browser.get(f"/ally/interpreting/{given.uuid}/").status_code == 404
    assert now(given).status == "ended"
    assert "taken back" in text_of(browser.get("/community/consents/"))


@pytest.mark.promise("P11")
def test_the_same_from_the_page_of_consents(browser, their_browser, given):
    with as_owner():
        consent = now(given).consent
    page = browser.get(f"/community/consents/{consent.uuid}/withdraw/")
    assert "The interpreter can no longer read this text, from this moment." in text_of(page)

    browser.post(f"/community/consents/{consent.uuid}/withdraw/")

    assert their_browser.get(f"/ally/interpreting/{given.uuid}/").status_code == 404
    assert "An interpreter no longer reads your text." in text_of(
        browser.get(f"/community/requests/{given.request.uuid}/")
    )


# --- By voice ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("decision", "status"), [("yes", "allowed"), ("no", "refused")])
def test_the_desk_writes_down_what_the_community_said(cast, at_desk, browser, task, decision, status):
    assert TEXT in at_desk.reads("interpreting-voice", task.uuid)

    at_desk.post("interpreting-voice", task.uuid, version=task.version, decision=decision, **SPOKEN)

    assert now(task).status == status
    assert "given by voice, was written down" in text_of(browser.get(f"/community/requests/{task.request.uuid}/"))


@pytest.mark.promise("P11")
def test_a_spoken_yes_keeps_who_said_it_and_what_was_read_back(cast, at_desk, task):
    at_desk.post("interpreting-voice", task.uuid, version=task.version, decision="yes", **SPOKEN)

    with acting_as(cast.member):
        consent = Consent.objects.get(about=Consent.About.INTERPRET)
        load_keys([consent])
        assert [consent.form, consent.said_by, consent.read_back] == ["voice", "the elder", "The text, in Swahili."]


def test_without_who_said_it_nothing_is_written_down(at_desk, task):
    page = at_desk.post("interpreting-voice", task.uuid, version=1, decision="yes", **(SPOKEN | {"said_by": ""}))

    assert page.status_code == 422
    assert now(task).status == "asked"


def test_what_was_answered_is_not_written_down_again(at_desk, given):
    page = at_desk.post("interpreting-voice", given.uuid, version=given.version, decision="no", **SPOKEN)

    assert page.status_code == 302
    assert now(given).status == InterpretingStatus.ALLOWED


# --- The rest ------------------------------------------------------------------------------------------
def test_the_pages_weigh_no_more_than_their_share(browser, task):
    for address in (page_of(task), "/community/", f"/community/requests/{task.request.uuid}/"):
        assert len(statements(browser, address)) <= MOST_QUERIES, address
        assert len(gzip.compress(browser.get(address).content)) <= MOST_BYTES, address


def test_the_community_takes_its_text_along(cast, given):
    with acting_as(cast.member):
        (record,) = interpreted(current_scope(), cast.community)
        told = {fact.code: fact.words for fact in record.facts}

    assert told["text"] == TEXT
    assert told["status"] == "the interpreter has the text"
    assert told["to_language"] == "Swahili"
