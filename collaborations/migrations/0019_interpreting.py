"""One text for one interpreter: both walls' second half, as the story; and whom a reading of it concerns."""

import uuid
from importlib import import_module

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import cre.core.vault.fields
from cre.core.access.guards import RowGuard, run_sql_file

before = import_module("collaborations.migrations.0003_row_guards")
body_before = import_module("collaborations.migrations.0010_hidden").body_before
SUBJECT_BEFORE = import_module("collaborations.migrations.0016_outputs").SUBJECT

TASK, PAST = "collaborations_interpretertask", "collaborations_historicalinterpretertask"
SEES = f"{before.story_guard(TASK)} OR {before.listed(f'{TASK}.id', 'cre_interpreting_tasks')}"
# The interpreter writes through a function alone, and the community decides, also by voice.
ASKS = before.of_request(TASK, before.FACILITATED)
DECIDES = before.of_request(TASK, before.OWN, before.FACILITATED)

MARK = "        WHEN 'collaborations.HandoverContact' THEN"
SUBJECT = SUBJECT_BEFORE.replace(
    MARK,
    f"""        WHEN 'collaborations.InterpreterTask' THEN
            SELECT t.request_id INTO wanted FROM collaborations_interpretertask t WHERE t.uuid = object;
{MARK}""",
)
# As it was made quicker: it runs as the trigger that calls it.
RELATION_BEFORE = body_before("0009_ledger_subjects.sql", "cre_relation_of").replace(
    "STABLE SECURITY DEFINER SET search_path = public, pg_temp", "STABLE"
)
STEP = "    SELECT CASE p.codename WHEN 'coordinate'"
RELATION = RELATION_BEFORE.replace(
    STEP,
    f"""    IF request IS NOT NULL AND EXISTS (
        SELECT 1 FROM collaborations_interpretertask t JOIN collaborations_supportrequest r ON r.id = t.request_id
        WHERE t.interpreter_id = person AND r.uuid = request AND t.consent_id IS NOT NULL) THEN
        RETURN 'interpreter';
    END IF;
{STEP}""",
)
PROOF_BEFORE = body_before("0005_handover.sql", "cre_needs_proof")
STANDS_BEFORE = body_before("0006_freezing.sql", "cre_stands_still")
END = "        END), false);"
STANDS = STANDS_BEFORE.replace(
    END,
    f"""        WHEN 'collaborations.InterpreterTask' THEN
            (SELECT t.community_id FROM collaborations_interpretertask t WHERE t.uuid = about)
{END}""",
)
# What an interpreter reads one by one: with the community's yes, until its day, in a proven session, and never while
# everything stands still or waits to be deleted. The yes holds until the day that it named: a freeze moves no date here.
TASKS = """
CREATE FUNCTION cre_interpreting_tasks() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(t.id), '{}') FROM collaborations_interpretertask t
    WHERE t.interpreter_id = cre_actor() AND cre_proven() AND t.status = 'allowed' AND t.due_at > now()
      AND t.collaborator_id = ANY (cre_held_collaborator('speak_for'))
      AND NOT EXISTS (SELECT 1 FROM collaborations_consent c WHERE c.withdraws_id = t.consent_id)
      AND t.community_id <> ALL ((SELECT cre_frozen_communities())::bigint[])
      AND t.request_id <> ALL ((SELECT cre_hidden_requests())::bigint[])
$$;
"""
UNDO = f"""
{PROOF_BEFORE}
DROP TRIGGER cre_stand_still ON collaborations_interpretertask;
DROP TRIGGER cre_check_interpreting ON collaborations_interpretertask;
GRANT DELETE ON collaborations_interpretertask TO cre_app;
DROP FUNCTION cre_keep_translation, cre_check_interpreting, cre_interpreters;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collaborations", "0018_second_yes"),
        ("collaborators", "0022_two_of_ours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="about",
            field=models.CharField(
                choices=[
                    ("keep", "You may keep this, and the regional desk may read it"),
                    ("brief", "Allies may read this version of the brief"),
                    ("offers", "You may ask these allies"),
                    ("disclose", "This ally may know these things about us"),
                    ("interpret", "An interpreter may read one text of ours"),
                ],
                max_length=12,
            ),
        ),
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
                    ("second_agreed", "A second person agreed to the ally that was chosen."),
                    ("second_refused", "A second person did not agree. That ally learns nothing any more."),
                    ("introduced", "You and the ally know of each other now."),
                    ("collaboration_begun", "You work together now."),
                    ("consent_withdrawn", "Something is no longer shared with an ally."),
                    ("output_put", "Your ally asks about something that it would like to publish."),
                    ("output_answered", "You answered about what your ally would like to publish."),
                    ("collaboration_paused", "You let the work with your ally rest."),
                    ("collaboration_resumed", "You went on with your ally."),
                    ("collaboration_ended", "The work together has ended."),
                    ("interpreter_asked", "We ask whether an interpreter may read one text of yours."),
                    ("interpreter_allowed", "You allowed an interpreter to read one text."),
                    ("interpreter_refused", "You said no: no interpreter reads that text."),
                    ("interpreter_done", "A translation is ready. The interpreter no longer reads your text."),
                    ("interpreter_ended", "An interpreter no longer reads your text."),
                    ("frozen", "Everything about you was stopped, for your safety."),
                    ("thawed", "After a talk, everything goes on. All dates moved by as long as it stood still."),
                    ("corrected", "You changed your answers."),
                    ("recorded_by_voice", "Your decision, given by voice, was written down."),
                ],
                max_length=30,
            ),
        ),
        migrations.CreateModel(
            name="HistoricalInterpreterTask",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "reader",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.InterpreterTask.reader",
                        max_length=120,
                        verbose_name="who would read it",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "waits for the community"),
                            ("allowed", "the interpreter has the text"),
                            ("done", "translated"),
                            ("refused", "the community said no"),
                            ("ended", "ended"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("from_language", models.CharField(max_length=35, verbose_name="from which language")),
                ("to_language", models.CharField(max_length=35, verbose_name="into which language")),
                (
                    "text",
                    cre.core.vault.fields.SealedTextField(
                        label="collaborations.InterpreterTask.text",
                        max_length=20000,
                        verbose_name="the text, word for word",
                    ),
                ),
                (
                    "translation",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.InterpreterTask.translation",
                        max_length=40000,
                        verbose_name="the translation",
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, editable=False)),
                ("due_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "asked_by",
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
                    "consent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="collaborations.consent",
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
                    "interpreter",
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
                "verbose_name": "historical interpreter task",
                "verbose_name_plural": "historical interpreter tasks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="InterpreterTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "reader",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.InterpreterTask.reader",
                        max_length=120,
                        verbose_name="who would read it",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "waits for the community"),
                            ("allowed", "the interpreter has the text"),
                            ("done", "translated"),
                            ("refused", "the community said no"),
                            ("ended", "ended"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("from_language", models.CharField(max_length=35, verbose_name="from which language")),
                ("to_language", models.CharField(max_length=35, verbose_name="into which language")),
                (
                    "text",
                    cre.core.vault.fields.SealedTextField(
                        label="collaborations.InterpreterTask.text",
                        max_length=20000,
                        verbose_name="the text, word for word",
                    ),
                ),
                (
                    "translation",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.InterpreterTask.translation",
                        max_length=40000,
                        verbose_name="the translation",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("due_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "collaborator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="collaborators.collaborator"
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="collaborators.community"
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interpreter_tasks",
                        to="collaborations.consent",
                    ),
                ),
                (
                    "interpreter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interpreter_tasks",
                        to="collaborations.supportrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "indexes": [models.Index(fields=["interpreter", "status"], name="interpreter_has")],
            },
        ),
        migrations.RunSQL(TASKS, "DROP FUNCTION cre_interpreting_tasks()"),
        RowGuard(TASK, SEES, insert=ASKS, change=DECIDES),
        RowGuard(PAST, before.story_guard(PAST), append_only=True),
        run_sql_file(__file__, undo=UNDO),
        migrations.RunSQL(SUBJECT, SUBJECT_BEFORE),
        migrations.RunSQL(RELATION, RELATION_BEFORE),
        migrations.RunSQL(STANDS, STANDS_BEFORE),
    ]
