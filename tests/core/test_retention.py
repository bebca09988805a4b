"""Removing for good: what goes, that nothing of it is left anywhere, and the proof that stays."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, models, transaction
from django.utils import timezone

from collaborations.actions import withdraw_request
from collaborations.models import SupportRequest
from collaborations.retention import remove as remove_rows
from collaborators.models import Community, ReceiptCredential
from cre.core.access import acting_as, acting_system
from cre.core.ledger.chain import chain_ledger
from cre.core.ledger.verify import verify_ledger
from cre.core.outbox import Notice
from cre.core.registries import retained
from cre.core.retention import RetentionProof, RetentionRule, destroy_condemned_keys, fingerprint, run_retention
from cre.core.vault.models import DataKey, Tombstone
from tests import journey
from tests.conftest import as_owner
from tests.journey import cast
from tests.retaining import KEEPS_IDS, age, ask_and_wait, is_there, over_since, places_of, proofs

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise("P15")]


def taken_back(cast) -> SupportRequest:
    """A request that has been through everything, taken back long ago."""
    request = journey.request_of(journey.introduced(cast), cast.member)
    withdraw_request(request, version=request.version, by=cast.member)
    over_since(request, 200)
    return request


def uuids_of(request) -> list[UUID]:
    """The uuids of a request and of everything that has one and points at it."""
    with as_owner():
        found = [request.uuid]
        for relation in SupportRequest._meta.related_objects:
            rows = relation.related_model._default_manager.filter(**{relation.field.name: request.pk})
            if hasattr(relation.related_model, "uuid"):
                found += rows.values_list("uuid", flat=True)
        return found


def test_nothing_goes_before_its_time(cast):
    journey.introduced(cast)

    assert set(run_retention().values()) == {0}


def test_a_request_goes_with_all_that_points_at_it_and_its_history(cast, deliver):
    request = taken_back(cast)
    deliver()
    everything = uuids_of(request)
    before = places_of(*everything)
    ask_and_wait(31)

    run_retention()
    deliver()

    assert len(before) > 12
    assert places_of(*everything) - KEEPS_IDS == set()
    assert proofs() == ["withdrawn"]


def test_no_table_that_points_at_a_request_or_a_community_is_left_out(cast):
    """By the models, not by the database: a new table is found here even if its constraint is missing."""
    loose = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if not hasattr(model, "instance_type")
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in {SupportRequest, Community} and not field.db_constraint
    ]
    assert loose == []


def test_what_points_at_what_goes_is_never_only_emptied():
    """The removal takes out whole rows; a reference that should only be emptied needs a word in the database."""
    seen, todo = set(), [SupportRequest, Community]
    while todo:
        model = todo.pop()
        seen.add(model)
        for relation in model._meta.related_objects:
            assert relation.on_delete in {models.CASCADE, models.PROTECT}, relation
            todo += [relation.related_model] if relation.related_model not in seen else []
    assert len(seen) > 20


def test_the_keys_of_what_went_are_destroyed(cast, deliver):
    request = taken_back(cast)
    work = request.uuid
    ask_and_wait(31)
    run_retention()
    deliver()

    live = DataKey.objects.filter(destroyed_at=None)
    assert not live.filter(object_uuid=work).exists()
    assert set(Tombstone.objects.filter(object_uuid=work).values_list("purpose", flat=True)) == {"story", "brief"}
    assert live.filter(object_uuid=cast.community.uuid, purpose="identity").exists()


def test_the_proof_says_what_went_and_never_what_it_was(cast):
    request = taken_back(cast)
    ask_and_wait(31)
    run_retention()

    with as_owner():
        proof = RetentionProof.objects.get()
    assert (proof.rule, proof.days, bytes(proof.fingerprint or b"")) == ("withdrawn", 180, fingerprint(request.uuid))
    assert proof.rows["collaborations_supportrequest"] == 1
    assert all(isinstance(number, int) for number in proof.rows.values())


def test_nobody_changes_a_proof(cast, member):
    taken_back(cast)
    ask_and_wait(31)
    run_retention()

    with as_owner(), pytest.raises(ProgrammingError, match="takes no UPDATE"), transaction.atomic():
        RetentionProof.objects.update(rule="other")


def test_the_ledger_keeps_its_entries_and_its_chain(cast):
    request = taken_back(cast)
    with transaction.atomic(), acting_as(cast.facilitator):
        assert request.story.need
    ask_and_wait(31)
    run_retention()
    with acting_system():
        chain_ledger()
        verdict = verify_ledger()

    assert verdict.is_whole
    assert verdict.links > 0


def test_a_run_that_died_in_the_middle_is_finished_by_the_next(cast, monkeypatch):
    request = taken_back(cast)
    ask_and_wait(31)

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("cre.core.retention.runner.prove", die)
        with pytest.raises(KeyboardInterrupt):
            run_retention()
    halfway = (is_there(request), proofs())
    run_retention()
    run_retention()

    assert (halfway, is_there(request), proofs()) == ((True, []), False, ["withdrawn"])


def test_keys_that_were_not_reached_are_destroyed_by_the_next_run(cast):
    request = taken_back(cast)
    ask_and_wait(31)
    with transaction.atomic(), acting_system():
        (clock,) = retained["withdrawn"].due(5)
        remove_rows(clock)
    before = DataKey.objects.filter(object_uuid=request.uuid, destroyed_at=None).count()

    run_retention()
    assert destroy_condemned_keys() == 0

    assert (before > 0, DataKey.objects.filter(object_uuid=request.uuid, destroyed_at=None).count()) == (True, 0)


def test_one_that_fails_does_not_stop_the_others(cast, monkeypatch):
    first = taken_back(cast)
    second = journey.received(cast)
    withdraw_request(second, version=second.version, by=cast.member)
    over_since(second, 300)
    ask_and_wait(31)
    real = retained["withdrawn"].remove

    def fail_once(clock):
        if clock.object_id == first.pk:
            raise ProgrammingError
        return real(clock)

    monkeypatch.setitem(retained._items, "withdrawn", replace(retained["withdrawn"], remove=fail_once))
    run_retention()

    assert (is_there(first), is_there(second)) == (True, False)


@pytest.mark.parametrize("function", ["cre_forget_request", "cre_forget_community", "cre_remove_old"])
def test_nobody_but_the_clock_removes(cast, coordinator, function):
    arguments = "('codes', 5)" if function == "cre_remove_old" else "(1)"
    for person in (cast.member, cast.facilitator, coordinator):
        with acting_as(person), pytest.raises(ProgrammingError, match="may not"), transaction.atomic():
            connection.cursor().execute(f"SELECT {function}{arguments}")


@pytest.mark.parametrize(
    "function", ["cre_forget(regclass, bigint[])", "cre_all_clocks()", "cre_forget_people(bigint[])"]
)
def test_what_works_without_a_question_is_not_for_the_application(function):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_function_privilege('cre_app', %s, 'execute')", [function])
        assert cursor.fetchone() == (False,)


def test_the_database_itself_refuses_to_remove_before_the_time(cast):
    request = journey.received(cast)
    with acting_system(), pytest.raises(ProgrammingError, match="before its time"), transaction.atomic():
        connection.cursor().execute("SELECT cre_forget_request(%s)", [request.pk])

    assert is_there(request)


def test_every_class_has_a_rule_and_every_rule_a_class():
    with as_owner():
        assert set(RetentionRule.objects.values_list("name", flat=True)) == {kept.name for kept in retained}


def test_old_notices_and_replaced_codes_go_and_newer_ones_stay(member, deliver):
    with acting_as(member):
        for number in (1, 2):
            Notice.objects.create(recipient=member, topic="x", object_uuid=member.uuid, key=str(number))
    age(Notice, 181, "created_at", key="1")
    with as_owner():
        ReceiptCredential.objects.filter(user=member).update(replaced_at=timezone.now())
    age(ReceiptCredential, 31, "replaced_at", user_id=member.pk)

    run_retention()

    with as_owner():
        assert list(Notice.objects.values_list("key", flat=True)) == ["2"]
        assert not ReceiptCredential.objects.exists()
    assert proofs() == ["codes", "notices"]
