"""Whom a community asks for by name: both walls' second half, as the story; and who reads the directory."""

import uuid
from importlib import import_module

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import cre.core.vault.fields
from cre.core.access.guards import RowGuard

before = import_module("collaborations.migrations.0003_row_guards")

WISH, PAST = "collaborations_wish", "collaborations_historicalwish"
# The community's own side says it and takes it back; the desk and the coordinator read it.
SAYS = before.of_request(WISH, before.OWN)
# The directory opens once the desk has taken a request on: whoever only says that they are a community reads nothing.
DIRECTORY = """
CREATE OR REPLACE FUNCTION cre_directory_requests() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(r.id), '{}') FROM collaborations_supportrequest r
    WHERE r.community_id = ANY (cre_held_community('represent') || cre_held_community('support'))
      AND r.status IN ('accepted', 'brief_ready', 'matching', 'introduced', 'supported') AND r.closed_at IS NULL
$$;
"""
UNDO = """
CREATE OR REPLACE FUNCTION cre_directory_requests() RETURNS bigint[] LANGUAGE sql STABLE
SECURITY INVOKER AS $$ SELECT '{}'::bigint[] $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collaborations", "0013_answers_corrected"),
        ("collaborators", "0019_directory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalWish",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("wanted", "would like this ally"), ("known", "works with them already")], max_length=8
                    ),
                ),
                (
                    "reason",
                    cre.core.vault.fields.SealedTextField(
                        blank=True, label="collaborations.Wish.reason", max_length=1000, verbose_name="a word about it"
                    ),
                ),
                ("said_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "collaborator",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="collaborators.collaborator",
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
                    "request",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="collaborations.supportrequest",
                    ),
                ),
                (
                    "said_by",
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
                "verbose_name": "historical wish",
                "verbose_name_plural": "historical wishs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("wanted", "would like this ally"), ("known", "works with them already")], max_length=8
                    ),
                ),
                (
                    "reason",
                    cre.core.vault.fields.SealedTextField(
                        blank=True, label="collaborations.Wish.reason", max_length=1000, verbose_name="a word about it"
                    ),
                ),
                ("said_at", models.DateTimeField(auto_now_add=True)),
                (
                    "collaborator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="collaborators.collaborator",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="collaborations.supportrequest",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["said_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("request", "collaborator"), name="one_wish_for_an_ally")
                ],
            },
        ),
        RowGuard(WISH, before.story_guard(WISH), insert=SAYS, change=SAYS),
        RowGuard(PAST, before.story_guard(PAST), append_only=True),
        migrations.RunSQL(DIRECTORY, UNDO),
    ]
