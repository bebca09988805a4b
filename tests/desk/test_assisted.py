"""A request that a community says, and a facilitator writes down: its yes first, then one long page."""

import pytest

from collaborations.actions import change_draft, send_request, start_request
from collaborations.forms.desk.assisted import AnswersForm
from collaborations.forms.parts import PARTS
from collaborations.models import Consent, SupportRequest, TimelineEntry
from collaborators.models import Community, CommunityGrant
from cre.core.access import Refused, acting_as
from cre.core.ledger.models import LedgerEntry
from tests.conftest import as_owner
from tests.core.access.questions import column
from tests.desk.writing_down import NEED, made_by, paper

pytestmark = pytest.mark.django_db


def test_what_was_said_stands_at_the_desk_like_any_other_request(facilitator, at):
    answer = at(facilitator).post("request-new", **paper())

    (request,) = made_by(facilitator)
    assert answer.url == f"/desk/requests/{request.uuid}/written/"
    assert (request.status, request.is_assisted, request.country, request.language) == ("received", True, "KE", "sw")
    assert (request.danger, request.region.code, request.due_at is not None) == ("soon", "africa", True)
    with acting_as(facilitator):
        identity = request.community.identity
        assert (identity.chosen_name, identity.handle, identity.channel) == ("People of the Ford", "+000 777", "call")
        assert (request.story.need, request.risk.threats) == (NEED, "A car waits at night.")


def test_the_yes_is_the_communitys_and_says_who_wrote_it_down(facilitator, at):
    at(facilitator).post("request-new", **paper())

    with acting_as(facilitator):
        (kept,) = Consent.objects.all()
        entries = [(row.event, row.side) for row in TimelineEntry.objects.order_by("pk")]
        acted = LedgerEntry.objects.filter(kind="acted", object_label="collaborations.Consent")
        assert [(row.person_id, row.request_uuid) for row in acted] == [(facilitator.pk, kept.request.uuid)]
        assert (kept.said_by, kept.read_back) == ("Mama Wanjiru, of the elders", "I read all answers to her.")
    assert (kept.about, kept.is_given, kept.form, kept.language) == ("keep", True, "voice", "sw")
    assert kept.recorded_by_id == facilitator.pk
    assert entries == [("sent", "community"), ("recorded_by_voice", "desk")]


@pytest.mark.promise("P10")
def test_the_facilitator_does_not_become_one_of_the_community(facilitator, at):
    at(facilitator).post("request-new", **paper())

    with as_owner():
        (grant,) = CommunityGrant.objects.filter(content_object=Community.objects.get())
        history = CommunityGrant.history.get(id=grant.pk)
        codes = grant.user.receipt_credentials.all()
        assert (grant.permission.codename, grant.user_id == facilitator.pk) == ("represent", False)
        assert (grant.given_by_id, history.given_by_id, history.history_user_id) == (facilitator.pk,) * 3
        assert [code.replaced_at is None for code in codes] == [False]
        assert grant.user.has_usable_password() is False


@pytest.mark.parametrize("refused", ["keep", "desk"])
def test_after_a_no_only_the_way_to_reach_them_is_kept(facilitator, at, refused):
    no_words = {"how": None, "said_by": None, "read_back": None, "kinds_of_help": None}
    at(facilitator).post("request-new", **paper(**{refused: "no"}, **no_words))

    (talk,) = made_by(facilitator)
    with acting_as(facilitator):
        events = [row.event for row in TimelineEntry.objects.all()]
        assert (talk.status, talk.is_assisted, talk.danger, talk.country) == ("received", False, "soon", "KE")
        assert (talk.story.need, talk.risk.threats, talk.kinds_of_help) == ("", "", [])
        assert (talk.community.identity.handle, Consent.objects.count(), events) == ("+000 777", 0, ["talk_first"])


@pytest.mark.promise("P15")
def test_after_a_no_the_contact_goes_when_the_talk_is_over_and_after_a_yes_it_stays(facilitator, at):
    desk = at(facilitator)
    desk.post("request-new", **paper(keep="no"))
    desk.post("request-new", **paper())

    talk, kept = made_by(facilitator)
    with as_owner():
        rules = [column("SELECT rule FROM cre_request_clock(%s)", row.pk) for row in (talk, kept)]
    assert rules == [["talks"], [None]]


def test_what_is_saved_for_now_is_found_again_and_sent_later(facilitator, at):
    desk = at(facilitator)
    saved = desk.post("request-new", **paper(save="1", kinds_of_help=None, need=""))
    (draft,) = made_by(facilitator)
    assert (saved.url, draft.status, draft.due_at) == (f"/desk/requests/{draft.uuid}/draft/", "draft", None)
    assert saved.url in desk.reads("home")
    assert "A car waits at night." in desk.reads("request-draft", draft.uuid)

    wrong = desk.post("request-draft", draft.uuid, version=draft.version, danger="no", country="KE")
    right = desk.post("request-draft", draft.uuid, version=draft.version, danger="no", country="KE", need=NEED)

    (sent,) = made_by(facilitator)
    assert (wrong.status_code, right.url) == (422, f"/desk/requests/{draft.uuid}/written/")
    assert (sent.status, sent.danger) == ("received", "no")
    with acting_as(facilitator):
        assert (sent.story.need, Consent.objects.count()) == (NEED, 1)


def test_a_draft_is_forgotten_when_they_want_that(facilitator, at):
    desk = at(facilitator)
    desk.post("request-new", **paper(save="1"))
    (draft,) = made_by(facilitator)
    late = desk.post("request-draft", draft.uuid, version=draft.version + 1, forget="1")
    gone = desk.post("request-draft", draft.uuid, version=draft.version, forget="1")

    forgotten, talk = made_by(facilitator)
    assert (late.url, gone.url) == (f"/desk/requests/{draft.uuid}/draft/", f"/desk/requests/{talk.uuid}/")
    with acting_as(facilitator):
        assert (forgotten.status, forgotten.story.need, forgotten.risk.threats) == ("withdrawn", "", "")
    assert (talk.status, talk.is_assisted) == ("received", False)


def test_two_tabs_do_not_overwrite_each_other(facilitator, at):
    desk = at(facilitator)
    desk.post("request-new", **paper(save="1"))
    (draft,) = made_by(facilitator)
    first = {"version": draft.version, "danger": "no", "country": "KE", "need": "One.", "save": "1"}
    desk.post("request-draft", draft.uuid, **first)
    second = desk.post("request-draft", draft.uuid, **(first | {"need": "Two."}))

    assert second.status_code == 409
    assert "Two." in second.content.decode()
    with acting_as(facilitator):
        assert SupportRequest.objects.get().story.need == "One."


@pytest.mark.parametrize("button", [{}, {"save": "1"}, {"keep": "no"}], ids=["sent", "saved", "refused"])
def test_a_second_click_finds_what_the_first_one_made(facilitator, at, button):
    desk, typed = at(facilitator), paper(**button)
    first, second = desk.post("request-new", **typed), desk.post("request-new", **typed)

    assert (len(made_by(facilitator)), first.url == second.url) == (1, True)
    with as_owner():
        assert Community.objects.count() == 1


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("keep", None),
        ("desk", "perhaps"),
        ("said_by", ""),
        ("read_back", ""),
        ("how", "portal"),
        ("danger", ""),
        ("channel", None),
        ("handle", ""),
        ("kinds_of_help", None),
        ("country", "IN"),
        ("once", "1"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_lost_or_stored(facilitator, at, name, typed):
    wrong = {name: typed} | ({"need": ""} if name == "kinds_of_help" else {})
    answer = at(facilitator).post("request-new", **paper(**wrong))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [name])
    assert "A car waits at night." in answer.content.decode()
    with as_owner():
        assert Community.objects.count() == 0


@pytest.mark.promise("P06")
@pytest.mark.parametrize("name", ["need", "said_by", "read_back", "threats"])
def test_a_receipt_code_in_any_text_is_refused(facilitator, at, name, member):
    code = "0000 0000 0000 0000 0000 0000 0000"
    answer = at(facilitator).post("request-new", **paper(**{name: f"Their code is {code}."}))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [name])


@pytest.mark.promise("P09")
@pytest.mark.parametrize("who", ["coordinator", "focal_person"])
def test_only_facilitators_write_down_what_a_community_says(who, at, request):
    desk = at(request.getfixturevalue(who))

    assert desk.get("request-new").status_code == 403
    assert desk.post("request-new", **paper()).status_code == 403
    assert "Write down a request" not in desk.reads("home")


@pytest.mark.promise("P10")
@pytest.mark.parametrize("who", ["other_facilitator", "outsider", "ally", "stranger"])
def test_nobody_elsewhere_finds_the_draft(facilitator, at, who, request):
    at(facilitator).post("request-new", **paper(save="1"))
    (draft,) = made_by(facilitator)
    somebody = at(request.getfixturevalue(who))

    assert somebody.get("request-draft", draft.uuid).status_code == 404
    assert somebody.post("request-draft", draft.uuid, version=draft.version, forget="1").status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "focal_person"])
def test_a_draft_is_not_on_the_desk_of_those_who_do_not_write_down(facilitator, at, who, request):
    at(facilitator).post("request-new", **paper(save="1"))
    (draft,) = made_by(facilitator)
    somebody = at(request.getfixturevalue(who))

    assert somebody.get("request-draft", draft.uuid).status_code == 404
    assert str(draft.uuid) not in somebody.reads("home")


def test_every_question_of_the_communitys_own_pages_is_asked():
    asked = {name for part in PARTS.values() for name in part.base_fields}

    assert asked <= set(AnswersForm.base_fields)


def test_without_a_country_it_waits_to_be_placed_where_that_is_ones_work(duty_facilitator, at):
    at(duty_facilitator).post("request-new", **paper(country=""))

    (request,) = made_by(duty_facilitator)
    assert (request.region.code, request.country) == ("to-be-placed", "")


def test_lists_and_the_record_say_that_it_was_written_down(facilitator, at):
    desk = at(facilitator)
    desk.post("request-new", **paper())
    (request,) = made_by(facilitator)

    assert ">assisted<" in desk.reads("requests", view="all")
    assert ">assisted<" in desk.reads("home")
    assert "Written down by somebody else" in desk.reads("request", request.uuid)


def test_without_a_yes_on_record_the_desk_sends_nothing_for_a_community(facilitator, community):
    draft = start_request(community, danger="no", language="en", is_assisted=True, by=facilitator)
    draft = change_draft(draft, version=draft.version, need=NEED, by=facilitator)

    with pytest.raises(Refused):
        send_request(draft, version=draft.version, by=facilitator)
