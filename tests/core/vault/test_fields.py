from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models, transaction

from cre.core.access import NoActor, acting_as
from cre.core.ledger.models import LedgerEntry
from cre.core.vault import NoKey, Sealed, SealedTextField, Tampered, cache
from cre.core.vault.models import DataKey
from cre.core.vault.sealing import is_sealed, key_id_of
from tests.conftest import as_owner
from tests.core.vault.letters import Letter

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class LetterForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Letter
        fields = ["body", "answer"]


def stored(letter: Letter, column: str = "body_sealed") -> Any:
    """The bytes in the database, past every layer of ours."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {Letter._meta.db_table} WHERE id = %s", [letter.pk])
        value = cursor.fetchone()[0]
    return value if value is None else bytes(value)


@pytest.mark.promise("P04")
def test_the_database_holds_only_sealed_bytes(letter, reader):
    assert b"river" not in stored(letter)
    assert is_sealed(stored(letter))
    assert letter.body == "The river is grey."


def test_the_key_belongs_to_the_object_and_purpose(letter):
    key = DataKey.objects.get(id=key_id_of(stored(letter)))
    assert (key.object_uuid, key.purpose) == (letter.key_object, "letters")


def test_two_rows_of_one_object_share_its_key(write_letter):
    first = write_letter()
    second = write_letter(key_object=first.key_object)
    assert key_id_of(stored(first)) == key_id_of(stored(second))


def test_an_assigned_text_is_readable_before_it_is_saved(db):
    letter = Letter(key_object=uuid4(), body="Not sent yet.")
    assert letter.body == "Not sent yet."
    assert not DataKey.objects.exists()


def test_none_and_empty_need_no_key_and_no_reader(settings, db):
    settings.MASTER_KEY_FILE = ""
    letter = Letter.objects.create(key_object=uuid4(), body="", answer=None)
    fresh = Letter.objects.get(pk=letter.pk)
    assert (fresh.body, fresh.answer) == ("", None)
    assert (stored(letter), stored(letter, "answer_sealed")) == (b"", None)
    assert not DataKey.objects.exists()


def test_a_text_that_was_never_given_is_empty(db):
    assert (Letter().body, Letter().answer) == ("", None)


def test_nothing_but_text_can_be_assigned(letter):
    with pytest.raises(TypeError):
        letter.body = b"bytes"


def test_sealing_without_an_object_is_refused(db):
    with pytest.raises(NoKey, match="key_object"):
        Letter(body="whose?").body_sealed  # noqa: B018


@pytest.mark.promise("P13")
def test_reading_without_an_actor_is_refused(letter):
    with pytest.raises(NoActor):
        letter.body  # noqa: B018


@pytest.mark.promise("P13")
def test_reading_is_recorded_with_its_subject(letter, django_user_model):
    person = django_user_model.objects.create_user(email="second@example.org")
    with acting_as(person, reason="asked by phone", view="desk:letter", role="facilitator"):
        assert letter.body + letter.body
    with as_owner():
        entry = LedgerEntry.objects.get()
    assert (entry.person_id, entry.kind, entry.fields) == (person.pk, "read", ["body"])
    assert (entry.object_label, entry.object_uuid) == ("vault_tests.Letter", letter.uuid)
    assert (entry.community_id, entry.request_uuid, entry.region_id) == (7, letter.key_object, 70)
    assert (entry.reason, entry.view, entry.role) == ("asked by phone", "desk:letter", "facilitator")


def test_a_bytes_swap_between_rows_is_refused(write_letter, reader):
    first = write_letter("mine")
    second = write_letter("theirs", key_object=first.key_object)
    Letter.objects.filter(pk=first.pk).update(body_sealed=stored(second))
    with pytest.raises(Tampered):
        Letter.objects.get(pk=first.pk).body  # noqa: B018


def test_a_bytes_swap_between_columns_is_refused(letter, reader):
    Letter.objects.filter(pk=letter.pk).update(answer_sealed=stored(letter))
    with pytest.raises(Tampered):
        Letter.objects.get(pk=letter.pk).answer  # noqa: B018


def test_an_unchanged_text_is_written_back_as_the_same_bytes(letter):
    before = stored(letter)
    letter.status = "read"
    letter.save()
    assert stored(letter) == before


def test_assigning_the_same_text_again_keeps_the_bytes(letter):
    before = stored(letter)
    letter.body = "The river is grey."
    letter.save()
    assert stored(letter) == before


def test_assigning_another_text_changes_the_bytes(letter, reader):
    before = stored(letter)
    letter.body = "The river is black."
    letter.save()
    assert stored(letter) != before
    assert Letter.objects.get(pk=letter.pk).body == "The river is black."


def test_a_text_can_be_emptied(letter):
    letter.body = ""
    letter.save(update_fields=["body"])
    assert stored(letter) == b""


def test_update_fields_takes_the_name_of_the_field(letter, reader):
    letter.body, letter.status = "The river is black.", "read"
    letter.save(update_fields=["body"])
    fresh = Letter.objects.get(pk=letter.pk)
    assert (fresh.body, fresh.status) == ("The river is black.", "new")


def test_a_deferred_text_is_read_when_asked_for(letter, reader, django_assert_num_queries):
    for queryset in (Letter.objects.defer("body"), Letter.objects.only("uuid", "key_object", "community_id")):
        row = queryset.get(pk=letter.pk)
        with django_assert_num_queries(1):
            assert row.body == "The river is grey."


def test_a_deferred_text_that_is_assigned_is_saved(letter, reader):
    row = Letter.objects.defer("body").get(pk=letter.pk)
    row.body = "Written without reading."
    row.save()
    assert Letter.objects.get(pk=letter.pk).body == "Written without reading."


def test_a_deferred_text_that_is_not_assigned_stays(letter, reader):
    row = Letter.objects.defer("body").get(pk=letter.pk)
    row.status = "read"
    row.save()
    assert Letter.objects.get(pk=letter.pk).body == "The river is grey."


def test_reading_the_row_again_forgets_what_was_not_saved(letter, reader):
    letter.body = "Never saved."
    letter.refresh_from_db()
    assert letter.body == "The river is grey."


def test_bulk_writes_seal_too(letter, reader):
    letter.body = "From a bulk update."
    Letter.objects.bulk_update([letter], ["body"])
    made = Letter(key_object=uuid4(), body="From a bulk insert.")
    Letter.objects.bulk_create([made])
    assert b"bulk" not in stored(letter) + stored(made)
    assert [row.body for row in Letter.objects.order_by("id")] == [
        "From a bulk update.",
        "From a bulk insert.",
    ]


@pytest.mark.parametrize("value", ["in the clear", b"in the clear, and long enough for a header of sealed bytes"])
def test_update_refuses_what_is_not_sealed(letter, value):
    before = stored(letter)
    with pytest.raises(TypeError, match="sealed"), transaction.atomic():
        Letter.objects.update(body=value)
    assert stored(letter) == before


@pytest.mark.parametrize("lookup", ["body", "body__contains", "body__iexact", "body__in", "body__gt", "body__length"])
def test_searching_by_a_sealed_text_is_refused(db, lookup):
    with pytest.raises(FieldError, match="sealed"):
        Letter.objects.filter(**{lookup: "river"}).count()


def test_whether_there_is_a_text_may_be_asked(write_letter):
    write_letter(answer="yes")
    silent = write_letter()
    without = Letter.objects.filter(answer__isnull=True)
    assert list(without) == [silent]
    assert list(Letter.objects.filter(id__in=without.values("id"))) == [silent]


def test_sorting_by_a_sealed_text_is_refused(db):
    with pytest.raises(FieldError, match="sealed"):
        list(Letter.objects.order_by("-body"))


def test_values_give_bytes_and_never_text(letter):
    assert is_sealed(Letter.objects.values_list("body", flat=True).get())


@pytest.mark.parametrize("form", ["json", "xml", "python"])
def test_dumping_refuses(letter, reader, form):
    with pytest.raises(TypeError, match="sealed"):
        serializers.serialize(form, [letter])


def test_a_form_starts_from_the_text_and_opens_it_only_when_written(letter, django_user_model):
    form = LetterForm(instance=letter)
    with acting_as(django_user_model.objects.create_user(email="second@example.org")) as actor:
        assert not actor.reads
        assert "The river is grey." in form.as_p()
        assert actor.reads


def test_a_form_is_a_text_area_with_its_limit(db):
    body, answer = LetterForm().fields["body"], LetterForm().fields["answer"]
    assert isinstance(body.widget, forms.Textarea)
    assert (body.max_length, body.required, answer.required) == (500, True, False)
    assert LetterForm({"body": "x" * 501}).errors.keys() == {"body"}


def test_checking_a_form_makes_no_key(db):
    form = LetterForm({"body": "The river is grey.", "answer": ""}, instance=Letter(key_object=uuid4()))
    assert form.is_valid(), form.errors
    assert (form.instance.body, form.instance.answer) == ("The river is grey.", None)
    assert not DataKey.objects.exists()


def test_a_whole_row_can_be_checked_before_it_is_sealed(db):
    with pytest.raises(ValidationError) as refusal:
        Letter(key_object=uuid4(), body="x" * 501, status="").full_clean()
    assert refusal.value.error_dict.keys() == {"body", "status"}
    with pytest.raises(ValidationError):
        Letter(key_object=uuid4()).full_clean()
    Letter(key_object=uuid4(), body="x" * 500).full_clean()


def test_a_checked_row_from_the_database_is_not_opened(letter):
    cache.keys.clear()
    letter.full_clean()


@pytest.mark.parametrize("option", ["default", "unique", "choices", "db_index"])
def test_a_sealed_field_takes_no_option_that_needs_the_text(option):
    with pytest.raises(TypeError):
        SealedTextField(**{option: True})  # type: ignore[arg-type]


def test_the_label_stands_in_the_migration(db):
    field = Letter._meta.get_field("body")
    assert field.clone().label == field.label == "vault_tests.Letter.body"
    assert SealedTextField(label="old.Model.field").clone().label == "old.Model.field"


def test_a_sealed_field_in_a_model_without_a_purpose_is_an_error():
    class Purposeless(models.Model):
        note = SealedTextField()

        class Meta:
            app_label = "vault_tests"

        def __str__(self) -> str:
            return "purposeless"

    class Nameless(Sealed):
        note = SealedTextField()

        class Meta:
            app_label = "vault_tests"

    assert [error.id for error in Purposeless.check()] == ["core.E001"]
    assert [error.id for error in Nameless.check()] == ["core.E001"]
    assert Letter.check() == []
    assert Letter.history.model.check() == []
