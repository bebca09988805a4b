"""A second person for what is much at once: one asks, another decides, a yes serves once, within a day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.utils import timezone

from collaborators.actions import ask_ledger_copy, decide_bulk_access, take_ledger_copy
from collaborators.models import Platform
from collaborators.selectors.ledger import LedgerSearch
from cre.core.access import acting_as
from cre.core.ledger.models import BulkAccess, LedgerEntry
from tests.conftest import as_owner, holder

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P14"), pytest.mark.promise("P24")]
REASON = "The auditors asked how often stories were opened."
SEARCH = LedgerSearch(kind="read")


@pytest.fixture
def wish(coordinator):
    """A copy that the coordinator asks for."""
    return ask_ledger_copy(SEARCH, reason=REASON, by=coordinator)


@pytest.fixture
def allowed(wish, steward):
    """The same, with the yes of the steward."""
    return decide_bulk_access(wish, approved=True, by=steward)


def now(wish):
    with as_owner():
        return BulkAccess.objects.get(pk=wish.pk)


def test_with_the_yes_of_another_person_it_serves_once(coordinator, allowed):
    assert take_ledger_copy(allowed, by=coordinator) == SEARCH
    with pytest.raises(PermissionDenied, match="used already"):
        take_ledger_copy(allowed, by=coordinator)


def test_nobody_says_yes_to_what_they_asked_themselves(coordinator, wish):
    with pytest.raises(PermissionDenied, match="Another person"):
        decide_bulk_access(wish, approved=True, by=coordinator)
    assert now(wish).decided_at is None


def test_before_a_yes_and_after_a_no_there_is_nothing(coordinator, steward, wish):
    with pytest.raises(PermissionDenied, match="said yes"):
        take_ledger_copy(wish, by=coordinator)
    decide_bulk_access(wish, approved=False, by=steward)
    with pytest.raises(PermissionDenied, match="said yes"):
        take_ledger_copy(wish, by=coordinator)


def test_a_decision_stands(coordinator, steward, allowed):
    with pytest.raises(PermissionDenied, match="decided already"):
        decide_bulk_access(allowed, approved=False, by=steward)
    assert now(allowed).approved is True


def test_only_who_asked_takes_it(steward, allowed):
    with pytest.raises(PermissionDenied, match="Only the person who asked"):
        take_ledger_copy(allowed, by=steward)


def test_a_yes_grows_old_within_a_day(coordinator, allowed):
    with as_owner():
        BulkAccess.objects.filter(pk=allowed.pk).update(decided_at=timezone.now() - timedelta(hours=24, minutes=1))
    with pytest.raises(PermissionDenied, match="older than a day"):
        take_ledger_copy(allowed, by=coordinator)


@pytest.mark.parametrize("reason", ["", "audit", "audit audit audit audit audit", "a b c d"])
def test_without_a_sentence_nothing_is_asked(coordinator, reason):
    with pytest.raises(PermissionDenied, match="sentence"):
        ask_ledger_copy(SEARCH, reason=reason, by=coordinator)


@pytest.mark.parametrize("who", ["facilitator", "member", "ally", "stranger"])
def test_others_neither_ask_nor_decide(who, wish, request):
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        ask_ledger_copy(SEARCH, reason=REASON, by=person)
    with pytest.raises((PermissionDenied, Http404)):
        decide_bulk_access(wish, approved=True, by=person)


@pytest.mark.promise("P13")
def test_every_step_is_in_the_ledger_with_its_reason(coordinator, steward, allowed):
    take_ledger_copy(allowed, by=coordinator)
    with as_owner():
        steps = LedgerEntry.objects.filter(object_label__startswith="core.").order_by("at")
        found = [(step.person_id, step.kind, step.fields, step.reason) for step in steps]
    assert found == [
        (coordinator.pk, "acted", ["asked"], REASON),
        (steward.pk, "acted", ["approved"], REASON),
        (coordinator.pk, "export", ["kind"], REASON),
    ]


def test_history_keeps_who_asked_decided_and_took(coordinator, steward, allowed):
    take_ledger_copy(allowed, by=coordinator)
    with as_owner():
        history = list(allowed.history.order_by("history_id").values_list("history_type", "history_user_id"))
    assert history == [("+", coordinator.pk), ("~", steward.pk), ("~", coordinator.pk)]


# What the database holds by itself, whatever the code above does.
FORGED = {
    "a yes to oneself": "UPDATE core_bulkaccess SET approved = true, decided_at = now(), decided_by_id = asked_by_id",
    "a yes in another's name": "UPDATE core_bulkaccess SET approved = true, decided_at = now(), "
    "decided_by_id = (SELECT min(id) FROM collaborators_user WHERE id <> asked_by_id)",
    "other entries than were asked": "UPDATE core_bulkaccess SET chosen = '{}'",
    "a use without a yes": "UPDATE core_bulkaccess SET used_at = now()",
}


@pytest.mark.parametrize("statement", FORGED.values(), ids=FORGED)
def test_the_database_refuses_what_the_asker_forges(coordinator, wish, statement):
    with pytest.raises(DatabaseError, match=r"second person|bulk_"), transaction.atomic(), acting_as(coordinator):
        connection.cursor().execute(statement)


SECOND_USES = {
    "a second use": "UPDATE core_bulkaccess SET used_at = now()",
    "a use that never was": "UPDATE core_bulkaccess SET used_at = NULL",
    "a fresher yes": "UPDATE core_bulkaccess SET decided_at = now() + interval '1 day'",
}


@pytest.mark.parametrize("statement", SECOND_USES.values(), ids=SECOND_USES)
def test_the_database_refuses_a_second_use(coordinator, allowed, statement):
    take_ledger_copy(allowed, by=coordinator)
    with pytest.raises(DatabaseError, match="second person"), transaction.atomic(), acting_as(coordinator):
        connection.cursor().execute(statement)


def test_the_database_lets_nobody_ask_with_a_yes_in_hand(coordinator, steward):
    row = BulkAccess(
        purpose="ledger-copy", reason=REASON, asked_by=coordinator, decided_by=steward, decided_at=timezone.now(),
        approved=True,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="second person"), transaction.atomic(), acting_as(coordinator):
        row.save_base(raw=True, force_insert=True)


def test_a_second_coordinator_is_a_second_person(coordinator, wish):
    second = holder("second-coordinator", Platform.objects.get(), "coordinate", coordinator)
    decide_bulk_access(wish, approved=True, by=second)
    assert now(wish).decided_by_id == second.pk
