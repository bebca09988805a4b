"""The made-up world is built through the actions, is what its files tell, and marks its database for ever."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, transaction
from django.utils import timezone

from collaborations.events import Event
from collaborations.models import (
    Collaboration,
    CollaborationMessage,
    Disclosure,
    InterpreterTask,
    Introduction,
    Project,
    ProjectFinance,
    SupportRequest,
    TimelineEntry,
)
from collaborators.backends import ReceiptCodeBackend
from collaborators.models import Collaborator, Community, Freeze, Region, User
from cre.core.access import acting_as
from cre.demo.code import DEMO_CODE
from cre.demo.files import read_requests
from cre.demo.mark import is_demo_database, is_demo_loaded
from cre.demo.people import PASSWORD, demo_people
from cre.demo.world import NoPlaceForDemo, load_world
from tests.conftest import person, take_role

ALL = pytest.mark.django_db(transaction=True, databases=["default", "keys", "owner"])
# One request of each state but the same, small enough to be built often.
FEW = {"shati-ramadi", "smoke-valley", "mist-ridge-1", "small-hydro-women", "pylon-line-mothers"}

# What the files let happen on the day on which the world is built.
TODAY = {Event.FILES, Event.OUTPUT_PUT, Event.INTERPRETER_ASKED, Event.INTERPRETER_ALLOWED}


@pytest.fixture
def demo(settings):
    """An installation that may load a demonstration, and whose database loses the mark at the end."""
    settings.DEMO = True
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS demo_world")
    connections["owner"].close()


@pytest.fixture
def world(demo):
    """The whole world, read by the owner of the tables, who sees all of it."""
    told: list[str] = []
    load_world(say=told.append)
    take_role("cre_owner")
    return told


@ALL
def test_the_whole_world_is_what_the_files_tell(world):
    requests = SupportRequest.objects.select_related("region").order_by("pk")
    files = read_requests()

    assert world == ["29 projects", "20 people, 133 allies", "68 requests of 64 communities"]
    assert [request.status for request in requests] == [told["state"] for told in files]
    assert [request.region.code for request in requests] == [told["placed_in"] or told["region"] for told in files]
    assert {request.region.code for request in requests} == set(Region.objects.values_list("code", flat=True))
    assert [Community.objects.count(), Collaborator.objects.count()] == [64, 133]
    assert [Project.objects.count(), ProjectFinance.objects.exclude(reference="").count()] == [29, 5]
    frozen = [request.community_id for request, told in zip(requests, files, strict=True) if "frozen" in told]
    assert [freeze.community_id for freeze in Freeze.objects.filter(thawed_at=None)] == frozen
    times_are_as_told(requests, files)
    nothing_says_that_it_was_built_now()


def times_are_as_told(requests, files):
    """Each request came on its day, its timeline is in order, and most of the desk's promises are kept."""
    now = timezone.now()
    for request, told in zip(requests, files, strict=True):
        asked = request.received_at or request.created_at
        assert 0 <= (now - asked).total_seconds() - told["days_ago"] * 86_400 <= 8 * 3600
        assert request.due_at is None or request.due_at > asked
        moments = list(request.timeline.order_by("pk").values_list("happened_at", flat=True))
        assert all(earlier <= later for earlier, later in pairwise(moments))
    waiting = [request for request in requests if request.status in ("received", "clarifying", "brief_ready")]
    assert 0 < sum(request.is_late for request in waiting) < len(waiting) / 2


def nothing_says_that_it_was_built_now():
    lately = timezone.now() - timedelta(minutes=5)
    built = [
        TimelineEntry.objects.filter(happened_at__gt=lately).exclude(event__in=TODAY),
        SupportRequest.history.filter(history_date__gt=lately),
        Introduction.history.filter(history_date__gt=lately),
        Community.objects.filter(created_at__gt=lately),
        Community.history.filter(history_date__gt=lately),
        Collaboration.objects.filter(began_at__gt=lately),
    ]
    assert [rows.count() for rows in built] == [0] * len(built)


@pytest.fixture
def few(demo):
    """A small part of the world, read by the owner of the tables."""
    load_world(say=lambda words: None, keys=FEW)
    take_role("cre_owner")


@ALL
def test_a_second_load_changes_nothing(few):
    before = [model.objects.count() for model in (User, Collaborator, SupportRequest, TimelineEntry)]

    assert load_world(say=pytest.fail) is False
    assert [model.objects.count() for model in (User, Collaborator, SupportRequest, TimelineEntry)] == before
    assert [is_demo_database(), is_demo_loaded()] == [True, True]


@ALL
def test_a_load_that_was_broken_off_is_built_anew(few):
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE demo_world SET finished_at = NULL")
    assert is_demo_loaded() is False
    take_role("cre_app")

    assert load_world(say=lambda words: None, keys=FEW) is True
    take_role("cre_owner")
    assert [SupportRequest.objects.count(), Collaborator.objects.count()] == [5, 133]
    assert User.objects.filter(is_system=True).count() == 1


@ALL
def test_the_code_opens_the_community_of_the_first_demo_person(few):
    user = ReceiptCodeBackend().authenticate(None, receipt_code=DEMO_CODE)

    held = Counter(Community.objects.filter(grants__user=user).values_list("grants__user__email", flat=True))
    assert held == {None: 1}
    community = Community.objects.get(grants__user=user)
    assert set(community.grants.values_list("user__email", flat=True)) == {None, "community-1@demo.example"}


@ALL
def test_every_demo_person_has_the_password_and_a_role(few):
    for told in demo_people():
        user = User.objects.get(email=told.email)
        assert user.check_password(PASSWORD)
        assert user.language == told.language


@ALL
def test_an_ally_reads_what_was_disclosed_and_nobody_else_does(few):
    take_role("cre_app")
    ally, other = (User.objects.get(email=f"ally-{number}@demo.example") for number in (2, 1))

    with transaction.atomic(), acting_as(ally):
        assert set(Disclosure.objects.values_list("field", flat=True)) == {
            "chosen_name",
            "contact",
            "wider_area",
        }
        assert CollaborationMessage.objects.count() == 3
    with transaction.atomic(), acting_as(other):
        assert [Disclosure.objects.count(), CollaborationMessage.objects.count()] == [0, 0]
        assert Introduction.objects.get().status == "offered"


@ALL
def test_the_demo_code_opens_pictures_wishes_and_a_text_that_waits(few):
    request = SupportRequest.objects.get(community__grants__user__email="community-1@demo.example")

    assert request.files.count() == 2
    assert set(request.wishes.values_list("kind", flat=True)) == {"wanted", "known"}
    assert [task.status for task in request.interpreter_tasks.all()] == ["asked"]


@ALL
def test_the_interpreter_who_can_log_in_has_one_text(few):
    take_role("cre_app")
    interpreter = User.objects.get(email="interpreter-1@demo.example")

    with transaction.atomic(), acting_as(interpreter):
        assert [task.status for task in InterpreterTask.objects.all()] == ["allowed"]


@ALL
def test_the_application_cannot_take_the_mark_off(few):
    take_role("cre_app")

    for statement in (
        "DELETE FROM demo_world",
        "DROP TABLE demo_world",
        "UPDATE demo_world SET finished_at = NULL",
    ):
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute(statement)
    assert is_demo_database() is True


@ALL
def test_a_database_with_people_is_left_alone(demo, coordinator):
    person("somebody", coordinator)

    with pytest.raises(NoPlaceForDemo):
        load_world(say=pytest.fail)
    assert [is_demo_database(), is_demo_loaded()] == [False, False]
    assert Collaborator.objects.count() == 0


def test_only_a_demonstration_loads_a_demonstration(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match=r"^This installation is not a demonstration\."):
        call_command("load_demo")


def test_the_people_are_told_with_address_password_and_code(capsys, monkeypatch):
    monkeypatch.setenv("HOST", "127.0.0.1")
    monkeypatch.setenv("PORT", "8123")
    call_command("demo_people")

    told = capsys.readouterr().out
    assert told.splitlines()[0].endswith("http://127.0.0.1:8123/")
    assert all(person.email in told for person in demo_people())
    assert told.rstrip().endswith("Receipt code  1234 1234 1234 1234 1234 1234 1234")
