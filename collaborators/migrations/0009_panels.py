"""Committees and working groups with seats and terms."""

import uuid
from pathlib import Path

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import cre.core.vault.fields
from cre.core.access.guards import RowGuard, run_sql_file

WATCHES = "(select cre_holds('coordinate', 'steward', 'operate'))"
PANEL = f"{WATCHES} OR id = ANY ((select cre_held_panel('review'))::bigint[])"
COORDINATES = "(select cre_holds('coordinate'))"
GRANT = "user_id = (select cre_actor()) OR (select cre_holds('coordinate', 'steward'))"
# What somebody says of themselves is theirs; the deliveries' account counts it, and nobody else reads it.
OWN = "user_id = (select cre_actor())"
COUNTED = f"{OWN} OR (select cre_holds('operate'))"


def before(file: str, name: str) -> str:
    """How a function was in an earlier migration, to put it back."""
    sql = Path(__file__).with_name(file).read_text(encoding="utf-8")
    body = sql[sql.index(f"FUNCTION {name}(") :]
    return "CREATE OR REPLACE " + body[: body.index("$$;") + len("$$;")] + "\n"


UNDO = """
DROP FUNCTION cre_holders_panel, cre_leave_panel, cre_join_panel, cre_take_seat_panel;
CREATE OR REPLACE FUNCTION cre_grant_tables() RETURNS text[] LANGUAGE sql IMMUTABLE
AS $$ SELECT ARRAY['region', 'platform', 'collaborator', 'community'] $$;
"""
UNDO += before("0007_second_factor.sql", "cre_needs_proof") + before("0008_invitations.sql", "cre_name_of")
UNDO += """
DROP FUNCTION cre_held_panel;
GRANT INSERT, UPDATE, DELETE ON collaborators_panelgrant, collaborators_historicalpanelgrant TO cre_app;
"""


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0008_invitations")]
    operations = [
        migrations.CreateModel(
            name="Panel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("committee", "Committee"), ("working_group", "Regional working group")],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField(default=5, verbose_name="seats")),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="panels",
                        to="collaborators.region",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "permissions": [("review", "Has a seat on the panel")],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HistoricalPanel",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(db_index=True, max_length=80, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("committee", "Committee"), ("working_group", "Regional working group")],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField(default=5, verbose_name="seats")),
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
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="collaborators.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical panel",
                "verbose_name_plural": "historical panels",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PanelGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="grants", to="collaborators.panel"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
                "unique_together": {("user", "permission", "content_object")},
            },
        ),
        migrations.CreateModel(
            name="HistoricalPanelGrant",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "given_by",
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
                    "permission",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="auth.permission",
                    ),
                ),
                (
                    "user",
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
                    "content_object",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="collaborators.panel",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical panel grant",
                "verbose_name_plural": "historical panel grants",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Composition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "origin",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborators.Composition.origin",
                        max_length=20,
                        verbose_name="Region of origin",
                    ),
                ),
                (
                    "gender",
                    cre.core.vault.fields.SealedTextField(
                        blank=True, label="collaborators.Composition.gender", max_length=20, verbose_name="Gender"
                    ),
                ),
                (
                    "age",
                    cre.core.vault.fields.SealedTextField(
                        blank=True, label="collaborators.Composition.age", max_length=20, verbose_name="Age"
                    ),
                ),
                (
                    "affected",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborators.Composition.affected",
                        max_length=20,
                        verbose_name="From a community that resists a project",
                    ),
                ),
                (
                    "indigenous",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborators.Composition.indigenous",
                        max_length=20,
                        verbose_name="Indigenous",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="composition",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalComposition",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "origin",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborators.Composition.origin",
                        max_length=20,
                        verbose_name="Region of origin",
                    ),
                ),
                (
                    "gender",
                    cre.core.vault.fields.SealedTextField(
                        blank=True, label="collaborators.Composition.gender", max_length=20, verbose_name="Gender"
                    ),
                ),
                (
                    "age",
                    cre.core.vault.fields.SealedTextField(
                        blank=True, label="collaborators.Composition.age", max_length=20, verbose_name="Age"
                    ),
                ),
                (
                    "affected",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborators.Composition.affected",
                        max_length=20,
                        verbose_name="From a community that resists a project",
                    ),
                ),
                (
                    "indigenous",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborators.Composition.indigenous",
                        max_length=20,
                        verbose_name="Indigenous",
                    ),
                ),
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
                (
                    "user",
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
                "verbose_name": "historical composition",
                "verbose_name_plural": "historical compositions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        run_sql_file(__file__, undo=UNDO),
        RowGuard("collaborators_panel", PANEL, insert=COORDINATES, change=COORDINATES),
        RowGuard("collaborators_historicalpanel", PANEL, append_only=True),
        RowGuard("collaborators_panelgrant", GRANT, insert="false", append_only=True),
        RowGuard("collaborators_historicalpanelgrant", GRANT, insert="false", append_only=True),
        RowGuard("collaborators_composition", COUNTED, insert=OWN, change=OWN),
        RowGuard("collaborators_historicalcomposition", OWN, append_only=True),
    ]
