"""Files of a request and the copies that are shared, with both walls' second half: as the story, never an ally."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import cre.core.vault.fields
from cre.core.access.guards import RowGuard

FILE, PAST, SHARED = (
    "collaborations_requestfile", "collaborations_historicalrequestfile", "collaborations_filedisclosure",
)  # fmt: skip
SENT = "(r.received_at IS NOT NULL OR r.is_assisted)"
OWN = """(r.community_id = ANY ((select cre_held_community('represent'))::bigint[])
        OR r.community_id = ANY ((select cre_held_community('support'))::bigint[]))"""
FACILITATED = f"(r.region_id = ANY ((select cre_held_region('facilitate'))::bigint[]) AND {SENT})"
COORDINATED = f"((select cre_holds('coordinate')) AND {SENT})"
# The clock makes the copies without hidden details, and looks for files that belong to nothing.
CLOCK = "(select cre_holds('operate'))"
DISCLOSES = f"""EXISTS (SELECT 1 FROM collaborations_introduction i
    JOIN collaborations_supportrequest r ON r.id = i.request_id
    WHERE i.id = {SHARED}.introduction_id AND ({OWN} OR {FACILITATED}))"""
READS = f"{DISCLOSES} OR introduction_id = ANY ((select cre_joined_introductions())::bigint[])"


def of_request(table: str, *branches: str) -> str:
    """A branch that holds for the row's request `r`."""
    return f"""EXISTS (SELECT 1 FROM collaborations_supportrequest r
        WHERE r.id = {table}.request_id AND ({" OR ".join(branches)}))"""


def sees(table: str) -> str:
    return f"{of_request(table, OWN, FACILITATED, COORDINATED)} OR {CLOCK}"


# Nothing is shared while a community stands still; and a row that goes takes its files along.
TRIGGERS = f"""
CREATE TRIGGER cre_stand_still BEFORE INSERT OR UPDATE ON {SHARED}
FOR EACH ROW EXECUTE FUNCTION cre_stand_still();
CREATE TRIGGER cre_condemn_files AFTER DELETE ON {FILE}
FOR EACH ROW EXECUTE FUNCTION cre_condemn_files('stored', 'clean_stored');
CREATE TRIGGER cre_condemn_files AFTER DELETE ON {SHARED}
FOR EACH ROW EXECUTE FUNCTION cre_condemn_files('stored');
"""
UNDO = f"""
DROP TRIGGER cre_condemn_files ON {SHARED};
DROP TRIGGER cre_condemn_files ON {FILE};
DROP TRIGGER cre_stand_still ON {SHARED};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collaborations", "0010_hidden"),
        ("core", "0008_stored_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="HistoricalRequestFile",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("jpg", "photo"),
                            ("png", "picture"),
                            ("webp", "small picture"),
                            ("pdf", "PDF document"),
                            ("docx", "text document"),
                            ("odt", "text document, open format"),
                            ("xlsx", "table"),
                            ("ods", "table, open format"),
                            ("txt", "plain text"),
                            ("ogg", "voice or sound"),
                            ("m4a", "voice or sound from a phone"),
                            ("mp3", "sound"),
                        ],
                        max_length=4,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("stored", models.CharField(max_length=80, verbose_name="the file itself")),
                (
                    "clean_stored",
                    models.CharField(blank=True, max_length=80, verbose_name="the copy without hidden details"),
                ),
                (
                    "copy_state",
                    models.CharField(
                        choices=[
                            ("waiting", "a copy without hidden details is being made"),
                            ("ready", "there is a copy without hidden details"),
                            ("none", "no copy without hidden details can be made; it cannot be shared"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                (
                    "removed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("place", "the place where it was made"),
                                ("device", "the name of the camera, phone or program"),
                                ("time", "when it was made"),
                                ("author", "names of people who wrote or changed it"),
                                ("notes", "comments, titles and hidden notes"),
                                ("other", "other details that are not seen"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("added_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "added_by",
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
                "verbose_name": "historical request file",
                "verbose_name_plural": "historical request files",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RequestFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("jpg", "photo"),
                            ("png", "picture"),
                            ("webp", "small picture"),
                            ("pdf", "PDF document"),
                            ("docx", "text document"),
                            ("odt", "text document, open format"),
                            ("xlsx", "table"),
                            ("ods", "table, open format"),
                            ("txt", "plain text"),
                            ("ogg", "voice or sound"),
                            ("m4a", "voice or sound from a phone"),
                            ("mp3", "sound"),
                        ],
                        max_length=4,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                (
                    "name",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborations.RequestFile.name",
                        max_length=200,
                        verbose_name="name of the file",
                    ),
                ),
                ("stored", models.CharField(max_length=80, verbose_name="the file itself")),
                (
                    "clean_stored",
                    models.CharField(blank=True, max_length=80, verbose_name="the copy without hidden details"),
                ),
                (
                    "copy_state",
                    models.CharField(
                        choices=[
                            ("waiting", "a copy without hidden details is being made"),
                            ("ready", "there is a copy without hidden details"),
                            ("none", "no copy without hidden details can be made; it cannot be shared"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                (
                    "removed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("place", "the place where it was made"),
                                ("device", "the name of the camera, phone or program"),
                                ("time", "when it was made"),
                                ("author", "names of people who wrote or changed it"),
                                ("notes", "comments, titles and hidden notes"),
                                ("other", "other details that are not seen"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="collaborations.supportrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="FileDisclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                ("request_uuid", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("jpg", "photo"),
                            ("png", "picture"),
                            ("webp", "small picture"),
                            ("pdf", "PDF document"),
                            ("docx", "text document"),
                            ("odt", "text document, open format"),
                            ("xlsx", "table"),
                            ("ods", "table, open format"),
                            ("txt", "plain text"),
                            ("ogg", "voice or sound"),
                            ("m4a", "voice or sound from a phone"),
                            ("mp3", "sound"),
                        ],
                        max_length=4,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("stored", models.CharField(max_length=80, verbose_name="the shared copy")),
                ("disclosed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="collaborators.community"
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="file_disclosures",
                        to="collaborations.consent",
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="file_disclosures",
                        to="collaborations.introduction",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disclosures",
                        to="collaborations.requestfile",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddConstraint(
            model_name="requestfile",
            constraint=models.UniqueConstraint(fields=("request", "number"), name="file_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="filedisclosure",
            constraint=models.UniqueConstraint(fields=("introduction", "file"), name="file_shared_once"),
        ),
        RowGuard(
            FILE,
            sees(FILE),
            insert=of_request(FILE, OWN, FACILITATED),
            change=f"{of_request(FILE, OWN, FACILITATED)} OR {CLOCK}",
        ),
        RowGuard(PAST, sees(PAST), append_only=True),
        RowGuard(SHARED, READS, insert=DISCLOSES, change=DISCLOSES),
        migrations.RunSQL(TRIGGERS, UNDO),
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
                    ("collaboration_ended", "The work together has ended."),
                    ("frozen", "Everything about you was stopped, for your safety."),
                    ("thawed", "After a talk, everything goes on. All dates moved by as long as it stood still."),
                    ("recorded_by_voice", "Your decision, given by voice, was written down."),
                ],
                max_length=30,
            ),
        ),
    ]
