import pytest

from cre.core.access import current_actor
from cre.core.ledger import Seen
from cre.core.vault import NoKey, Shredded, Tampered, cache, shred
from tests.core.vault.letters import Letter

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.promise("P04")
def test_history_copies_the_sealed_bytes(letter):
    assert bytes(letter.history.get().body_sealed) == bytes(letter.body_sealed)


def test_history_opens_and_the_read_counts_for_the_row(letter, reader):
    letter.body = "The river is black."
    letter.save()
    newest, first = letter.history.all()
    assert (newest.body, first.body) == ("The river is black.", "The river is grey.")
    (seen,) = current_actor().reads
    assert seen == Seen("vault_tests.Letter", letter.uuid, 7, letter.key_object, 70)


def test_an_earlier_version_of_the_row_opens(letter, reader):
    letter.body = "The river is black."
    letter.save()
    assert letter.history.last().instance.body == "The river is grey."


def test_a_process_without_keys_changes_the_state_and_keeps_history(letter, settings):
    settings.MASTER_KEY_FILE = ""
    cache.keys.clear()
    row = Letter.objects.get(pk=letter.pk)
    row.status = "read"
    row.save()
    row.delete()
    versions = Letter.history.order_by("history_id").values_list("history_type", "status", "body_sealed")
    assert [(kind, status) for kind, status, _ in versions] == [("+", "new"), ("~", "read"), ("-", "read")]
    assert {bytes(body) for _, _, body in versions} == {bytes(letter.body_sealed)}


def test_a_process_without_keys_opens_nothing(letter, settings, reader):
    settings.MASTER_KEY_FILE = ""
    cache.keys.clear()
    with pytest.raises(NoKey):
        letter.body  # noqa: B018
    with pytest.raises(NoKey):
        letter.history.get().body  # noqa: B018


def test_history_says_changed_and_never_what(letter):
    letter.body, letter.status = "The river is black.", "read"
    letter.save()
    newest, first = letter.history.all()
    changes = newest.diff_against(first)
    assert changes.changed_fields == ["body", "status"]
    assert (str(changes.changes[0].old), str(changes.changes[0].new)) == ("sealed", "sealed")


def test_history_does_not_call_an_equal_text_a_change(letter):
    letter.body, letter.status = "The river is grey.", "read"
    letter.save()
    newest, first = letter.history.all()
    assert newest.diff_against(first).changed_fields == ["status"]


@pytest.mark.promise("P15")
def test_shredding_reaches_history(letter, reader):
    letter.body = "The river is black."
    letter.save()
    shred(letter.key_object, "letters")
    for version in [Letter.objects.get(pk=letter.pk), *letter.history.all()]:
        with pytest.raises(Shredded):
            version.body  # noqa: B018
    assert list(Letter.history.values_list("status", flat=True)) == ["new", "new"]


def test_a_history_row_takes_no_text_of_another_row(letter, write_letter, reader):
    other = write_letter("theirs", key_object=letter.key_object)
    version = letter.history.get()
    version.body_sealed = bytes(other.body_sealed)
    with pytest.raises(Tampered):
        version.body  # noqa: B018
