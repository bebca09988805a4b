import pytest
from django.contrib.auth import get_user_model
from django.db import connections, router

from cre.core.vault.models import DataKey, LedgerHead, Tombstone

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.parametrize("model", [DataKey, Tombstone, LedgerHead])
def test_the_tables_of_the_vault_live_only_in_the_keys_database(model):
    assert (router.db_for_read(model), router.db_for_write(model)) == ("keys", "keys")
    assert model._meta.db_table in connections["keys"].introspection.table_names()
    assert model._meta.db_table not in connections["default"].introspection.table_names()


def test_nothing_else_lives_in_the_keys_database():
    tables = set(connections["keys"].introspection.table_names())
    assert tables == {"core_datakey", "core_tombstone", "core_ledgerhead", "django_migrations"}


def test_statements_of_a_migration_run_where_they_say():
    assert router.allow_migrate("default", "core")
    assert not router.allow_migrate("keys", "core")
    assert router.allow_migrate("keys", "core", database="keys")
    assert not router.allow_migrate("default", "core", database="keys")


def test_a_row_and_a_key_cannot_be_related():
    assert router.allow_relation(get_user_model()(), DataKey()) is False
