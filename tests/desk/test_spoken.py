"""What a community decided by voice, written down at the desk: carried out as its own act, and kept with its words."""

import gzip

import pytest
from django.core.exceptions import PermissionDenied

from collaborations.actions import end_collaboration, pause_collaboration, resume_collaboration, say_wish
from collaborations.events import Event
from collaborations.models import Consent, Disclosure, SecondLook, SpokenDecision, TimelineEntry, Wish
from collaborations.models.talk import Side
from collaborations.states import CollaborationStatus, IntroductionStatus, RequestStatus
from collaborators.actions import change_directory
from cre.core.access import acting_as
from cre.core.vocabularies import EndReason
from tests import journey
from tests.community.walking import signed_in, text_of
from tests.conftest import EMAIL
from tests.desk.speaking import OF_THE_ELDER, SAID, VOICE, kept_of
from tests.journey import fresh, request_of

pytestmark = pytest.mark.django_db
What = SpokenDecision.What


@pytest.fixture
def work(cast):
    return journey.introduced(cast)


@pytest.fixture
def request_(cast, work):
    """The request behind the work."""
    return request_of(work, cast.facilitator)


@pytest.fixture
def browser(cast):
    return signed_in(cast.member)


@pytest.fixture
def desk(cast, at):
    return at(cast.facilitator)


def said(row, **data):
    return {**VOICE, "version": row.version, **data}


def events_of(request, user):
    with acting_as(user):
        return list(TimelineEntry.objects.filter(request=request).values_list("event", "side").order_by("pk"))


# --- The work together ---------------------------------------------------------------------------------
def test_a_pause_is_the_communitys_own(cast, desk, work, request_):
    desk.post("spoken-pause", work.uuid, **said(work))

    assert fresh(work, cast.member).is_resting
    assert events_of(request_, cast.member)[-2:] == [
        (Event.RECORDED_BY_VOICE, Side.DESK),
        (Event.COLLABORATION_PAUSED, Side.COMMUNITY),
    ]


def test_the_community_goes_on_by_voice(cast, desk, work):
    resting = pause_collaboration(work, version=work.version, by=cast.member)
    desk.post("spoken-resume", work.uuid, **said(resting))

    assert not fresh(work, cast.member).is_resting
    assert kept_of(cast) == [(What.RESUME, *SAID)]


def test_an_end_by_voice_is_the_communitys_and_needs_no_reason(cast, desk, work):
    desk.post("spoken-end", work.uuid, **said(work))

    ended = fresh(work, cast.member)
    assert (ended.status, ended.ended_by_side, ended.end_reason) == (
        CollaborationStatus.CLOSED,
        Side.COMMUNITY,
        EndReason.NOT_SAID,
    )
    with acting_as(cast.member):
        assert not Disclosure.objects.exists()


def test_a_reason_and_a_last_word_are_kept_if_they_said_them(cast, desk, work):
    desk.post("spoken-end", work.uuid, **said(work, reason=EndReason.DONE, words="Thank you."))

    with acting_as(cast.member):
        ended = fresh(work, cast.member)
        assert (ended.end_reason, ended.parting_words) == (EndReason.DONE, "Thank you.")


# --- What they allowed, and the request ----------------------------------------------------------------
def test_what_was_allowed_is_taken_back_by_voice_at_once(cast, desk, work, request_):
    with acting_as(cast.member):
        given = Consent.objects.get(about=Consent.About.DISCLOSE)
    desk.post("spoken-consent", given.uuid, **said(request_))

    with acting_as(cast.ally):
        assert not Disclosure.objects.exists()
    with acting_as(cast.member):
        assert Consent.objects.get(withdraws=given).form == "assembly"


def test_that_we_keep_the_request_ends_only_with_the_request(cast, desk, work, request_):
    with acting_as(cast.member):
        kept = Consent.objects.get(about=Consent.About.KEEP)

    assert desk.post("spoken-consent", kept.uuid, **said(request_)).status_code == 403


def test_a_request_is_taken_back_by_voice_with_everything_that_came_of_it(cast, desk, work, request_):
    request = request_of(work, cast.facilitator)
    desk.post("spoken-withdraw", request.uuid, **said(request))

    assert request_of(work, cast.member).status == RequestStatus.WITHDRAWN
    assert fresh(work, cast.member).ended_by_side == Side.COMMUNITY
    with acting_as(cast.ally):
        assert not Disclosure.objects.exists()


def test_an_ally_is_left_out_by_voice(cast, desk):
    willing = journey.willing(cast)
    desk.post("spoken-refuse", willing.uuid, **said(willing))

    assert fresh(willing, cast.member).status == IntroductionStatus.NOT_CHOSEN


def test_a_second_look_is_asked_for_by_voice(cast, desk):
    request = journey.declined(cast)
    desk.post("spoken-look", request.uuid, **said(request, words="You heard only one of us."))

    with acting_as(cast.member):
        assert [look.words for look in SecondLook.objects.all()] == ["You heard only one of us."]


# --- Whom they would like -----------------------------------------------------------------------------
@pytest.fixture
def listed(cast):
    entry = fresh(cast.collaborator, cast.ally)
    return change_directory(entry, version=entry.version, is_shown=True, by=cast.ally)


@pytest.mark.parametrize("kind", Wish.Kind.values)
def test_what_they_say_of_an_ally_is_written_down_in_their_name(cast, desk, listed, kind):
    request = journey.accepted(cast)
    desk.post("spoken-wish", request.uuid, **said(request, ally=listed.uuid, decision=kind, reason="They came."))

    with acting_as(cast.member):
        assert [(wish.kind, wish.reason) for wish in Wish.objects.all()] == [(kind, "They came.")]


def test_what_they_said_of_an_ally_is_changed_and_taken_back_by_voice(cast, desk, listed):
    request = journey.accepted(cast)
    say_wish(request, listed, kind=Wish.Kind.WANTED, by=cast.member)
    desk.post("spoken-wish", request.uuid, **said(request, ally=listed.uuid, decision="known"))
    with acting_as(cast.member):
        assert [wish.kind for wish in Wish.objects.all()] == ["known"]

    desk.post("spoken-wish", request.uuid, **said(request, ally=listed.uuid, decision="none"))
    with acting_as(cast.member):
        assert not Wish.objects.exists()


def test_nobody_is_wished_for_before_the_desk_has_taken_the_request_on(cast, desk, listed):
    request = journey.clarifying(cast)

    answer = desk.post("spoken-wish", request.uuid, **said(request, ally=listed.uuid, decision="wanted"))

    assert answer.status_code == 403


# --- What is kept --------------------------------------------------------------------------------------
def test_who_said_it_and_what_was_read_back_are_kept_once(cast, desk, work):
    assert [desk.post("spoken-end", work.uuid, **said(work)).status_code for _ in range(2)] == [302, 302]

    assert kept_of(cast) == [(What.END, *SAID)]
    with acting_as(cast.member):
        (kept,) = SpokenDecision.objects.all()
    assert (kept.introduction_id, kept.recorded_by_id) == (work.introduction_id, cast.facilitator.pk)


def test_the_community_reads_what_was_read_back(cast, browser, desk, work):
    desk.post("spoken-pause", work.uuid, **said(work))
    page = text_of(browser.get("/community/consents/"))

    assert [words in page for words in ("What you decided by voice", "the elder", "You let the work", SAID[3])] == [
        True
    ] * 4


def test_what_was_read_back_keeps_the_page_light_however_often(cast, browser, desk, work, request_):
    for _ in range(3):
        work = fresh(work, cast.facilitator)
        pause_collaboration(work, version=work.version, voice=OF_THE_ELDER, by=cast.facilitator)
        work = fresh(work, cast.facilitator)
        resume_collaboration(work, version=work.version, voice=OF_THE_ELDER, by=cast.facilitator)
    page = browser.get("/community/consents/").content

    assert (page.decode().count(SAID[3]), "What is older" in page.decode()) == (5, True)
    assert len(gzip.compress(page)) < 4096


def test_the_community_takes_it_along(cast, browser, desk, work):
    desk.post("spoken-pause", work.uuid, **said(work))

    taken = browser.post("/community/everything/", {"way": "data", "is_understood": "on"})

    assert [words in taken.content.decode() for words in (SAID[1], SAID[3])] == [True, True]


def test_the_desk_and_the_coordinator_read_it(cast, coordinator, at, desk, work, request_):
    desk.post("spoken-pause", work.uuid, **said(work))

    for person in (cast.facilitator, coordinator):
        assert SAID[3] in at(person).reads("spoken", request_.uuid)


def test_the_ally_learns_nothing_of_how_it_was_said(cast, desk, work):
    desk.post("spoken-pause", work.uuid, **said(work))

    with acting_as(cast.ally):
        assert not SpokenDecision.objects.exists()
    assert "written down" not in text_of(signed_in(cast.ally, EMAIL).get(f"/ally/collaborations/{work.uuid}/"))


def test_what_the_community_does_itself_needs_no_such_record(cast, work):
    end_collaboration(work, version=work.version, by=cast.member)

    assert kept_of(cast) == []


# --- The pages -----------------------------------------------------------------------------------------
def test_one_page_leads_to_every_decision_that_is_open(cast, desk, work, request_):
    page = desk.reads("spoken", request_.uuid)

    for words in ("need a pause with Lake Law", "end the work with", "take back: This ally may", "take their request"):
        assert words in page
    assert "another person looks" not in page


def test_the_request_and_the_collaboration_lead_there(cast, desk, work, request_):
    address = f"/desk/requests/{request_.uuid}/spoken/"

    for name, uuid in (("request", request_.uuid), ("collaboration", work.uuid)):
        assert address in desk.reads(name, uuid)


def test_without_who_said_it_nothing_is_written_down_and_nothing_is_lost(cast, desk, work):
    answer = desk.post("spoken-end", work.uuid, **said(work, said_by=""))

    assert (answer.status_code, SAID[3] in answer.content.decode()) == (422, True)
    assert fresh(work, cast.member).is_open


def test_a_page_that_is_old_is_asked_again(cast, desk, work):
    old = said(work)
    pause_collaboration(work, version=work.version, by=cast.member)

    assert desk.post("spoken-end", work.uuid, **old).status_code == 409
    assert fresh(work, cast.member).is_open


def test_the_coordinator_and_the_ally_write_down_nothing(cast, coordinator, at, work):
    assert at(coordinator).post("spoken-end", work.uuid, **said(work)).status_code == 403
    for user in (coordinator, cast.ally, cast.member):
        with pytest.raises(PermissionDenied):
            end_collaboration(work, version=work.version, voice=OF_THE_ELDER, by=user)
    assert fresh(work, cast.member).is_open
