"""A region goes from one facilitator to the next, request by request."""

import uuid
from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import cre.core.vault.fields
from cre.core.access.guards import RowGuard, run_sql_file

PANELS = Path(__file__).parents[2] / "collaborators" / "migrations" / "0009_panels.sql"
COORDINATES = "(select cre_holds('coordinate'))"
TAKES_PART = "{id} = ANY ((select cre_open_handovers())::bigint[])"
# As cre_open_handovers() says it, but of the row itself: a row that is just being written is in no list yet.
OWN_REGION = "region_id = ANY ((select cre_held_region('facilitate'))::bigint[])"
HANDOVER = f"""(select cre_holds('coordinate', 'operate')) OR {TAKES_PART.format(id="id")} OR (cancelled_at IS NULL
    AND completed_at IS NULL AND leaving_id = (select cre_actor()) AND {OWN_REGION})"""
STARTS = f"""started_by_id = (select cre_actor()) AND completed_at IS NULL AND cancelled_at IS NULL AND ({COORDINATES}
    OR (leaving_id = (select cre_actor()) AND NOT is_vanished
        AND {OWN_REGION}))"""
SIGNATURE = f"(select cre_holds('coordinate', 'operate')) OR {TAKES_PART.format(id='handover_id')}"
SIGNS = "person_id = (select cre_actor()) AND cre_signs_as(handover_id, side)"
READS = f"{TAKES_PART.format(id='handover_id')} OR (select cre_reasoned() AND cre_holds('coordinate'))"
WRITES = "handover_id = ANY ((select cre_writable_handovers())::bigint[])"


def proof_before() -> str:
    """How `cre_needs_proof` was with the panels, to put it back."""
    sql = PANELS.read_text(encoding="utf-8")
    body = sql[sql.index("CREATE OR REPLACE FUNCTION cre_needs_proof(") :]
    return body[: body.index("$$;") + len("$$;")]


UNDO = """
DROP FUNCTION cre_cancel_handover, cre_complete_handover, cre_remember_handover, cre_signs_as, cre_writable_handovers,
    cre_open_handovers;
"""
UNDO += proof_before()


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0004_offered_regions"), ("collaborators", "0010_absences")]
    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("is_vanished", models.BooleanField(default=False, verbose_name="cannot sign")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("completed_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "arriving",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "leaving",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="collaborators.region"
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalHandover",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("is_vanished", models.BooleanField(default=False, verbose_name="cannot sign")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("completed_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "arriving",
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
                    "leaving",
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
                    "started_by",
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
                "verbose_name": "historical handover",
                "verbose_name_plural": "historical handovers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HandoverSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("leaving", "who leaves"),
                            ("arriving", "who arrives"),
                            ("coordinator", "the coordinator"),
                        ],
                        max_length=12,
                    ),
                ),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="collaborations.handover",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["signed_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="HandoverNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "last_promise",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.HandoverNote.last_promise",
                        max_length=1000,
                        verbose_name="what was promised last, and for when",
                    ),
                ),
                (
                    "next_step",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.HandoverNote.next_step",
                        max_length=1000,
                        verbose_name="the next step",
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="collaborations.handover"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collaborations.supportrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalHandoverNote",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "last_promise",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.HandoverNote.last_promise",
                        max_length=1000,
                        verbose_name="what was promised last, and for when",
                    ),
                ),
                (
                    "next_step",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.HandoverNote.next_step",
                        max_length=1000,
                        verbose_name="the next step",
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
                    "handover",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="collaborations.handover",
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
            ],
            options={
                "verbose_name": "historical handover note",
                "verbose_name_plural": "historical handover notes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HandoverContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "safe_channel",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.HandoverContact.safe_channel",
                        max_length=500,
                        verbose_name="the safe channel",
                    ),
                ),
                (
                    "not_to_say",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.HandoverContact.not_to_say",
                        max_length=1000,
                        verbose_name="what not to say",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="collaborators.community"
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="collaborations.handover",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collaborations.supportrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalHandoverContact",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "safe_channel",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.HandoverContact.safe_channel",
                        max_length=500,
                        verbose_name="the safe channel",
                    ),
                ),
                (
                    "not_to_say",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.HandoverContact.not_to_say",
                        max_length=1000,
                        verbose_name="what not to say",
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
                    "handover",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="collaborations.handover",
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
            ],
            options={
                "verbose_name": "historical handover contact",
                "verbose_name_plural": "historical handover contacts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("leaving", models.F("arriving")), _negated=True), name="handed_to_somebody_else"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at", None), ("completed_at", None)),
                fields=("region", "leaving"),
                name="one_open_handover",
            ),
        ),
        migrations.AddConstraint(
            model_name="handovercontact",
            constraint=models.UniqueConstraint(fields=("handover", "request"), name="one_contact_in_a_handover"),
        ),
        migrations.AddConstraint(
            model_name="handovernote",
            constraint=models.UniqueConstraint(fields=("handover", "request"), name="one_note_in_a_handover"),
        ),
        migrations.AddConstraint(
            model_name="handoversignature",
            constraint=models.UniqueConstraint(fields=("handover", "side"), name="each_side_signs_once"),
        ),
        migrations.AddConstraint(
            model_name="handoversignature",
            constraint=models.UniqueConstraint(fields=("handover", "person"), name="nobody_signs_for_two"),
        ),
        run_sql_file(__file__, undo=UNDO),
        RowGuard("collaborations_handover", HANDOVER, insert=STARTS, append_only=True),
        RowGuard("collaborations_historicalhandover", HANDOVER, append_only=True),
        RowGuard("collaborations_handoversignature", SIGNATURE, insert=SIGNS, append_only=True),
        RowGuard("collaborations_handovernote", READS, insert=WRITES, change=WRITES),
        RowGuard("collaborations_historicalhandovernote", READS, append_only=True),
        RowGuard("collaborations_handovercontact", READS, insert=WRITES, change=WRITES),
        RowGuard("collaborations_historicalhandovercontact", READS, append_only=True),
    ]
