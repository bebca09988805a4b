"""What the settings make of the addresses of databases."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from cre.environment import databases

SECRET = "do-not-say-this"


def test_what_an_address_asks_of_the_connection_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://cre_app@db/cre?sslmode=verify-full")

    assert databases(testing=False)["default"]["OPTIONS"]["sslmode"] == "verify-full"


def test_a_wrong_address_is_not_repeated_with_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql//cre:{SECRET}@[db/cre")

    with pytest.raises(ImproperlyConfigured) as fault:
        databases(testing=False)

    assert SECRET not in str(fault.value)


@pytest.mark.django_db
def test_a_value_never_stands_in_the_text_of_a_statement() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_query() WHERE %s <> ''", [SECRET])

        assert SECRET not in cursor.fetchone()[0]
