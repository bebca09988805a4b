"""Before an ally publishes something: it asks, the community answers, and silence is no yes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from collaborations.actions import answer_output, end_collaboration, put_forward, withdraw_consent
from collaborations.models import Consent, PublicOutput
from collaborations.states import OutputStatus
from collaborators.actions import freeze_community
from collaborators.models import FreezingSide
from cre.core.access import acting_as
from cre.core.ledger.models import LedgerEntry
from tests import journey
from tests.community.test_weight import MOST_QUERIES, statements
from tests.community.walking import text_of
from tests.conftest import as_owner, log_in
from tests.journey import fresh, request_of

pytestmark = pytest.mark.django_db
WORDS = "Herders ask a bank."


@pytest.fixture
def output(cast):
    return journey.put(cast, journey.introduced(cast))


@pytest.fixture
def work(cast, output):
    return output.collaboration


@pytest.fixture
def desk_browser(client, cast):
    return log_in(client, cast.facilitator)


def page_of(output):
    return f"/community/outputs/{output.uuid}/"


def status_of(output):
    with as_owner():
        return PublicOutput.objects.get(pk=output.pk).status


def agreed(cast, output):
    return answer_output(output, version=output.version, answer=OutputStatus.AGREED, by=cast.member)


# --- The ally asks -------------------------------------------------------------------------------------
def typed(days=30, **words):
    return {
        "once": uuid4(), "text": WORDS, "where": "Our website",
        "appears_on": timezone.localdate() + timedelta(days=days), **words,
    }  # fmt: skip


def test_an_ally_puts_a_text_forward_and_reads_that_silence_is_no_yes(cast, ally_browser):
    address = f"/ally/collaborations/{journey.introduced(cast).uuid}/outputs/"

    ally_browser.post(address, typed())

    page = text_of(ally_browser.get(address))
    assert "waits for an answer" in page
    assert "Silence is not a yes." in page


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "wrong", [{"days": 0}, {"days": 900}, {"text": ""}, {"where": "x" * 301}], ids=["today", "far", "empty", "long"]
)
def test_what_cannot_be_put_forward_is_kept_on_the_page(cast, ally_browser, wrong):
    address = f"/ally/collaborations/{journey.introduced(cast).uuid}/outputs/"

    page = ally_browser.post(address, typed(**wrong))

    assert page.status_code == 422
    assert "Our website" in page.content.decode() or "x" * 301 in page.content.decode()


def test_a_second_click_asks_once(cast, ally_browser):
    address = f"/ally/collaborations/{journey.introduced(cast).uuid}/outputs/"
    twice = typed()

    for _ in range(2):
        ally_browser.post(address, twice)

    with acting_as(cast.member):
        assert PublicOutput.objects.count() == 1


@pytest.mark.parametrize(("days", "due"), [(30, 7), (3, 3)], ids=["a-week", "before-it-appears"])
def test_the_answer_is_due_within_a_week_and_before_it_appears(cast, days, due):
    output = journey.put(cast, journey.introduced(cast), days=days)

    assert timezone.localdate(output.due_at) == timezone.localdate() + timedelta(days=due)


def test_only_the_ally_puts_something_forward(cast):
    work = journey.introduced(cast)

    with pytest.raises(PermissionDenied):
        put_forward(
            fresh(work, cast.member), text=WORDS, where="x", language="en", once=uuid4(),
            appears_on=timezone.localdate(), by=cast.member,
        )  # fmt: skip


def test_nothing_is_put_forward_once_the_work_has_ended(cast, work):
    end_collaboration(work, version=work.version, by=cast.member)

    with pytest.raises(PermissionDenied):
        journey.put(cast, work)


# --- The community answers -----------------------------------------------------------------------------
def test_it_waits_on_the_start_page_and_is_read_word_for_word(cast, browser, output):
    assert "An ally would like to publish something." in text_of(browser.get("/community/"))

    page = text_of(browser.get(page_of(output)))

    assert WORDS in page
    assert "Our website" in page
    assert "If you say nothing, that is not a yes" in page


@pytest.mark.parametrize("answer", ["agreed", "change", "refused"])
def test_the_ally_and_the_desk_read_the_answer(cast, browser, ally_browser, desk_browser, output, answer):
    browser.post(page_of(output), {"version": output.version, "decision": answer, "words": "Leave the lake out."})

    words = str(OutputStatus(answer).label)
    for page in (
        ally_browser.get(f"/ally/collaborations/{output.collaboration.uuid}/outputs/"),
        desk_browser.get(f"/desk/collaborations/{output.collaboration.uuid}/"),
    ):
        assert words in text_of(page)
        assert "Leave the lake out." in text_of(page)


def test_silence_is_shown_as_no_yes_on_both_sides(cast, browser, ally_browser, output):
    with as_owner():
        PublicOutput.objects.filter(pk=output.pk).update(due_at=timezone.now() - timedelta(days=1))

    for page in (
        browser.get(page_of(output)),
        ally_browser.get(f"/ally/collaborations/{output.collaboration.uuid}/outputs/"),
    ):
        assert "no answer in time: this is not a yes" in text_of(page)
    assert status_of(output) == OutputStatus.WAITING


def test_a_yes_can_be_taken_back(cast, browser, output):
    output = fresh(agreed(cast, output), cast.member)

    browser.post(page_of(output), {"version": output.version, "decision": "refused"})

    assert status_of(output) == OutputStatus.REFUSED


def test_a_no_stays_a_no(cast, output):
    answer_output(output, version=output.version, answer=OutputStatus.REFUSED, by=cast.member)

    with pytest.raises(PermissionDenied):
        agreed(cast, fresh(output, cast.member))


def test_somebody_with_only_a_mandate_does_not_answer_as_the_community(cast, output, supporter):
    with pytest.raises(PermissionDenied):
        answer_output(fresh(output, supporter), version=1, answer=OutputStatus.AGREED, by=supporter)


@pytest.mark.promise("P10")
def test_an_ally_cannot_give_the_answer_itself_whatever_the_code_does(cast, output):
    with acting_as(cast.ally):
        assert PublicOutput.objects.filter(pk=output.pk).update(status="agreed") == 0
        row = PublicOutput.objects.get(pk=output.pk)
        row.pk, row.uuid, row.status = None, uuid4(), "agreed"
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save_base(force_insert=True)


# --- By voice ------------------------------------------------------------------------------------------
SPOKEN = {"how": "voice", "said_by": "the elder", "language": "sw", "read_back": "The text, in Swahili."}


def test_the_desk_writes_down_what_the_community_said(cast, desk_browser, browser, output):
    desk_browser.post(
        f"/desk/outputs/{output.uuid}/voice/", {"version": output.version, "decision": "agreed", "words": ""} | SPOKEN
    )

    with acting_as(cast.member):
        found = PublicOutput.objects.get()
        assert [found.status, found.form, found.said_by, found.read_back] == [
            "agreed", "voice", "the elder", "The text, in Swahili.",
        ]  # fmt: skip
    request = request_of(output.collaboration, cast.member)
    assert "given by voice, was written down" in text_of(browser.get(f"/community/requests/{request.uuid}/"))


def test_without_who_said_it_nothing_is_written_down(cast, desk_browser, output):
    page = desk_browser.post(
        f"/desk/outputs/{output.uuid}/voice/", {"version": 1, "decision": "agreed"} | SPOKEN | {"said_by": ""}
    )

    assert page.status_code == 422
    assert status_of(output) == OutputStatus.WAITING


# --- What ends it --------------------------------------------------------------------------------------
@pytest.mark.promise("P11")
@pytest.mark.parametrize("is_agreed", [False, True], ids=["waiting", "agreed"])
def test_the_end_of_the_work_ends_what_is_open(cast, work, output, is_agreed):
    if is_agreed:
        agreed(cast, output)
    end_collaboration(work, version=work.version, by=cast.member)

    assert status_of(output) == OutputStatus.ENDED


@pytest.mark.promise("P11")
def test_a_consent_that_is_taken_back_ends_what_is_open(cast, output):
    with acting_as(cast.member):
        consent = Consent.objects.get(about=Consent.About.DISCLOSE)
    withdraw_consent(consent, by=cast.member)

    assert status_of(output) == OutputStatus.ENDED


@pytest.mark.promise("P11")
def test_a_freeze_ends_what_is_open_and_hides_it_from_the_ally(cast, output):
    freeze_community(
        cast.community.pk, side=FreezingSide.DESK, region_id=cast.community.region_id, reason="A phone.",
        by=cast.facilitator,
    )  # fmt: skip

    assert status_of(output) == OutputStatus.ENDED
    with acting_as(cast.ally):
        assert not PublicOutput.objects.exists()


def test_what_has_appeared_with_a_yes_stays_a_yes(cast, work, output):
    agreed(cast, output)
    with as_owner():
        PublicOutput.objects.filter(pk=output.pk).update(appears_on=timezone.localdate() - timedelta(days=1))
    end_collaboration(work, version=work.version, by=cast.member)

    assert status_of(output) == OutputStatus.AGREED


def test_what_was_answered_with_a_no_stays_a_no(cast, work, output):
    answer_output(output, version=output.version, answer=OutputStatus.REFUSED, by=cast.member)
    end_collaboration(work, version=work.version, by=cast.member)

    assert status_of(output) == OutputStatus.REFUSED


# --- Who else ------------------------------------------------------------------------------------------
@pytest.mark.promise("P13")
def test_who_reads_it_at_the_desk_stands_in_the_ledger_of_its_request(cast, desk_browser, output):
    desk_browser.get(f"/desk/collaborations/{output.collaboration.uuid}/")

    with as_owner():
        entry = LedgerEntry.objects.filter(object_label="collaborations.PublicOutput", role="facilitator").get()
    request = request_of(output.collaboration, cast.member)
    assert [entry.request_uuid, entry.community_id] == [request.uuid, cast.community.pk]


def test_the_page_asks_no_more_than_its_share(cast, browser, output):
    assert len(statements(browser, page_of(output))) <= MOST_QUERIES
    assert len(statements(browser, f"/community/collaborations/{output.collaboration.uuid}/")) <= MOST_QUERIES
