"""What waits to be deleted is hidden from everyone but its community, and there again when it is taken back."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.template.defaultfilters import date
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from collaborations.actions import cancel_deletion, order_deletion, write_note
from collaborations.models import Collaboration, Introduction, SupportRequest
from collaborations.selectors.desk import View, queue_counts
from collaborators.actions import confirm_thaw, freeze_community, propose_thaw
from collaborators.models import CommunityIdentity, Deletion, Freeze, FreezingSide, User
from cre.core.access import acting_as, current_scope, join
from cre.core.outbox import notices_for
from cre.core.retention import LegalHold, run_retention
from tests import journey
from tests.access_rows import RECORD
from tests.community.conftest import deliver, supporter
from tests.community.walking import signed_in, text_of
from tests.conftest import as_owner, log_in, person
from tests.retaining import age, is_there

__all__ = ["deliver", "supporter"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise("P15")]
STAFF = ("facilitator", "focal_person", "coordinator")


@pytest.fixture
def about(cast):
    """The request of a community that works with an ally, with a message and a note."""
    request = journey.request_of(journey.introduced(cast), cast.facilitator)
    write_note(request, text="She sounded afraid.", once=uuid4(), by=cast.facilitator)
    return request


@pytest.fixture
def ordered(cast, about) -> Deletion:
    """The community has ordered that everything of it is deleted."""
    return order_deletion(cast.community, by=cast.member)


def seen(person: User, reason: str = "She asked me to call.") -> list[int]:
    """How many requests, identities and collaborations the database shows somebody, even with a reason."""
    with transaction.atomic(), acting_as(person, reason=reason):
        return [model.objects.count() for model in (SupportRequest, CommunityIdentity, Collaboration)]


@pytest.mark.parametrize("who", STAFF)
def test_every_page_of_the_request_is_gone_for_staff(about, at, cast, request, who):
    desk = at(request.getfixturevalue(who))
    before = desk.get("request", about.uuid).status_code
    order_deletion(cast.community, by=cast.member)

    answers = {name: desk.get(name, about.uuid).status_code for name in RECORD}

    assert before == 200
    assert set(answers.values()) <= {404, 405}


@pytest.mark.promise("P10")
@pytest.mark.parametrize("who", [*STAFF, "ally"])
def test_the_database_shows_nobody_else_anything(about, cast, request, who):
    person = request.getfixturevalue(who)
    before = seen(person)
    order_deletion(cast.community, by=cast.member)

    assert any(before)
    assert seen(person) == [0, 0, 0]


@pytest.mark.promise("P10")
def test_no_table_that_names_the_request_shows_staff_a_row(about, ordered, coordinator):
    """So that a table that comes later is not forgotten: the database itself says which ones there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'request_id' "
            "AND table_schema = 'public' AND table_name LIKE 'collaborations%%' ORDER BY 1"
        )
        tables = [name for (name,) in cursor.fetchall()]
    with transaction.atomic(), acting_as(coordinator, reason="She asked me to call."), connection.cursor() as cursor:
        shown = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE request_id = %s", [about.pk])
            shown[table] = cursor.fetchone()[0]

    assert len(shown) > 15
    assert {table: rows for table, rows in shown.items() if rows} == {}


@pytest.mark.parametrize("who", ["member", "supporter"])
def test_its_own_people_go_on_seeing_everything(cast, about, ordered, supporter, request, who):
    page = signed_in(request.getfixturevalue(who)).get(reverse("community:request", args=[about.uuid]))

    assert page.status_code == 200
    assert "Waits to be deleted" in text_of(page)


def test_what_is_taken_back_is_there_again_at_once(about, ordered, at, cast):
    desk = at(cast.facilitator)
    hidden = desk.get("request", about.uuid).status_code
    cancel_deletion(ordered, version=ordered.version, by=cast.member)

    page = desk.reads("request", about.uuid)

    assert hidden == 404
    assert "She sounded afraid." in page


@pytest.mark.parametrize("who", ["facilitator", "coordinator"])
def test_staff_read_that_it_waits_and_until_when_and_nothing_else(ordered, at, request, who):
    page = at(request.getfixturevalue(who)).reads("home")

    assert "Hidden, because it waits to be deleted" in page
    assert f"deleted on {date(timezone.localtime(ordered.due_at), 'DATE_FORMAT')}" in page
    assert "Riverbend" not in page


def test_the_focal_person_and_another_desk_are_told_nothing(ordered, at, focal_person, other_facilitator):
    for other in (focal_person, other_facilitator):
        assert "waits to be deleted" not in at(other).reads("home")


def test_no_list_of_the_desk_counts_it(ordered, cast):
    with transaction.atomic(), acting_as(cast.facilitator):
        assert queue_counts(current_scope())[View.ALL] == 0


def test_an_order_for_one_request_leaves_the_others_in_sight(about, cast, at):
    other = journey.received(cast)
    order_deletion(cast.community, request=about, by=cast.member)
    desk = at(cast.facilitator)

    assert [desk.get("request", row.uuid).status_code for row in (about, other)] == [404, 200]
    assert "Riverbend" in desk.reads("request", other.uuid)


@pytest.mark.promise("P11")
def test_an_ally_keeps_that_it_answered_and_that_it_is_asked_to_erase(ordered, cast, deliver):
    deliver()

    with transaction.atomic(), acting_as(cast.ally):
        assert Introduction.objects.visible_to(current_scope()).count() == 1
        assert any("erase" in str(notice.text) for notice in notices_for(current_scope()))
    page = log_in(Client(), cast.ally).get(reverse("ally:past"))
    assert "Riverbend" not in text_of(page)


def test_an_order_that_waits_for_a_second_person_hides_it_too(about, cast, at, coordinator):
    other = person("second-member", coordinator)
    with transaction.atomic(), acting_as(cast.member):
        join(cast.community, "represent", other)
    order = order_deletion(cast.community, by=cast.member)

    assert order.due_at is None
    assert at(cast.facilitator).get("request", about.uuid).status_code == 404
    assert "a second person of the community has to agree" in at(cast.facilitator).reads("home")
    with transaction.atomic(), acting_as(other):
        assert SupportRequest.objects.filter(pk=about.pk).exists()


def test_the_clock_still_carries_it_out(ordered, cast, about):
    age(Deletion, 15, "ordered_at", "due_at", id=ordered.pk)

    run_retention()

    assert (is_there(about), is_there(cast.community)) == (False, False)


def test_a_legal_hold_can_be_placed_on_what_is_hidden(about, ordered, coordinator):
    browser = log_in(Client(), coordinator)
    other = order_deletion(ordered.community, request=about, by=ordered.ordered_by)
    answer = browser.post(f"{reverse('secretariat:hold-place')}?request={about.uuid}", {"reason": "a court has asked"})

    with as_owner():
        assert (answer.status_code, LegalHold.objects.get().object_uuid) == (302, other.request_uuid)


def test_two_people_can_thaw_a_community_that_is_hidden(about, ordered, cast, coordinator):
    freeze_community(cast.community.pk, side=FreezingSide.COMMUNITY, region_id=None, reason="A phone.", by=cast.member)
    with transaction.atomic(), acting_as(cast.facilitator):
        freeze = Freeze.objects.get()
    propose_thaw(freeze, version=1, reason="We spoke.", by=cast.facilitator)
    confirm_thaw(freeze, version=2, by=coordinator)

    assert seen(cast.member) == [1, 1, 1]
    assert seen(cast.facilitator) == [0, 0, 0]
