"""What allies would like to publish: both walls' second half, as the thread; and whom a reading of it concerns."""

import uuid
from importlib import import_module

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import cre.core.vault.fields
from cre.core.access.guards import HiddenRows, RowGuard, run_sql_file

before = import_module("collaborations.migrations.0003_row_guards")
body_before = import_module("collaborations.migrations.0010_hidden").body_before

OUTPUT, PAST = "collaborations_publicoutput", "collaborations_historicalpublicoutput"
NOT_HIDDEN = "collaboration_id <> ALL ((select cre_hidden_collaborations())::bigint[])"
JOINED = before.listed("collaboration_id", "cre_joined_collaborations")


def answers(table: str) -> str:
    """The community, and its desk when the community answers by voice."""
    return str(before.of_collaboration(table, before.own("c"), before.region("c", "facilitate")))


def sees(table: str) -> str:
    return f"{answers(table)} OR {before.COORDINATES} OR {JOINED}"


# The ally asks, and cannot touch the answer.
ASKS = f"status = 'waiting' AND {JOINED}"
SUBJECT_BEFORE = body_before("0012_quick_ledger.sql", "cre_subject_of")
MARK = "        WHEN 'collaborations.HandoverContact' THEN"
SUBJECT = SUBJECT_BEFORE.replace(
    MARK,
    f"""        WHEN 'collaborations.PublicOutput' THEN
            SELECT c.request_id INTO wanted FROM collaborations_publicoutput o
            JOIN collaborations_collaboration c ON c.id = o.collaboration_id WHERE o.uuid = object;
{MARK}""",
)
UNDO = """
DROP TRIGGER cre_end_outputs ON collaborators_freeze;
DROP TRIGGER cre_end_outputs ON collaborations_consent;
DROP TRIGGER cre_end_outputs ON collaborations_collaboration;
DROP TRIGGER cre_stand_still ON collaborations_publicoutput;
DROP FUNCTION cre_end_outputs_of_freeze, cre_end_outputs_of_consent, cre_end_outputs_of_work, cre_end_outputs;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collaborations", "0015_own_clocks"),
        ("collaborators", "0019_directory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="timelineentry",
            name="event",
            field=models.CharField(
                choices=[
                    ("sent", "Your request reached us."),
                    ("talk_first", "You asked to talk first. We keep only how to reach you."),
                    ("placed", "We found the right region for your request."),
                    ("safety_checked", "We talked about safety first."),
                    ("message", "There is a new message."),
                    ("files", "You sent files."),
                    ("accepted", "We take your request on."),
                    ("declined", "We cannot take this on. The reason and other places to ask are in the message."),
                    ("second_look", "You asked for a second look. Another person will answer."),
                    ("reopened", "After a second look, we go on."),
                    ("decline_stands", "After a second look, the answer stays the same."),
                    ("parked", "Your request waits for now."),
                    ("resumed", "We go on with your request."),
                    ("withdrawn", "You took your request back."),
                    ("brief_proposed", "A brief is ready for you to read. Nobody else sees it before you say yes."),
                    ("brief_approved", "You approved the brief."),
                    ("brief_sent_back", "You sent the brief back with your wishes."),
                    ("allies_proposed", "We suggest allies. We ask them only if you allow it."),
                    ("offers_allowed", "You allowed us to ask allies."),
                    ("ally_willing", "An ally would like to support you."),
                    ("ally_not_now", "An ally cannot help this time."),
                    ("ally_chosen", "You chose an ally."),
                    ("introduced", "You and the ally know of each other now."),
                    ("collaboration_begun", "You work together now."),
                    ("consent_withdrawn", "Something is no longer shared with an ally."),
                    ("output_put", "Your ally asks about something that it would like to publish."),
                    ("output_answered", "You answered about what your ally would like to publish."),
                    ("collaboration_ended", "The work together has ended."),
                    ("frozen", "Everything about you was stopped, for your safety."),
                    ("thawed", "After a talk, everything goes on. All dates moved by as long as it stood still."),
                    ("corrected", "You changed your answers."),
                    ("recorded_by_voice", "Your decision, given by voice, was written down."),
                ],
                max_length=30,
            ),
        ),
        migrations.CreateModel(
            name="HistoricalPublicOutput",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for an answer"),
                            ("agreed", "yes, it may be published"),
                            ("change", "something should change first"),
                            ("refused", "no, it may not be published"),
                            ("ended", "no longer asked: nothing may be published"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("language", models.CharField(default="en", max_length=35)),
                (
                    "text",
                    cre.core.vault.fields.SealedTextField(
                        label="collaborations.PublicOutput.text",
                        max_length=6000,
                        verbose_name="the text, word for word",
                    ),
                ),
                (
                    "where",
                    cre.core.vault.fields.SealedTextField(
                        label="collaborations.PublicOutput.where", max_length=300, verbose_name="where it would appear"
                    ),
                ),
                ("appears_on", models.DateField(verbose_name="when it would appear")),
                ("put_at", models.DateTimeField(blank=True, editable=False)),
                ("due_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "words",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.PublicOutput.words",
                        max_length=2000,
                        verbose_name="a word with the answer",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("portal", "On this site"),
                            ("voice", "By voice"),
                            ("assembly", "In an assembly"),
                            ("letter", "By letter"),
                            ("recording", "By a recording"),
                        ],
                        default="portal",
                        max_length=12,
                        verbose_name="how it was said",
                    ),
                ),
                (
                    "said_by",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.PublicOutput.said_by",
                        max_length=200,
                        verbose_name="who said it",
                    ),
                ),
                (
                    "read_back",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.PublicOutput.read_back",
                        max_length=3000,
                        verbose_name="what was read back",
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
                    "answered_by",
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
                    "collaboration",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="collaborations.collaboration",
                    ),
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
                    "put_by",
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
                "verbose_name": "historical public output",
                "verbose_name_plural": "historical public outputs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PublicOutput",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for an answer"),
                            ("agreed", "yes, it may be published"),
                            ("change", "something should change first"),
                            ("refused", "no, it may not be published"),
                            ("ended", "no longer asked: nothing may be published"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("language", models.CharField(default="en", max_length=35)),
                (
                    "text",
                    cre.core.vault.fields.SealedTextField(
                        label="collaborations.PublicOutput.text",
                        max_length=6000,
                        verbose_name="the text, word for word",
                    ),
                ),
                (
                    "where",
                    cre.core.vault.fields.SealedTextField(
                        label="collaborations.PublicOutput.where", max_length=300, verbose_name="where it would appear"
                    ),
                ),
                ("appears_on", models.DateField(verbose_name="when it would appear")),
                ("put_at", models.DateTimeField(auto_now_add=True)),
                ("due_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "words",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.PublicOutput.words",
                        max_length=2000,
                        verbose_name="a word with the answer",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("portal", "On this site"),
                            ("voice", "By voice"),
                            ("assembly", "In an assembly"),
                            ("letter", "By letter"),
                            ("recording", "By a recording"),
                        ],
                        default="portal",
                        max_length=12,
                        verbose_name="how it was said",
                    ),
                ),
                (
                    "said_by",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.PublicOutput.said_by",
                        max_length=200,
                        verbose_name="who said it",
                    ),
                ),
                (
                    "read_back",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.PublicOutput.read_back",
                        max_length=3000,
                        verbose_name="what was read back",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "collaboration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outputs",
                        to="collaborations.collaboration",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="collaborators.community"
                    ),
                ),
                (
                    "put_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-put_at", "-id"],
            },
        ),
        RowGuard(OUTPUT, sees(OUTPUT), insert=ASKS, change=answers(OUTPUT)),
        RowGuard(PAST, sees(PAST), append_only=True),
        HiddenRows(OUTPUT, unless=NOT_HIDDEN),
        HiddenRows(PAST, unless=NOT_HIDDEN),
        run_sql_file(__file__, undo=UNDO),
        migrations.RunSQL(SUBJECT, SUBJECT_BEFORE),
    ]
