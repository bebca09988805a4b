"""What of the ledger needs a second person."""

from typing import Any
from uuid import uuid4

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from cre.core.access.guards import RowGuard, run_sql_file

UNDO = """
DROP TRIGGER cre_check_bulk_access ON core_bulkaccess;
DROP FUNCTION cre_check_bulk_access();
"""
# Roles are not known here: collaborators adds that those who may decide see what others ask.
OWN = "asked_by_id = (select cre_actor())"
BY_ACTOR = "history_user_id = (select cre_actor())"
CHANGES = [("+", "Created"), ("~", "Changed"), ("-", "Deleted")]


def what_was_asked() -> list[tuple[str, Any]]:
    return [
        ("version", models.PositiveIntegerField(default=1, editable=False)),
        ("purpose", models.CharField(max_length=40)),
        ("chosen", models.JSONField(default=dict)),
        ("reason", models.CharField(max_length=1000)),
        ("asked_at", models.DateTimeField(default=timezone.now)),
        ("decided_at", models.DateTimeField(null=True)),
        ("approved", models.BooleanField(null=True)),
        ("used_at", models.DateTimeField(null=True)),
    ]


def remembered_person() -> Any:
    return models.ForeignKey(
        blank=True,
        db_constraint=False,
        null=True,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0006_retention"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="BulkAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid4, editable=False, unique=True)),
                *what_was_asked(),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                               to=settings.AUTH_USER_MODEL)),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT,
                                                 related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked_by", models.F("decided_by")), _negated=True),
                        name="bulk_by_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("used_at", None), ("approved", True), _connector="OR"),
                        name="bulk_used_with_a_yes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalBulkAccess",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid4, editable=False)),
                *what_was_asked(),
                ("asked_by", remembered_person()),
                ("decided_by", remembered_person()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=CHANGES, max_length=1)),
                ("history_user", models.ForeignKey(db_constraint=False, null=True,
                                                   on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                                                   to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "historical bulk access",
                "verbose_name_plural": "historical bulk accesss",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LedgerAlarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid4, editable=False, unique=True)),
                ("found_at", models.DateTimeField(default=timezone.now)),
                ("damages", models.PositiveIntegerField()),
                ("findings", models.JSONField(default=list)),
            ],
        ),
        migrations.AddIndex(
            model_name="ledgerentry", index=models.Index(fields=["request_uuid", "at"], name="ledger_request")
        ),
        RowGuard("core_ledgeralarm", "(select cre_is_system())", append_only=True),
        RowGuard("core_bulkaccess", OWN, change=OWN),
        RowGuard("core_historicalbulkaccess", OWN, insert=BY_ACTOR, append_only=True),
        run_sql_file(__file__, undo=UNDO),
    ]  # fmt: skip
