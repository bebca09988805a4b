"""A model of the tests' own with every kind of sealed field, kept with its history; no app lists it."""

from typing import ClassVar, Self

from django.db import connection, models

from cre.core.history import Records
from cre.core.vault import Sealed, SealedTextField


class Kept(models.Model):
    """Gives its heirs a history; simple-history wants that for models outside the installed apps."""

    history = Records(inherit=True, app="vault_tests")

    class Meta:
        abstract = True


class Letter(Sealed, Kept):
    """A letter with two sealed texts and a plain state."""

    KEY_PURPOSE = "letters"
    SUBJECT = {"request": "key_object", "region": "subject_region"}

    objects: ClassVar[models.Manager[Self]]

    community_id = models.BigIntegerField(default=7)
    status = models.CharField(max_length=20, default="new")
    body = SealedTextField("what it says", max_length=500)
    answer = SealedTextField(blank=True, null=True)

    class Meta:
        app_label = "vault_tests"

    @property
    def subject_region(self) -> int:
        """A subject that is no column, so that history has it only through the row."""
        return self.community_id * 10

    def __str__(self) -> str:
        return self.status


def make_tables() -> None:
    """Create the tables, once, in the test database."""
    known = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in (Letter, Letter.history.model):
            if model._meta.db_table not in known:
                editor.create_model(model)
