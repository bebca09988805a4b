"""Sessions under hashed keys, sealed, and passwords that only their person changes."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cre.core.access.guards import RowGuard, run_sql_file

OWN = "user_id = (select cre_actor())"
OWN_EVENT = "user_id = (select cre_actor()) OR by_id = (select cre_actor())"
# What a facilitator allows comes through cre_allow_reset() only.
OWN_CHANGE = "user_id = (select cre_actor()) AND by_id = (select cre_actor()) AND kind <> 'reset_allowed'"
UNDO = """
DROP FUNCTION cre_begin_intake(uuid, uuid, bigint, text, text, text, smallint);
DROP FUNCTION cre_allow_reset;
GRANT INSERT, UPDATE, DELETE ON account_emailaddress, account_emailconfirmation TO cre_app;
DROP TRIGGER cre_check_sign_in ON collaborators_user;
DROP TRIGGER cre_forget_sessions ON collaborators_user;
DROP FUNCTION cre_check_sign_in, cre_forget_sessions, cre_sweep_sessions, cre_end_sessions, cre_looks_after,
    cre_end_session, cre_drop_session, cre_keep_session, cre_open_session, cre_is_awake;
ALTER TABLE collaborators_accountevent DROP CONSTRAINT collaborators_accountevent_by;
ALTER TABLE collaborators_accountevent DROP CONSTRAINT collaborators_accountevent_person;
ALTER TABLE collaborators_session DROP CONSTRAINT collaborators_session_person;
"""
# Sessions of before were signed, not sealed, and under their bare key; whoever has one signs in again.
OLD_TABLE = """
CREATE TABLE IF NOT EXISTS django_session (
    session_key varchar(40) PRIMARY KEY,
    session_data text NOT NULL,
    expire_date timestamptz NOT NULL
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collaborators", "0005_ledger_sight"),
        ("core", "0005_proven_actor"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("sealed", models.BinaryField()),
                ("begun_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("idle_seconds", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("password_changed", "The password was changed."),
                            ("reset_allowed", "After a talk, a new password was allowed for one day."),
                            ("factor_added", "A second step was added."),
                            ("factor_removed", "A second step was removed."),
                        ],
                        max_length=20,
                    ),
                ),
                ("happened_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="account_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="accountevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["password_changed", "reset_allowed", "factor_added", "factor_removed"])
                ),
                name="account_event_of_a_known_kind",
            ),
        ),
        run_sql_file(__file__, undo=UNDO),
        RowGuard("collaborators_session", OWN, insert="false", append_only=True),
        RowGuard("collaborators_accountevent", OWN_EVENT, insert=OWN_CHANGE, append_only=True),
        migrations.RunSQL(
            "REVOKE INSERT ON collaborators_session FROM cre_app", "GRANT INSERT ON collaborators_session TO cre_app"
        ),
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", OLD_TABLE),
    ]
