"""What a community decided by voice: the record, which is the desk's only leave to act for it, and who may rely on it."""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cre.core.vault.fields
from cre.core.access.guards import RowGuard, run_sql_file

before = import_module("collaborations.migrations.0003_row_guards")
body_before = import_module("collaborations.migrations.0010_hidden").body_before

SPOKEN, WISH = "collaborations_spokendecision", "collaborations_wish"
# The region's facilitator writes it down, in nobody else's name.
WRITES = f"recorded_by_id = (select cre_actor()) AND {before.of_request(SPOKEN, before.FACILITATED)}"
SAID_ITSELF = before.of_request(WISH, before.OWN)
SAID_BY_VOICE = before.of_request(
    WISH, before.OWN, f"({before.FACILITATED} AND r.id = ANY ((select cre_said_now('wish'))::bigint[]))"
)
UNDO = f"""
DROP TRIGGER cre_check_spoken ON collaborations_spokendecision;
DROP TRIGGER cre_check_parting ON collaborations_collaboration;
DROP TRIGGER cre_check_refusal ON collaborations_introduction;
DROP TRIGGER cre_check_withdrawal ON collaborations_supportrequest;
DROP TRIGGER cre_check_taking_back ON collaborations_consent;
DROP TRIGGER cre_check_second_look ON collaborations_secondlook;
DROP TRIGGER cre_stand_still ON collaborations_introduction;
CREATE TRIGGER cre_stand_still BEFORE INSERT OR UPDATE ON collaborations_introduction
FOR EACH ROW EXECUTE FUNCTION cre_stand_still();
DROP TRIGGER cre_stand_still ON collaborations_collaboration;
CREATE TRIGGER cre_stand_still BEFORE INSERT OR UPDATE ON collaborations_collaboration
FOR EACH ROW EXECUTE FUNCTION cre_stand_still();
{body_before("0017_pausing.sql", "cre_check_pause")}
DROP FUNCTION cre_check_spoken, cre_check_parting, cre_check_refusal, cre_check_withdrawal, cre_check_taking_back,
    cre_check_second_look, cre_said_no, cre_acts_for, cre_was_said, cre_said_now;
"""


def who_wishes(condition: str) -> str:
    """Who adds, changes and removes what a community says of allies."""
    return f"""ALTER POLICY {WISH}_add ON {WISH} WITH CHECK ({condition});
        ALTER POLICY {WISH}_change ON {WISH} USING ({condition}) WITH CHECK ({condition});
        ALTER POLICY {WISH}_remove ON {WISH} USING ({condition});"""


class Migration(migrations.Migration):
    dependencies = [
        ("collaborations", "0019_interpreting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SpokenDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("end", "You ended the work together."),
                            ("pause", "You let the work with your ally rest."),
                            ("resume", "You went on with your ally."),
                            ("take_back", "You took back what you had allowed."),
                            ("refuse", "You left an ally out."),
                            ("withdraw", "You took your request back."),
                            ("second_look", "You asked for a second look. Another person will answer."),
                            ("wish", "You said whom you would like, or know already."),
                        ],
                        max_length=12,
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
                        max_length=12,
                        verbose_name="how it was said",
                    ),
                ),
                ("language", models.CharField(max_length=35, verbose_name="in which language")),
                (
                    "said_by",
                    cre.core.vault.fields.SealedTextField(
                        label="collaborations.SpokenDecision.said_by", max_length=200, verbose_name="who said it"
                    ),
                ),
                (
                    "read_back",
                    cre.core.vault.fields.SealedTextField(
                        label="collaborations.SpokenDecision.read_back",
                        max_length=3000,
                        verbose_name="what was read back",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "introduction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spoken_decisions",
                        to="collaborations.introduction",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spoken_decisions",
                        to="collaborations.supportrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        RowGuard(SPOKEN, before.story_guard(SPOKEN), insert=WRITES, append_only=True),
        run_sql_file(__file__, undo=UNDO),
        migrations.RunSQL(who_wishes(SAID_BY_VOICE), who_wishes(SAID_ITSELF)),
    ]
