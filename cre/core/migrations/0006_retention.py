"""What is kept for how long, what stands still, and the proof that it went."""

from uuid import uuid4

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from cre.core.access.guards import RowGuard, run_sql_file

SYSTEM = "(select cre_is_system())"
UNDO = """
GRANT INSERT, UPDATE ON core_condemnedkey TO cre_app;
DROP TRIGGER cre_insert_only ON core_retentionproof;
DROP FUNCTION cre_count_gone, cre_forget, cre_erase_traces, cre_erase, cre_take_out, cre_counted, cre_has_column, cre_history_of;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0005_proven_actor"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="CondemnedKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_uuid", models.UUIDField(unique=True)),
                ("condemned_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalLegalHold",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("object_label", models.CharField(max_length=100)),
                ("object_uuid", models.UUIDField(db_index=True)),
                ("reason", models.CharField(max_length=300, verbose_name="why it must be kept")),
                ("placed_at", models.DateTimeField(blank=True, editable=False)),
                ("ended_at", models.DateTimeField(null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical legal hold",
                "verbose_name_plural": "historical legal holds",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRetentionRule",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.SlugField(max_length=40)),
                ("days", models.PositiveIntegerField(verbose_name="days")),
                ("asks_before_days", models.PositiveIntegerField(default=0, verbose_name="asked so many days before")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical retention rule",
                "verbose_name_plural": "historical retention rules",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RetentionProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid4, editable=False, unique=True)),
                ("rule", models.CharField(max_length=40)),
                ("days", models.PositiveIntegerField()),
                ("rows", models.JSONField(default=dict)),
                ("fingerprint", models.BinaryField(null=True)),
                ("removed_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-removed_at", "-id"],
                "indexes": [models.Index(fields=["-removed_at", "-id"], name="retention_proof_page")],
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.SlugField(max_length=40, unique=True)),
                ("days", models.PositiveIntegerField(verbose_name="days")),
                ("asks_before_days", models.PositiveIntegerField(default=0, verbose_name="asked so many days before")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", models.F("asks_before_days"))), name="asked_within_the_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("object_label", models.CharField(max_length=100)),
                ("object_uuid", models.UUIDField(db_index=True)),
                ("reason", models.CharField(max_length=300, verbose_name="why it must be kept")),
                ("placed_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-placed_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("object_uuid",), name="held_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("ended_by", models.F("placed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="another_person_ends_a_hold",
                    ),
                ],
            },
        ),
        # Whoever is in may know for how long something is kept; what the coordinator may do is added where roles are known.
        RowGuard("core_retentionrule", "(select cre_actor()) IS NOT NULL", insert="false", change="false"),
        RowGuard("core_historicalretentionrule", SYSTEM, append_only=True),
        RowGuard("core_legalhold", SYSTEM, insert="false", change="false"),
        RowGuard("core_historicallegalhold", SYSTEM, insert="false", append_only=True),
        RowGuard("core_retentionproof", SYSTEM, append_only=True),
        RowGuard("core_condemnedkey", SYSTEM, insert="false"),
        run_sql_file(__file__, undo=UNDO),
    ]
