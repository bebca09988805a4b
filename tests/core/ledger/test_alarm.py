"""The daily check of the ledger: what is wrong is kept, logged, and told to those who look after it."""

import logging

import pytest
from django.db import DatabaseError, connection, transaction

from cre.core.access import acting_as, acting_system
from cre.core.ledger.chain import store_head
from cre.core.ledger.models import LedgerAlarm, LedgerEntry, LedgerLink
from cre.core.outbox import Notice
from cre.core.tasks import keep_ledger_head
from cre.core.vault.models import LedgerHead
from tests.conftest import as_owner
from tests.core.ledger.conftest import owner_past_the_trigger
from tests.delivering import deliver_all

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.promise("P13")]


@pytest.fixture
def damaged(chained):
    """A kept head, and a reason that somebody with the rights of the owner changed afterwards."""
    with acting_system():
        store_head()
    with owner_past_the_trigger():
        LedgerEntry.objects.filter(pk=LedgerLink.objects.get(seq=4).entry_id).update(reason="another one")


def alarms():
    with as_owner():
        return list(LedgerAlarm.objects.all())


def test_a_whole_ledger_keeps_its_head_and_raises_no_alarm(chained):
    keep_ledger_head()
    assert (LedgerHead.objects.get().seq, alarms()) == (10, [])


def test_damage_is_kept_logged_and_told(damaged, coordinator, steward, caplog):
    with caplog.at_level(logging.ERROR):
        keep_ledger_head()
    deliver_all()

    (alarm,) = alarms()
    assert (alarm.damages, alarm.findings[0].partition(",")[0]) == (1, "changed: link 4")
    assert "The access ledger is not whole: 1 damages." in caplog.text
    with as_owner():
        told = set(Notice.objects.filter(topic="ledger-broken").values_list("recipient_id", flat=True))
    assert told == {coordinator.pk, steward.pk}


def test_while_it_is_damaged_the_kept_head_stays_the_proof(damaged):
    before = LedgerHead.objects.values().get()
    keep_ledger_head()
    assert LedgerHead.objects.values().get() == before


def test_nobody_but_the_system_raises_or_takes_back_an_alarm(damaged, coordinator):
    keep_ledger_head()
    with acting_as(coordinator):
        assert LedgerAlarm.objects.count() == 1
        for statement in ("DELETE FROM core_ledgeralarm", "UPDATE core_ledgeralarm SET damages = 0"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            LedgerAlarm.objects.bulk_create([LedgerAlarm(damages=1)])
