"""What each person may add, change and remove in the database itself, in random worlds and whatever the code does."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, models, transaction
from psycopg.errors import InsufficientPrivilege

from cre.core.access import acting_as
from tests.conftest import as_owner
from tests.row_security.expectation import Eyes
from tests.row_security.world import FullWorld, World
from tests.row_security.writing import AT_MOST, WRITTEN, adds, adds_history, changes, harmless_column
from tests.test_row_security import HISTORIES, PROOF, all_eyes, in_a_world

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P10")]
WORLDS = range(40 if PROOF else 3)


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint that is always taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def places_of(model: type[models.Model]) -> dict[str, str]:
    """Where each row lies now; a changed row lies elsewhere, a removed one nowhere."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {model._meta.pk.column}::text, ctid::text FROM {model._meta.db_table}")
        return dict(cursor.fetchall())


def touched(model: type[models.Model], eyes: Eyes, statement: str) -> set[str]:
    """The rows that a statement without any condition reaches, for this person."""
    with undone():
        before = places_of(model)
        with acting_as(eyes.person, reason=eyes.reason), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(statement)
            except DatabaseError as error:
                if not isinstance(error.__cause__, InsufficientPrivilege):
                    raise
                return set()
        after = places_of(model)
        return {pk for pk, place in before.items() if after.get(pk) != place}


def may_add(model: type[models.Model], eyes: Eyes, row: models.Model) -> bool:
    """Whether the database lets this person add a row like this one; a doubled value comes after that question."""
    table, key = model._meta.db_table, str(model._meta.pk.column)
    values: dict[str, Any] = {str(field.column): getattr(row, field.attname) for field in model._meta.concrete_fields}
    if isinstance(values[key], int):
        values[key] += 1_000_000
    if "uuid" in values and not hasattr(model, "instance_type"):
        values["uuid"] = uuid4()
    columns = ", ".join(values)
    fields = [field.get_db_prep_save(values[str(field.column)], connection) for field in model._meta.concrete_fields]
    sql = f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
    with acting_as(eyes.person, reason=eyes.reason), undone(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(sql, fields)
        except DatabaseError as error:
            return not isinstance(error.__cause__, InsufficientPrivilege)
    return True


def differences(world: World, model: type[models.Model], eyes: Eyes) -> Iterator[str]:
    """Where the database lets this person write something else than expected, as sentences."""
    table, name = model._meta.db_table, model.__name__
    rows = world.all(model)
    expected = {str(row.pk) for row in rows if changes(model)(eyes, row)}
    column, is_bound = harmless_column(model), table in AT_MOST
    constant = {"key_object": f"'{uuid4()}'", "entry_id": f"'{uuid4()}'", "role": "'x'"}.get(
        column, "now()" if column.endswith("_at") else "1"
    )
    for what, statement in {
        "remove": f"DELETE FROM {table}",
        "change": f"UPDATE {table} SET {column} = {constant}",
    }.items():
        reached = touched(model, eyes, statement) & {str(row.pk) for row in rows}
        if reached - expected if is_bound else reached != expected:
            yield f"{eyes.name} may {what} {reached} of {name}, expected {expected}"
    for row in rows[:3]:
        can, should = may_add(model, eyes, row), adds(model)(eyes, row)
        if can and not should if is_bound else can != should:
            yield f"{eyes.name} may {'' if can else 'not '}add {row.pk} of {name}"


@pytest.mark.parametrize("model", WRITTEN, ids=lambda model: model._meta.db_table)
def test_the_database_lets_everybody_write_what_is_expected_and_no_more(model):
    def look(world):
        return [line for eyes in all_eyes(world) for line in differences(world, model, eyes)]

    assert [line for number in WORLDS for line in in_a_world(Random(number), look, FullWorld)] == []


def differences_of_history(world: World, model: Any, eyes: Eyes) -> Iterator[str]:
    """Histories that this person may add to, although the row is out of their sight; or the other way round."""
    source, is_bound = model.instance_type, model.instance_type._meta.db_table in AT_MOST
    living = {row.pk: row for row in world.all(source)}
    with as_owner():
        remembered = list(model.objects.filter(**{f"{source._meta.pk.name}__in": living})[:3])
    for row in remembered:
        original = living[getattr(row, source._meta.pk.attname)]
        can, should = may_add(model, eyes, row), adds_history(source)(eyes, original)
        if can and not should if is_bound else can != should:
            yield f"{eyes.name} may {'' if can else 'not '}add to the history of {original.pk} of {source.__name__}"


@pytest.mark.parametrize("model", HISTORIES, ids=lambda model: model._meta.db_table)
def test_the_database_lets_nobody_write_the_history_of_what_they_do_not_see(model):
    def look(world):
        return [line for eyes in all_eyes(world) for line in differences_of_history(world, model, eyes)]

    assert [line for number in WORLDS for line in in_a_world(Random(number), look, FullWorld)] == []


def test_the_worlds_hold_a_row_of_each_table():
    """So that the test above does not agree about nothing."""

    def look(world):
        return {model for model, rows in world.rows.items() if rows}

    assert set(WRITTEN) <= set().union(*(in_a_world(Random(number), look, FullWorld) for number in WORLDS))
