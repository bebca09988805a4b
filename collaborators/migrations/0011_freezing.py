"""Freezes of a community and their end by two people."""

import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import cre.core.vault.fields
from cre.core.access.guards import RowGuard, run_sql_file

UNDO = """
GRANT DELETE ON collaborators_freeze TO cre_app;
REVOKE UPDATE (warned_by_id, warned_at) ON collaborators_freezewarning FROM cre_app;
GRANT INSERT, UPDATE, DELETE ON collaborators_freezewarning TO cre_app;
DROP TRIGGER cre_take_freeze_along ON collaborators_community;
DROP TRIGGER cre_check_freeze ON collaborators_freeze;
CREATE OR REPLACE FUNCTION cre_held_community(wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(g.content_object_id), '{}') FROM collaborators_communitygrant g
    JOIN auth_permission p ON p.id = g.permission_id JOIN collaborators_user u ON u.id = g.user_id
    WHERE g.user_id = cre_actor() AND u.is_active AND p.codename = wanted AND cre_is_alive(g.starts_at, g.ends_at)
$$;
DROP FUNCTION cre_hand_over_code, cre_people_with_codes, cre_facilitates_community, cre_close_doors,
    cre_take_freeze_along, cre_check_freeze, cre_hold_community, cre_take_to_freeze, cre_may_freeze,
    cre_regions_of_community, cre_is_shut_out, cre_is_frozen, cre_frozen_communities;
"""
COORDINATES = "(select cre_holds('coordinate'))"
DESK = "region_id = ANY ((select cre_held_region('facilitate'))::bigint[])"
SECURITY = "region_id = ANY ((select cre_held_region('guard'))::bigint[])"
# Whoever froze has written the reason; what staff write about the thaw is theirs.
FREEZE = f"""(frozen_by_id = (select cre_actor()) AND thaw_proposed_by_id IS NULL)
    OR {DESK} OR {SECURITY} OR {COORDINATES}"""
FREEZES = "frozen_by_id = (select cre_actor())"
THAWS = f"{DESK} OR {SECURITY} OR {COORDINATES}"
# Which allies know something is for the desk; a focal person does not see introductions either.
WARNING = f"""{COORDINATES} OR EXISTS (SELECT 1 FROM collaborators_freeze f WHERE f.id = freeze_id AND f.{DESK})"""
HANDOVER = f"{DESK} OR {COORDINATES}"
HANDS_OVER = f"given_by_id = (select cre_actor()) AND {DESK}"


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0010_absences")]
    operations = [
        migrations.AddField(
            model_name="receiptcredential",
            name="seen_by_helper",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="CodeHandover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                (
                    "talk",
                    cre.core.vault.fields.SealedTextField(
                        label="collaborators.CodeHandover.talk",
                        max_length=2000,
                        verbose_name="how you spoke, and how you knew that it was them",
                    ),
                ),
                ("given_at", models.DateTimeField(auto_now_add=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="collaborators.community"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="collaborators.region"
                    ),
                ),
            ],
            options={
                "ordering": ["-given_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Freeze",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("community", "the community itself"),
                            ("desk", "the regional desk"),
                            ("security", "a security focal person"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborators.Freeze.reason",
                        max_length=2000,
                        verbose_name="what has happened",
                    ),
                ),
                ("frozen_at", models.DateTimeField(auto_now_add=True)),
                ("thaw_proposed_at", models.DateTimeField(null=True)),
                (
                    "thaw_reason",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborators.Freeze.thaw_reason",
                        max_length=2000,
                        verbose_name="why it is safe to go on",
                    ),
                ),
                ("thawed_at", models.DateTimeField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="freezes",
                        to="collaborators.community",
                    ),
                ),
                (
                    "frozen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="collaborators.region"
                    ),
                ),
                (
                    "thaw_proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thawed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-frozen_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="FreezeWarning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("has_met", models.BooleanField()),
                ("warned_at", models.DateTimeField(null=True)),
                (
                    "collaborator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="collaborators.collaborator"
                    ),
                ),
                (
                    "freeze",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="warnings", to="collaborators.freeze"
                    ),
                ),
                (
                    "warned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-has_met", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFreeze",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("community", "the community itself"),
                            ("desk", "the regional desk"),
                            ("security", "a security focal person"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborators.Freeze.reason",
                        max_length=2000,
                        verbose_name="what has happened",
                    ),
                ),
                ("frozen_at", models.DateTimeField(blank=True, editable=False)),
                ("thaw_proposed_at", models.DateTimeField(null=True)),
                (
                    "thaw_reason",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborators.Freeze.thaw_reason",
                        max_length=2000,
                        verbose_name="why it is safe to go on",
                    ),
                ),
                ("thawed_at", models.DateTimeField(null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "community",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="collaborators.community",
                    ),
                ),
                (
                    "frozen_by",
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
                (
                    "thaw_proposed_by",
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
                    "thawed_by",
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
                "verbose_name": "historical freeze",
                "verbose_name_plural": "historical freezes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFreezeWarning",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("has_met", models.BooleanField()),
                ("warned_at", models.DateTimeField(null=True)),
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
                    "freeze",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="collaborators.freeze",
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
                    "warned_by",
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
                "verbose_name": "historical freeze warning",
                "verbose_name_plural": "historical freeze warnings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.UniqueConstraint(
                condition=models.Q(("thawed_at", None)), fields=("community",), name="one_open_freeze"
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.CheckConstraint(
                condition=models.Q(("thawed_by", models.F("thaw_proposed_by")), _negated=True),
                name="thawed_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("thawed_at", None), ("thawed_by", None)),
                    models.Q(
                        ("thaw_proposed_by__isnull", False), ("thawed_at__isnull", False), ("thawed_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="thawed_after_a_proposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="freezewarning",
            constraint=models.UniqueConstraint(fields=("freeze", "collaborator"), name="warned_once_of_a_freeze"),
        ),
        run_sql_file(__file__, undo=UNDO),
        RowGuard("collaborators_freeze", FREEZE, insert=FREEZES, change=THAWS),
        RowGuard("collaborators_historicalfreeze", FREEZE, append_only=True),
        RowGuard("collaborators_freezewarning", WARNING, insert="false"),
        RowGuard("collaborators_historicalfreezewarning", WARNING, append_only=True),
        RowGuard("collaborators_codehandover", HANDOVER, insert=HANDS_OVER, append_only=True),
    ]
