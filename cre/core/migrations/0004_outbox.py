"""The outbox, which belongs to the system account; notices, which belong to their readers; signs of life."""

from uuid import uuid4

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cre.core.access.guards import RowGuard, run_sql_file

SYSTEM = "(select cre_is_system())"
OWN = "recipient_id = (select cre_actor())"
UNDO = """
GRANT UPDATE ON core_notice TO cre_app;
DROP FUNCTION cre_emit(text, text, jsonb, text, boolean, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_ledger"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("topic", models.CharField(max_length=80)),
                ("payload", models.JSONField()),
                ("recipient", models.BigIntegerField(null=True)),
                ("channel", models.CharField(blank=True, max_length=8)),
                ("urgent", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("begun", models.PositiveIntegerField(default=0)),
                ("leased_until", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("dead", models.BooleanField(default=False)),
                ("error", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("dead", False), ("done_at__isnull", True)),
                        fields=["due_at"],
                        name="core_outbox_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("uuid", models.UUIDField(default=uuid4, editable=False, unique=True)),
                ("topic", models.CharField(max_length=80)),
                ("object_uuid", models.UUIDField()),
                ("key", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(null=True, verbose_name="read")),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["recipient", "-created_at", "-id"], name="core_notice_page"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("recipient", "key"), name="core_notice_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        RowGuard("core_outboxmessage", SYSTEM),
        # The system account removes what is old; it adds nothing in anybody's name.
        RowGuard("core_notice", f"{OWN} OR {SYSTEM}", insert=OWN),
        RowGuard("core_heartbeat", "true", insert=SYSTEM, change=SYSTEM),
        run_sql_file(__file__, undo=UNDO),
    ]
