"""A freeze at the desk: begun with a reason, shown, warned of, and ended by two."""

import pytest

from collaborators.models import AccountEvent, CodeHandover, Freeze, FreezeWarning
from cre.core.access import acting_as
from cre.core.ledger.models import LedgerEntry
from tests import journey
from tests.community.walking import shown_code
from tests.conftest import as_owner, roster_entry
from tests.journey import request_of

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P11")]


@pytest.fixture
def about(cast):
    """The request of a community that works with an ally."""
    return request_of(journey.introduced(cast), cast.facilitator)


@pytest.fixture
def made(cast, about, at):
    at(cast.facilitator).post("request-freeze", about.uuid, reason="A phone was taken.")
    with acting_as(cast.facilitator):
        return Freeze.objects.get()


def thaw(made, first, second):
    first.post("freeze-thaw", made.uuid, version=1, thaw_reason="We spoke with Asha.")
    second.post("freeze-thaw", made.uuid, version=2, decision="go-on")
    with as_owner():
        return Freeze.objects.get(pk=made.pk)


def test_the_page_before_says_what_stops_and_who_is_told(cast, about, at):
    page = at(cast.facilitator).reads("request-freeze", about.uuid)

    assert "Allies see nothing of it any more" in page
    assert "All dates stand still" in page
    assert "you warn them by a safe channel" in page


@pytest.mark.parametrize("who", ["facilitator", "focal_person"])
def test_the_facilitator_and_the_focal_person_freeze_with_a_reason(cast, about, at, request, who):
    desk = at(request.getfixturevalue(who))
    wrong = desk.post("request-freeze", about.uuid, reason="")
    right = desk.post("request-freeze", about.uuid, reason="A phone was taken.")

    with as_owner():
        assert (wrong.status_code, right.status_code, Freeze.objects.count()) == (422, 302, 1)


def test_the_coordinator_is_told_whom_to_call(cast, about, at, coordinator):
    answer = at(coordinator).post("request-freeze", about.uuid, reason="-")

    assert answer.status_code == 403
    assert "Call one of them" in answer.content.decode()


def test_the_frozen_state_stands_in_the_queue_and_on_the_record(cast, about, made, at):
    desk = at(cast.facilitator)

    assert "stands still" in desk.reads("requests", view="all")
    for page in ("request", "request-allies", "request-history"):
        assert "Everything stands still" in desk.reads(page, about.uuid)
    assert "See whom to warn" in desk.reads("request", about.uuid)


def test_the_first_page_of_the_desk_names_what_stands_still(cast, made, at):
    assert f"/desk/freezes/{made.uuid}/" in at(cast.facilitator).reads("home")


def test_nothing_is_late_while_it_stands_still(cast, about, at):
    with as_owner():
        about.due_at = about.created_at
        about.save()
    desk = at(cast.facilitator)
    before = desk.get("requests", view="late").context["rows"]
    desk.post("request-freeze", about.uuid, reason="A phone was taken.")

    assert (len(before), desk.get("requests", view="late").context["rows"]) == (1, [])


def test_an_act_says_kindly_why_not(cast, about, made, at):
    answer = at(cast.facilitator).get("brief-write", about.uuid)

    assert answer.status_code == 403
    assert "stands still, for its safety" in answer.content.decode()


def test_the_list_of_whom_to_warn_has_safe_contacts_and_ticks(cast, made, at):
    desk = at(cast.facilitator)
    before = desk.reads("freeze", made.uuid)
    with as_owner():
        warning = FreezeWarning.objects.get()
    desk.post("freeze-warned", made.uuid, warning=str(warning.uuid))
    after = desk.reads("freeze", made.uuid)

    assert "legal@test.example" in before
    assert "knows who the community is" in before
    assert f"Warned by {cast.facilitator.email}" in after
    assert "legal@test.example" not in after


def test_a_focal_person_sees_what_stands_still_but_not_which_allies(cast, made, at, focal_person):
    desk = at(focal_person)
    page = desk.reads("freeze", made.uuid)
    with as_owner():
        warning = FreezeWarning.objects.get()
    desk.post("freeze-warned", made.uuid, warning=str(warning.uuid))

    assert "A phone was taken." in page
    assert cast.collaborator.display_name not in page
    with as_owner():
        assert FreezeWarning.objects.get().warned_at is None


@pytest.mark.parametrize("who", ["other_facilitator", "ally", "outsider"])
def test_nobody_else_finds_the_page(made, at, request, who):
    assert at(request.getfixturevalue(who)).get("freeze", made.uuid).status_code == 404


def test_two_people_let_it_go_on(cast, made, at, focal_person):
    over = thaw(made, at(cast.facilitator), at(focal_person))

    assert (over.thaw_proposed_by_id, over.thawed_by_id) == (cast.facilitator.pk, focal_person.pk)
    assert "goes on" in at(cast.facilitator).reads("freeze", made.uuid)


def test_one_alone_is_refused_with_a_sentence(cast, made, at):
    desk = at(cast.facilitator)
    desk.post("freeze-thaw", made.uuid, version=1, thaw_reason="We spoke.")
    answer = desk.post("freeze-thaw", made.uuid, version=2, decision="go-on")

    assert answer.status_code == 403
    assert "Another person than the one who proposed it" in answer.content.decode()


def test_the_second_person_reads_why_and_can_say_not_yet(cast, made, at, coordinator):
    at(cast.facilitator).post("freeze-thaw", made.uuid, version=1, thaw_reason="We spoke with Asha.")
    second = at(coordinator)
    page = second.reads("freeze-thaw", made.uuid)
    second.post("freeze-thaw", made.uuid, version=2, decision="not-yet")

    assert "We spoke with Asha." in page
    with as_owner():
        kept = Freeze.objects.get()
        assert (kept.is_open, kept.thaw_proposed_by) == (True, None)


@pytest.mark.promise("P29")
def test_an_answer_to_an_older_state_keeps_its_words(cast, made, at):
    answer = at(cast.facilitator).post("freeze-thaw", made.uuid, version=7, thaw_reason="We spoke with Asha.")

    assert answer.status_code == 409
    assert "We spoke with Asha." in answer.content.decode()


def test_a_code_is_handed_over_after_the_thaw_and_a_talk(cast, about, made, at, focal_person):
    desk = at(cast.facilitator)
    during = desk.get("request-code", about.uuid).status_code
    thaw(made, desk, at(focal_person))
    person = str(cast.member.uuid)
    without = desk.post("request-code", about.uuid, person=person, talk="")
    shown = desk.post("request-code", about.uuid, person=person, talk="She knew the name of the well.")

    assert (during, without.status_code, shown.status_code) == (403, 422, 200)
    assert len(shown_code(shown).replace(" ", "")) == 28
    with acting_as(cast.facilitator):
        assert CodeHandover.objects.get().person_id == cast.member.pk


def test_the_page_of_a_freeze_asks_the_same_for_one_ally_and_for_three(cast, made, at, coordinator):
    desk = at(cast.facilitator)
    first = desk.price("freeze", made.uuid)
    for name in ("Reed House", "Stone House"):
        entry = roster_entry(name, coordinator)
        with as_owner():
            FreezeWarning.objects.create(freeze=made, collaborator=entry, has_met=False)

    assert desk.price("freeze", made.uuid) == first


def test_after_a_talk_the_desk_allows_one_new_password(cast, about, at):
    desk, person = at(cast.facilitator), str(cast.member.uuid)
    page = desk.reads("request-code", about.uuid)
    without = desk.post("request-reset", about.uuid, person=person)
    right = desk.post("request-reset", about.uuid, person=person, spoken="on")

    assert f"/desk/requests/{about.uuid}/password/" in page
    assert (without.status_code, right.status_code) == (422, 302)
    with acting_as(cast.member):
        allowed = AccountEvent.objects.get()
        assert (allowed.kind, allowed.by_id) == ("reset_allowed", cast.facilitator.pk)
    with acting_as(cast.facilitator):
        assert LedgerEntry.objects.filter(object_uuid=allowed.uuid, kind="acted").count() == 1


@pytest.mark.parametrize("who", ["coordinator", "focal_person"])
def test_only_the_facilitator_allows_a_new_password_at_the_desk(cast, about, at, request, who):
    answer = at(request.getfixturevalue(who)).post(
        "request-reset", about.uuid, person=str(cast.member.uuid), spoken="on"
    )

    assert answer.status_code == 403
    with as_owner():
        assert AccountEvent.objects.count() == 0


def test_nobody_of_another_community_gets_a_new_password_by_this_page(cast, about, at, outsider):
    answer = at(cast.facilitator).post("request-reset", about.uuid, person=str(outsider.uuid), spoken="on")

    assert answer.status_code == 422


def test_while_everything_stands_still_nobody_gets_a_new_password(cast, about, made, at):
    assert at(cast.facilitator).get("request-reset", about.uuid).status_code == 403
