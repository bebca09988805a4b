"""E-mail address with password, and passkey, as further ways back in for people of communities."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cre.core.access.guards import RowGuard, run_sql_file

OWN = "user_id = (select cre_actor())"
# The system account mails the link, and forgets an address that nobody confirmed.
SEEN = f"{OWN} OR (select cre_holds('operate'))"
KINDS_BEFORE = ["password_changed", "reset_allowed", "factor_added", "factor_removed"]
KINDS_ADDED = ["passkey_added", "passkey_removed", "address_added", "address_removed", "ways_ended"]


def check_factor_before() -> str:
    """How the trigger of second factors was in 0007, to put it back."""
    sql = Path(__file__).with_name("0007_second_factor.sql").read_text(encoding="utf-8")
    body = sql[sql.index("CREATE FUNCTION cre_check_factor(") :]
    return body[: body.index("END $$;") + len("END $$;")].replace("CREATE", "CREATE OR REPLACE", 1)


UNDO = f"""
DROP TRIGGER cre_end_ways_with_code ON collaborators_receiptcredential;
DROP FUNCTION cre_end_ways_with_code, cre_end_ways, cre_confirm_address, cre_person_of_address;
{check_factor_before()}
DROP FUNCTION cre_comes_with_code;
ALTER TABLE collaborators_signinaddress DROP CONSTRAINT collaborators_signinaddress_person;
DELETE FROM collaborators_accountevent WHERE kind = ANY (ARRAY{KINDS_ADDED});
"""


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0020_people_of_a_community"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [
        migrations.CreateModel(
            name="SignInAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("password", models.CharField(blank=True, max_length=255)),
                ("proof", models.BinaryField(max_length=32)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="sign_in_address",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", False)),
                        fields=("email",),
                        name="one_person_of_an_address",
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="accountevent", name="account_event_of_a_known_kind"),
        migrations.AlterField(
            model_name="accountevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("password_changed", "The password was changed."),
                    ("reset_allowed", "After a talk, a new password was allowed for one day."),
                    ("factor_added", "A second step was added."),
                    ("factor_removed", "A second step was removed."),
                    ("passkey_added", "A passkey was added."),
                    ("passkey_removed", "A passkey was removed."),
                    ("address_added", "An e-mail address with a password was added."),
                    ("address_removed", "The e-mail address and its password were removed."),
                    ("ways_ended", "Every way to come back except the receipt code was ended."),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="accountevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [*KINDS_BEFORE, *KINDS_ADDED])), name="account_event_of_a_known_kind"
            ),
        ),
        run_sql_file(__file__, undo=UNDO),
        RowGuard("collaborators_signinaddress", SEEN, insert=f"{OWN} AND confirmed_at IS NULL", change=SEEN),
        # An address is given, confirmed by a function, and removed; nobody changes one.
        migrations.RunSQL(
            [
                "REVOKE UPDATE ON collaborators_signinaddress FROM cre_app",
                "DROP POLICY collaborators_signinaddress_change ON collaborators_signinaddress",
            ],
            "GRANT UPDATE ON collaborators_signinaddress TO cre_app",
        ),
    ]
