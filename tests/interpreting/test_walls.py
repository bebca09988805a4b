"""What the database itself refuses of texts for interpreters, whatever the code does."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from collaborations.actions import keep_translation, withdraw_consent
from collaborations.actions.consents import give_consent
from collaborations.models import Consent, InterpreterTask
from collaborations.policies.interpreting import interpreter_pairs
from collaborators.actions import freeze_community, give_role
from collaborators.models import FreezingSide, Platform, User
from cre.core.access import acting_as
from tests import journey
from tests.conftest import as_owner, holder, roster_entry
from tests.interpreting.walking import TRANSLATION

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P10")]


def refused(person, write):
    """Whether the database says no, or does nothing."""
    with acting_as(person), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(*write)
                return cursor.rowcount == 0
        except DatabaseError:
            return True


def update(task, **columns):
    names = ", ".join(f"{name} = %s" for name in columns)
    return f"UPDATE collaborations_interpretertask SET {names} WHERE id = %s", [*columns.values(), task.pk]


def insert(person, task, **columns):
    """Whether this person can add another one like it."""
    with as_owner():
        row = InterpreterTask.objects.get(pk=task.pk)
    row.pk, row.uuid = None, uuid4()
    for name, value in columns.items():
        setattr(row, name, value)
    try:
        with acting_as(person), transaction.atomic():
            row.save_base(force_insert=True)
    except DatabaseError:
        return False
    return True


def yes(cast, task, by, **other):
    """A consent of the community, written by somebody."""
    with acting_as(by), transaction.atomic():
        row = give_consent(task.request, Consent.About.INTERPRET, by=by)
    with as_owner():
        Consent.objects.filter(pk=row.pk).update(**{"recorded_by": by} | other)
    return row.pk


# --- Asking --------------------------------------------------------------------------------------------
def test_the_facilitator_asks(cast, task):
    assert insert(cast.facilitator, task)


@pytest.mark.parametrize("person", ["member", "coordinator", "interpreter", "other_facilitator", "focal_person"])
def test_nobody_else_asks(request, cast, task, person):
    asker = request.getfixturevalue(person)

    assert not insert(asker, task, asked_by_id=asker.pk)


def test_who_sees_the_request_but_facilitates_elsewhere_does_not_ask(coordinator, other_facilitator, task):
    give_role(Platform.objects.get(), "coordinate", other_facilitator, by=coordinator)

    assert not insert(other_facilitator, task, asked_by_id=other_facilitator.pk)


def test_nobody_asks_in_the_name_of_somebody_else(cast, coordinator, task):
    assert not insert(cast.facilitator, task, asked_by_id=coordinator.pk)


@pytest.mark.parametrize("status", ["allowed", "done", "refused", "ended"])
def test_nothing_begins_with_an_answer(cast, task, status):
    assert not insert(cast.facilitator, task, status=status)


def test_nothing_begins_with_a_consent(cast, task):
    assert not insert(cast.facilitator, task, consent_id=yes(cast, task, cast.member))


def test_a_text_is_not_asked_about_for_another_community(cast, outsider_and_community, task):
    assert not insert(cast.facilitator, task, community_id=outsider_and_community[1].pk)


def test_who_does_not_interpret_is_not_asked(cast, task):
    assert not insert(cast.facilitator, task, interpreter_id=cast.ally.pk, collaborator_id=cast.collaborator.pk)


def test_who_belongs_to_an_ally_of_the_request_is_not_asked(cast, coordinator, interpreter, languages):
    entry = roster_entry("Both Sides", coordinator, skills=["interpreting"])
    both = holder("both", entry, "speak_for", coordinator)
    introduction = journey.offered(journey.Cast(cast.member, cast.community, cast.facilitator, entry, both))
    request = journey.request_of(introduction, cast.facilitator)
    row = InterpreterTask(
        request=request, community_id=request.community_id, key_object=request.uuid, collaborator=entry,
        interpreter=both, asked_by=cast.facilitator, due_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip

    with acting_as(cast.facilitator), pytest.raises(DatabaseError), transaction.atomic():
        row.save_base(force_insert=True)

    row.interpreter, row.collaborator = interpreter, languages
    with acting_as(cast.facilitator), transaction.atomic():
        row.save_base(force_insert=True)


@pytest.mark.parametrize(("person", "is_told"), [("facilitator", True), ("coordinator", False), ("member", False)])
def test_only_facilitators_are_told_who_interprets(request, interpreter, languages, person, is_told):
    with acting_as(request.getfixturevalue(person)):
        assert interpreter_pairs() == ({(interpreter.pk, languages.pk)} if is_told else set())


# --- Changing ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text_sealed", b"x"), ("translation_sealed", b"x"), ("reader_sealed", b"x"), ("from_language", "xx"),
        ("to_language", "xx"), ("due_at", timezone.now() + timedelta(days=99)), ("done_at", timezone.now()),
        ("asked_at", timezone.now()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_was_asked_never_changes(cast, given, column, value):
    for person in (cast.member, cast.facilitator):
        assert refused(person, update(given, **{column: value}))


@pytest.mark.parametrize("column", ["interpreter_id", "asked_by_id", "collaborator_id", "community_id", "request_id"])
def test_who_was_asked_never_changes(cast, coordinator, outsider_and_community, given, column):
    others = {
        "interpreter_id": coordinator.pk, "asked_by_id": coordinator.pk, "collaborator_id": cast.collaborator.pk,
        "community_id": outsider_and_community[1].pk, "request_id": journey.received(cast).pk,
    }  # fmt: skip
    for person in (cast.member, cast.facilitator):
        assert refused(person, update(given, **{column: others[column]}))


def test_a_consent_is_not_put_in_the_place_of_another(cast, given):
    assert refused(cast.member, update(given, consent_id=yes(cast, given, cast.member)))


@pytest.mark.parametrize("person", ["interpreter", "coordinator", "other_facilitator", "outsider", "focal_person"])
def test_others_change_nothing(request, given, person):
    assert refused(request.getfixturevalue(person), update(given, version=9))


def test_the_community_and_its_desk_may_touch_the_row_at_all(cast, given):
    for person in (cast.member, cast.facilitator):
        assert not refused(person, update(given, version=9))


@pytest.mark.parametrize("person", ["member", "facilitator", "interpreter", "coordinator"])
def test_nobody_removes_it(request, given, person):
    write = ("DELETE FROM collaborations_interpretertask WHERE id = %s", [given.pk])

    assert refused(request.getfixturevalue(person), write)


# --- Allowing ------------------------------------------------------------------------------------------
def test_the_yes_of_the_community_opens_it(cast, task):
    assert not refused(cast.member, update(task, status="allowed", consent_id=yes(cast, task, cast.member)))


def test_what_the_desk_writes_down_as_said_by_voice_opens_it(cast, task):
    consent = yes(cast, task, cast.facilitator, form="voice")

    assert not refused(cast.facilitator, update(task, status="allowed", consent_id=consent))


@pytest.mark.parametrize("person", ["member", "facilitator"])
def test_without_a_yes_nothing_opens(request, task, person):
    assert refused(request.getfixturevalue(person), update(task, status="allowed"))


def test_the_desk_cannot_say_yes_as_if_on_the_page_of_the_community(cast, task):
    consent = yes(cast, task, cast.facilitator)

    assert refused(cast.facilitator, update(task, status="allowed", consent_id=consent))


@pytest.mark.parametrize("other", ["about", "is_given", "recorded_by", "request"])
def test_another_yes_does_not_open_it(cast, coordinator, task, other):
    wrong: dict[str, dict[str, Any]] = {
        "about": {"about": "keep"}, "is_given": {"is_given": False}, "recorded_by": {"recorded_by": coordinator},
        "request": {"request": journey.received(cast)},
    }  # fmt: skip
    consent = yes(cast, task, cast.member, **wrong[other])

    assert refused(cast.member, update(task, status="allowed", consent_id=consent))


def test_past_its_day_nothing_opens(cast, task):
    consent = yes(cast, task, cast.member)
    with as_owner():
        InterpreterTask.objects.filter(pk=task.pk).update(due_at=timezone.now() - timedelta(minutes=1))

    assert refused(cast.member, update(task, status="allowed", consent_id=consent))


@pytest.mark.parametrize(
    ("before", "after"),
    [("allowed", "refused"), ("allowed", "done"), ("asked", "done"), ("ended", "asked"), ("refused", "allowed")],
)
def test_no_other_way_leads_on(cast, given, before, after):
    with as_owner():
        InterpreterTask.objects.filter(pk=given.pk).update(status=before)

    for person in (cast.member, cast.facilitator):
        assert refused(person, update(given, status=after))


def test_while_everything_stands_still_nothing_is_asked_and_what_was_asked_can_only_end(cast, task):
    freeze_community(
        cast.community.pk, side=FreezingSide.DESK, region_id=cast.community.region_id, reason="A phone.",
        by=cast.facilitator,
    )  # fmt: skip

    assert not insert(cast.facilitator, task)
    assert refused(cast.facilitator, update(task, version=9))
    assert not refused(cast.facilitator, update(task, status="ended"))


# --- Reading and giving back ---------------------------------------------------------------------------
def keep(person, task, *, shown=None):
    shown = task.version if shown is None else shown
    return refused(person, ("SELECT cre_keep_translation(%s, %s, %s, %s)", [task.pk, shown, b"x", True]))


def test_the_interpreter_gives_it_back(interpreter, given):
    assert not keep(interpreter, given)


@pytest.mark.parametrize("person", ["member", "facilitator", "coordinator", "stranger"])
def test_nobody_else_gives_it_back(request, given, person):
    assert keep(request.getfixturevalue(person), given)


def test_an_old_page_is_not_given_back(interpreter, given):
    assert keep(interpreter, given, shown=given.version - 1)


def test_a_yes_that_is_taken_back_hides_it_even_if_nobody_ended_it(cast, interpreter, given):
    with as_owner():
        consent = Consent.objects.get(pk=given.consent_id)
    withdraw_consent(consent, by=cast.member)
    with as_owner():
        InterpreterTask.objects.filter(pk=given.pk).update(status="allowed")

    with acting_as(interpreter):
        assert not InterpreterTask.objects.exists()


def test_an_account_that_was_closed_reads_nothing(interpreter, given):
    with as_owner():
        User.objects.filter(pk=interpreter.pk).update(is_active=False)

    with acting_as(interpreter):
        assert not InterpreterTask.objects.exists()


def test_without_a_second_factor_the_database_shows_nothing(interpreter, given):
    with acting_as(interpreter, proven=False):
        assert not InterpreterTask.objects.exists()


def test_the_history_is_not_the_interpreters(interpreter, given):
    with acting_as(interpreter):
        assert InterpreterTask.objects.count() == 1
        assert InterpreterTask.history.count() == 0


def test_the_translation_is_sealed_under_the_key_of_its_task(interpreter, given):
    keep_translation(given, version=given.version, translation=TRANSLATION, is_ready=True, by=interpreter)
    with as_owner():
        row = InterpreterTask.objects.get(pk=given.pk)
    assert row.key_object == row.uuid
    assert TRANSLATION.encode() not in bytes(row.translation_sealed)
    with acting_as(interpreter):
        assert row.translation == TRANSLATION
