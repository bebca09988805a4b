"""The brief by its pages: written with warnings, shown after a look at them, decided by the community."""

from uuid import uuid4

import pytest

from collaborations.actions import send_back_brief
from collaborations.models import BriefVersion, Consent
from collaborations.models.requests import RiskLevel, SupportRequest
from collaborations.states import BriefStatus
from cre.core.access import acting_as
from tests import journey
from tests.conftest import as_owner
from tests.journey import fresh, request_of

pytestmark = pytest.mark.django_db

WORDS = {
    "title": "A herding community and a planned plant",
    "text": "A herding community asks for help with the rules of a bank.",
    "language": "en",
    "areas": ["advocacy"],
    "languages": ["en", "sw"],
    "skills": ["bank-advocacy"],
    "sector": "23230",
    "financier": "A bank",
}
NAMED = WORDS | {"text": "The People of Riverbend live near the long lake."}
VOICE = {"how": "assembly", "said_by": "the council of elders", "language": "sw", "read_back": "The whole brief."}


def versions(request, person):
    with acting_as(person):
        return list(BriefVersion.objects.filter(request=request))


def test_a_version_is_written_once_however_often_it_is_stored(cast, at):
    request = journey.accepted(cast)
    desk, data = at(cast.facilitator), WORDS | {"once": uuid4(), "shows_country": "on"}
    answers = [desk.post("brief-write", request.uuid, **data) for _ in range(2)]

    (brief,) = versions(request, cast.facilitator)
    assert [answer.url for answer in answers] == [f"/desk/briefs/{brief.uuid}/propose/"] * 2
    with acting_as(cast.facilitator):
        content = {name: getattr(brief, name) for name in WORDS}
        assert (content, brief.shown_country, brief.status) == (WORDS, "KE", BriefStatus.DRAFT)


def test_without_the_tick_only_the_region_is_shown(cast, at):
    request = journey.accepted(cast)
    at(cast.facilitator).post("brief-write", request.uuid, once=uuid4(), **WORDS)

    (brief,) = versions(request, cast.facilitator)
    with acting_as(cast.facilitator):
        assert brief.shown_country == ""


def test_checking_shows_what_identifies_and_stores_nothing(cast, at):
    request = journey.accepted(cast)
    page = at(cast.facilitator).post("brief-write", request.uuid, once=uuid4(), check="1", **NAMED)

    assert page.status_code == 200
    text = page.content.decode()
    assert "These words could tell who the community is" in text
    assert "Riverbend" in text.split("These words could tell")[1]
    assert NAMED["text"] in text
    assert versions(request, cast.facilitator) == []


def test_words_that_identify_nobody_pass_the_check(cast, at):
    request = journey.accepted(cast)
    page = at(cast.facilitator).post(
        "brief-write", request.uuid, once=uuid4(), check="1", **(WORDS | {"financier": ""})
    )

    assert "Nothing was found that identifies by itself." in page.content.decode()


def test_a_new_version_starts_from_the_last_one(cast, at):
    brief = journey.briefed(cast)
    send_back_brief(brief, version=brief.version, wishes="Leave the bank out.", by=cast.member)
    desk = at(cast.facilitator)

    assert journey.BRIEF["title"] in desk.reads("brief-write", request_of(brief, cast.facilitator).uuid)
    assert "Leave the bank out." in desk.reads("brief", brief.uuid)


@pytest.mark.parametrize(("level", "is_ticked"), [(RiskLevel.LOW, True), (RiskLevel.CRITICAL, False)])
def test_high_risk_proposes_to_show_the_region_only(cast, at, level, is_ticked):
    request = journey.accepted(cast)
    with as_owner():
        SupportRequest.objects.filter(pk=request.pk).update(risk_level=level)

    page = at(cast.facilitator).reads("brief-write", request.uuid)
    box = page.split('name="shows_country"')[1].split(">")[0]
    assert ("checked" in box) == is_ticked


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 151},
        {"areas": []},
        {"areas": ["magic"]},
        {"sector": "1"},
        {"language": "xx"},
        {"once": ""},
    ],
)
def test_a_brief_that_lacks_something_keeps_its_words(cast, at, wrong):
    request = journey.accepted(cast)
    response = at(cast.facilitator).post("brief-write", request.uuid, **(WORDS | {"once": uuid4()} | wrong))

    assert response.status_code == 422
    assert WORDS["text"] in response.content.decode()
    assert versions(request, cast.facilitator) == []


def test_a_version_is_shown_to_the_community(cast, at):
    brief = journey.written(cast, text=WORDS["text"], title=WORDS["title"], shown_country="")
    desk = at(cast.facilitator)
    assert WORDS["text"] in desk.reads("brief-propose", brief.uuid)
    answers = [desk.post("brief-propose", brief.uuid, version=brief.version) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert fresh(brief, cast.member).status == BriefStatus.PROPOSED


def test_with_words_that_identify_it_is_shown_only_after_a_look_at_them(cast, at):
    brief = journey.written(cast, text=NAMED["text"])
    desk = at(cast.facilitator)
    assert "Riverbend" in desk.reads("brief-propose", brief.uuid).split("These words could tell")[1]
    refused = desk.post("brief-propose", brief.uuid, version=brief.version)

    assert refused.status_code == 422
    assert fresh(brief, cast.facilitator).status == BriefStatus.DRAFT
    assert desk.post("brief-propose", brief.uuid, version=brief.version, has_looked="on").status_code == 302
    assert fresh(brief, cast.member).status == BriefStatus.PROPOSED


def test_a_version_that_was_changed_meanwhile_is_not_shown(cast, at):
    brief = journey.written(cast)

    assert (
        at(cast.facilitator).post("brief-propose", brief.uuid, version=brief.version + 1, has_looked="on").status_code
        == 409
    )
    assert fresh(brief, cast.facilitator).status == BriefStatus.DRAFT


@pytest.mark.parametrize("who", ["coordinator", "focal_person"])
def test_only_the_regions_facilitator_writes_briefs(cast, at, who, request):
    person = request.getfixturevalue(who)
    brief = journey.written(cast)
    about = request_of(brief, cast.facilitator)
    desk = at(person)

    assert desk.get("brief", brief.uuid).status_code == 200
    assert desk.get("brief-write", about.uuid).status_code == 403
    assert desk.post("brief-propose", brief.uuid, version=brief.version, has_looked="on").status_code == 403
    assert desk.post("brief-voice", brief.uuid, version=brief.version, decision="approved", **VOICE).status_code == 403


def test_no_brief_is_written_before_the_request_is_taken_on(cast, at):
    assert at(cast.facilitator).get("brief-write", journey.clarifying(cast).uuid).status_code == 403


def test_the_community_approves_by_voice_and_it_is_its_own_act(cast, at):
    brief = journey.briefed(cast)
    desk, data = at(cast.facilitator), {"version": brief.version, "decision": "approved", **VOICE}
    answers = [desk.post("brief-voice", brief.uuid, **data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert fresh(brief, cast.member).status == BriefStatus.APPROVED
    with acting_as(cast.member):
        consent = Consent.objects.get(about=Consent.About.BRIEF)
        assert (consent.form, consent.said_by, consent.language, consent.read_back, consent.recorded_by_id) == (
            "assembly", "the council of elders", "sw", "The whole brief.", cast.facilitator.pk,
        )  # fmt: skip
    assert "the council of elders" in desk.reads("request-history", request_of(brief, cast.facilitator).uuid)


def test_the_community_sends_it_back_by_voice(cast, at):
    brief = journey.briefed(cast)
    data = {"version": brief.version, "decision": "sent_back", "wishes": "Say nothing of the lake.", **VOICE}

    assert at(cast.facilitator).post("brief-voice", brief.uuid, **data).status_code == 302
    with acting_as(cast.member):
        found = BriefVersion.objects.get(pk=brief.pk)
        assert (found.status, found.wishes) == (BriefStatus.SENT_BACK, "Say nothing of the lake.")


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "wrong",
    [{"decision": ""}, {"decision": "sent_back", "wishes": ""}, {"how": "portal"}, {"said_by": ""}, {"read_back": ""}],
)
def test_a_decision_by_voice_says_who_how_and_what_was_read(cast, at, wrong):
    brief = journey.briefed(cast)
    data = {"version": brief.version, "decision": "approved", **VOICE} | wrong

    assert at(cast.facilitator).post("brief-voice", brief.uuid, **data).status_code == 422
    assert fresh(brief, cast.member).status == BriefStatus.PROPOSED


def test_a_decided_version_is_not_decided_again(cast, at):
    brief = journey.briefed(cast)
    send_back_brief(brief, version=brief.version, wishes="Another.", by=cast.member)
    data = {"version": brief.version, "decision": "approved", **VOICE}

    assert at(cast.facilitator).post("brief-voice", brief.uuid, **data).status_code == 403
