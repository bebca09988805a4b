from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from collaborators.models import CommunityIdentity
from cre.core import ledger
from cre.core.access import NoActor, acting_as, acting_system
from cre.core.ledger.models import LedgerEntry
from tests.conftest import as_owner

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def written() -> list[LedgerEntry]:
    with as_owner():
        return list(LedgerEntry.objects.order_by("at"))


@pytest.fixture
def identities():
    return [CommunityIdentity(community_id=number) for number in (1, 2)]


@pytest.mark.promise("P13")
def test_reads_are_written_once_for_each_object_with_all_its_fields(reader, identities, django_assert_num_queries):
    first, second = identities
    with acting_as(reader, reason="checked", view="desk:request", role="facilitator"):
        for _ in range(3):
            ledger.record_read(first, "handle")
            ledger.record_read(first, "chosen_name")
            ledger.record_read(second, "handle")
        assert written() == []
    one, two = sorted(written(), key=lambda entry: entry.community_id or 0)
    assert (one.object_uuid, one.fields, two.object_uuid, two.fields) == (
        first.uuid,
        ["chosen_name", "handle"],
        second.uuid,
        ["handle"],
    )
    assert {(e.person_id, e.kind, e.reason, e.view, e.role) for e in (one, two)} == {
        (reader.pk, "read", "checked", "desk:request", "facilitator")
    }
    assert {(e.object_label, e.request_uuid, e.region_id) for e in (one, two)} == {
        ("collaborators.CommunityIdentity", None, None)
    }


def test_many_reads_are_one_statement(reader, django_assert_num_queries):
    with acting_as(reader) as actor:
        for number in range(50):
            ledger.record_read(CommunityIdentity(community_id=number), "handle")
        with django_assert_num_queries(1):
            ledger.flush(actor)
    assert len(written()) == 50


def test_an_inner_actor_reads_under_their_own_name(reader, stranger, identities):
    with acting_as(reader):
        ledger.record_read(identities[0], "handle")
        with acting_as(stranger):
            ledger.record_read(identities[1], "handle")
        ledger.record_read(identities[0], "chosen_name")
    assert {(e.person_id, e.community_id, *e.fields) for e in written()} == {
        (reader.pk, 1, "chosen_name", "handle"),
        (stranger.pk, 2, "handle"),
    }


def test_a_read_without_an_actor_is_refused(db, identities):
    with pytest.raises(NoActor):
        ledger.record_read(identities[0], "handle")
    with pytest.raises(NoActor):
        ledger.record(ledger.Kind.ACTED, "page")


def test_reads_of_an_undone_transaction_are_undone_with_it(reader, identities):
    def read_and_fail():
        with transaction.atomic(), acting_as(reader):
            ledger.record_read(identities[0], "handle")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        read_and_fail()
    assert written() == []


def test_an_export_names_its_list_and_whom_it_concerns(reader):
    request = uuid4()
    with acting_as(reader, reason="monthly report"):
        seen = ledger.Seen("collaborations.Request", request_uuid=request, region_id=3)
        ledger.record(ledger.Kind.EXPORT, "", fields=["title", "state"], seen=seen)
    (entry,) = written()
    assert (entry.kind, entry.object_label, entry.object_uuid) == ("export", "collaborations.Request", None)
    assert (entry.request_uuid, entry.region_id, entry.fields) == (request, 3, ["title", "state"])
    assert entry.reason == "monthly report"


def test_a_refusal_stays_although_the_work_was_undone(reader):
    def act_and_be_refused():
        with transaction.atomic(), acting_as(reader):
            ledger.record(ledger.Kind.ACTED, "page")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act_and_be_refused()
    with acting_as(reader):
        ledger.record_refusal("desk", view="desk:request", reason="not this region")
    (entry,) = written()
    assert (entry.kind, entry.object_label, entry.view, entry.reason) == (
        "refused",
        "desk",
        "desk:request",
        "not this region",
    )


def test_nobody_writes_an_entry_for_somebody_else(reader, stranger):
    with acting_as(reader), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        LedgerEntry.objects.bulk_create([LedgerEntry(person_id=stranger.pk, kind="read")])
    assert written() == []


def test_nobody_writes_without_acting(reader):
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        LedgerEntry.objects.bulk_create([LedgerEntry(person_id=reader.pk, kind="read")])


def test_a_person_sees_their_own_entries_and_the_system_account_all(reader, stranger):
    for person in (reader, stranger):
        with acting_as(person):
            ledger.record(ledger.Kind.ACTED, "page")
    with acting_as(reader):
        assert list(LedgerEntry.objects.values_list("person_id", flat=True)) == [reader.pk]
    with acting_system():
        assert LedgerEntry.objects.count() == 2
    assert LedgerEntry.objects.count() == 0


@pytest.mark.parametrize("role", ["cre_app", "cre_owner"])
@pytest.mark.parametrize("statement", ["UPDATE core_ledgerentry SET reason = ''", "DELETE FROM core_ledgerentry"])
@pytest.mark.promise("P13")
def test_an_entry_is_neither_changed_nor_removed(reader, role, statement):
    with acting_as(reader):
        ledger.record(ledger.Kind.ACTED, "page", reason="why")
        with pytest.raises(DatabaseError, match=r"permission denied|takes no"), transaction.atomic():
            connection.cursor().execute(f"SET LOCAL ROLE {role}; {statement}")
    (entry,) = written()
    assert entry.reason == "why"


def test_too_long_a_reason_does_not_stop_the_work(reader):
    with acting_as(reader, reason="x" * 5000, view="y" * 500, role="z" * 500):
        ledger.record(ledger.Kind.ACTED, "page")
    (entry,) = written()
    assert (len(entry.reason), len(entry.view), len(entry.role)) == (1000, 120, 60)
