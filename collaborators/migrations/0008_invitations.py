"""People are invited to a role, for a while; and all access of somebody can end at once."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from cre.core.access.guards import RowGuard, run_sql_file

INVITES = "(select cre_holds('coordinate')) AND invited_by_id = (select cre_actor())"
OWN_ADDRESS = "(select u.email from collaborators_user u where u.id = cre_actor())"
KEEPS = "(select cre_holds('coordinate', 'steward', 'operate'))"
ENDED = "(select cre_holds('coordinate', 'steward')) OR ended_by_id = (select cre_actor())"

UNDO = """
DROP TRIGGER cre_check_invitation ON collaborators_invitation;
DROP FUNCTION cre_remove_ended_grants, cre_take_seat_region, cre_take_seat_platform, cre_take_seat_collaborator,
    cre_grant_tables, cre_end_all_access, cre_end_grants_of, cre_guarded_staff, cre_guards_person,
    cre_accept_invitation, cre_remember_invitation, cre_find_invitation, cre_name_of, cre_check_invitation;
"""


def before(name: str) -> str:
    """How a function was in 0003, to put it back."""
    sql = Path(__file__).with_name("0003_functions.sql").read_text(encoding="utf-8")
    body = sql[sql.index(f"CREATE FUNCTION {name}(") :]
    return body[: body.index("END $$;") + len("END $$;")].replace("CREATE", "CREATE OR REPLACE", 1)


UNDO += "\n".join([before("cre_write_grant"), before("cre_leave_platform")])
UNDO += "\nDROP FUNCTION cre_write_grant_of, cre_keep_a_coordinator, cre_coordinates;"


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0007_second_factor")]
    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("language", models.CharField(default="en", max_length=12, verbose_name="language")),
                (
                    "container",
                    models.CharField(
                        choices=[
                            ("region", "a region"),
                            ("platform", "the exchange"),
                            ("collaborator", "an entry of the roster"),
                            ("panel", "a committee or working group"),
                        ],
                        max_length=12,
                    ),
                ),
                ("codename", models.CharField(max_length=20)),
                ("held_id", models.BigIntegerField()),
                ("ends_at", models.DateTimeField(null=True, verbose_name="the role ends")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "waits for an answer"),
                            ("accepted", "accepted"),
                            ("withdrawn", "taken back"),
                            ("expired", "too old"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("proof", models.BinaryField(max_length=32)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(verbose_name="the link works until")),
                ("accepted_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("email", "container", "codename", "held_id"),
                        name="one_open_invitation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_by", None),
                            models.Q(("accepted_by", models.F("invited_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="invited_by_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("arrested", "The person was arrested or has vanished"),
                            ("compromised", "Somebody else may be using the account or the device"),
                            ("left", "The person no longer works with us"),
                        ],
                        max_length=12,
                        verbose_name="why",
                    ),
                ),
                ("ended_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "regions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "ended_by",
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
            ],
        ),
        migrations.CreateModel(
            name="HistoricalInvitation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("language", models.CharField(default="en", max_length=12, verbose_name="language")),
                (
                    "container",
                    models.CharField(
                        choices=[
                            ("region", "a region"),
                            ("platform", "the exchange"),
                            ("collaborator", "an entry of the roster"),
                            ("panel", "a committee or working group"),
                        ],
                        max_length=12,
                    ),
                ),
                ("codename", models.CharField(max_length=20)),
                ("held_id", models.BigIntegerField()),
                ("ends_at", models.DateTimeField(null=True, verbose_name="the role ends")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "waits for an answer"),
                            ("accepted", "accepted"),
                            ("withdrawn", "taken back"),
                            ("expired", "too old"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(verbose_name="the link works until")),
                ("accepted_at", models.DateTimeField(null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "accepted_by",
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
                    "invited_by",
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
                "verbose_name": "historical invitation",
                "verbose_name_plural": "historical invitations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        run_sql_file(__file__, undo=UNDO),
        # Nobody invites themselves.
        RowGuard(
            "collaborators_invitation",
            KEEPS,
            insert=f"{INVITES} AND email IS DISTINCT FROM {OWN_ADDRESS}",
            change="(select cre_holds('coordinate', 'operate'))",
        ),
        RowGuard("collaborators_historicalinvitation", KEEPS, append_only=True),
        RowGuard("collaborators_accessend", ENDED, insert="false", append_only=True),
    ]
