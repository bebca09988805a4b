from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from cre.core.access import acting_system
from cre.core.ledger import verify
from cre.core.ledger.chain import chain_ledger, digest, store_head
from cre.core.ledger.models import LedgerEntry, LedgerLink
from cre.core.ledger.verify import Damage, verify_ledger
from tests.conftest import as_owner
from tests.core.ledger.conftest import owner_past_the_trigger, write

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def kept(chained):
    """The chain of ten, its head kept apart."""
    with acting_system():
        store_head()


def found() -> list[tuple[Damage, int]]:
    with acting_system():
        return [(finding.damage, finding.seq) for finding in verify_ledger().findings]


def entry_at(seq: int) -> LedgerEntry:
    return LedgerEntry.objects.get(id=LedgerLink.objects.get(seq=seq).entry_id)


def test_an_untouched_ledger_is_whole(kept, reader):
    write(reader, 3)
    with acting_system():
        verdict = verify_ledger()
    assert (verdict.is_whole, verdict.links, verdict.waiting) == (True, 10, 3)


def test_an_empty_ledger_is_whole(db):
    assert found() == []


def test_batches_join_without_a_seam(kept, monkeypatch):
    monkeypatch.setattr(verify, "BATCH", 3)
    assert found() == []


@pytest.mark.parametrize("change", [{"reason": "other"}, {"person_id": 1}, {"fields": ["x"]}, {"community_id": 5}])
@pytest.mark.promise("P13")
def test_a_changed_entry_shows(kept, change):
    with owner_past_the_trigger():
        LedgerEntry.objects.filter(id=entry_at(4).id).update(**change)
    assert found() == [(Damage.CHANGED, 4)]


@pytest.mark.promise("P13")
def test_a_removed_entry_shows(kept):
    with owner_past_the_trigger():
        entry_at(4).delete()
    assert found() == [(Damage.REMOVED, 4)]


def test_links_cut_from_the_middle_show(kept):
    with owner_past_the_trigger():
        LedgerLink.objects.filter(seq__in=[4, 5]).delete()
    assert (Damage.CUT, 4) in found()


def test_links_cut_from_the_beginning_show(kept):
    with owner_past_the_trigger():
        LedgerLink.objects.filter(seq=1).delete()
    assert (Damage.CUT, 1) in found()


@pytest.mark.promise("P13")
def test_a_tail_cut_with_its_entries_shows_by_the_head(kept):
    with owner_past_the_trigger():
        for seq in (9, 10):
            entry_at(seq).delete()
        LedgerLink.objects.filter(seq__gt=8).delete()
    assert found() == [(Damage.CUT, 10)]


def test_everything_removed_shows_by_the_head(kept):
    with owner_past_the_trigger():
        LedgerEntry.objects.all().delete()
        LedgerLink.objects.all().delete()
    assert found() == [(Damage.CUT, 10)]


def test_a_chain_that_was_computed_anew_shows_by_the_head(kept):
    with owner_past_the_trigger():
        LedgerEntry.objects.filter(id=entry_at(4).id).update(reason="other")
        head = bytes(LedgerLink.objects.get(seq=3).hash)
        for seq in range(4, 11):
            entry = entry_at(seq)
            new = digest(head, entry)
            LedgerLink.objects.filter(seq=seq).update(previous=head, hash=new)
            head = new
    assert found() == [(Damage.CHANGED, 10)]


def test_a_link_put_in_place_of_another_shows(kept):
    with owner_past_the_trigger():
        entry = entry_at(4)
        LedgerLink.objects.filter(seq=4).update(previous=b"x" * 32, hash=digest(b"x" * 32, entry))
    assert found() == [(Damage.INSERTED, 4), (Damage.INSERTED, 5)]


def test_an_entry_written_past_the_chain_shows(kept, reader):
    with as_owner():
        LedgerEntry.objects.create(person_id=reader.pk, kind="read", at=timezone.now() - timedelta(days=30))
    with acting_system():
        assert chain_ledger() == 0
    assert found() == [(Damage.INSERTED, 0)]


def run() -> tuple[str, str]:
    said, complained = StringIO(), StringIO()
    call_command("verify_ledger", stdout=said, stderr=complained)
    return said.getvalue(), complained.getvalue()


def test_the_command_says_that_all_is_well(kept):
    assert run() == ("The ledger is whole: 10 links, 0 entries wait for theirs.\n", "")


def test_the_command_names_the_damage_and_ends_with_one(kept, capsys):
    with owner_past_the_trigger():
        entry_at(4).delete()
    complained = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_ledger", stdout=StringIO(), stderr=complained)
    assert end.value.code == 1
    assert complained.getvalue().startswith("removed: link 4, entry ")
