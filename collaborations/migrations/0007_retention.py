"""The clocks of requests and communities, the question before they end, and the removal."""

from uuid import uuid4

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from cre.core.access.guards import RowGuard, run_sql_file

UNDO = """
DROP FUNCTION cre_forget_community, cre_forget_request, cre_is_over, cre_count_clocks, cre_clocks, cre_all_clocks,
    cre_community_clock, cre_request_clock, cre_last_visit, cre_always_stands, cre_request_stands;
"""
OWN = """(community_id = ANY ((select cre_held_community('represent'))::bigint[])
    OR community_id = ANY ((select cre_held_community('support'))::bigint[]))"""
FACILITATED = """EXISTS (SELECT 1 FROM collaborators_community c WHERE c.id = community_id AND c.reached_at IS NOT NULL
    AND c.region_id = ANY ((select cre_held_region('facilitate'))::bigint[]))"""
COORDINATED = """((select cre_holds('coordinate')) AND EXISTS (
    SELECT 1 FROM collaborators_community c WHERE c.id = community_id AND c.reached_at IS NOT NULL))"""
CLOCK = "(select cre_holds('operate'))"
# The community answers; its desk only writes down that it wants us to keep something.
ANSWERS = f"""community_id = ANY ((select cre_held_community('represent'))::bigint[])
    OR ({FACILITATED} AND answer <> 'delete')"""
SEES = f"{OWN} OR {FACILITATED} OR {COORDINATED} OR {CLOCK}"


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0006_freezing"), ("collaborators", "0012_retention")]
    operations = [
        migrations.CreateModel(
            name="HistoricalKeepQuestion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("rule", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField(blank=True, editable=False)),
                ("due_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("keep", "keep it longer"), ("delete", "delete it now")], max_length=8
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
                ("answered_at", models.DateTimeField(null=True)),
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
                "verbose_name": "historical keep question",
                "verbose_name_plural": "historical keep questions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="KeepQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("rule", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("due_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("keep", "keep it longer"), ("delete", "delete it now")], max_length=8
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
                ("answered_at", models.DateTimeField(null=True)),
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
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keep_questions",
                        to="collaborators.community",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keep_questions",
                        to="collaborations.supportrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answer", "")),
                        fields=("community", "request"),
                        name="asked_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        RowGuard("collaborations_keepquestion", SEES, insert=CLOCK, change=ANSWERS),
        RowGuard("collaborations_historicalkeepquestion", SEES, insert=f"{ANSWERS} OR {CLOCK}", append_only=True),
        run_sql_file(__file__, undo=UNDO),
    ]
