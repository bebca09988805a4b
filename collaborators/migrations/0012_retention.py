"""Orders to delete for good; what roles may do with rules, holds and proofs; what the clock removes of people."""

from uuid import uuid4

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from cre.core.access.guards import RowGuard, run_sql_file

UNDO = """
DROP TRIGGER cre_check_deletion ON collaborators_deletion;
DROP FUNCTION cre_check_deletion, cre_remove_old, cre_old_rows, cre_forget_people, cre_count_representatives, cre_deleting_communities,
    cre_is_held;
DROP POLICY core_retentionproof_sight ON core_retentionproof;
DROP POLICY core_historicallegalhold_coordinate ON core_historicallegalhold;
DROP POLICY core_historicallegalhold_sight ON core_historicallegalhold;
DROP POLICY core_legalhold_end ON core_legalhold;
DROP POLICY core_legalhold_coordinate ON core_legalhold;
DROP POLICY core_legalhold_sight ON core_legalhold;
DROP POLICY core_historicalretentionrule_coordinate ON core_historicalretentionrule;
DROP POLICY core_historicalretentionrule_sight ON core_historicalretentionrule;
DROP POLICY core_retentionrule_coordinate ON core_retentionrule;
"""
OWN = """(community_id = ANY ((select cre_held_community('represent'))::bigint[])
    OR community_id = ANY ((select cre_held_community('support'))::bigint[]))"""
# Only those who decide for a community order a deletion, confirm it or take it back.
DECIDES = "community_id = ANY ((select cre_held_community('represent'))::bigint[])"
DELETION = f"""{OWN} OR (select cre_holds('operate'))
    OR EXISTS (SELECT 1 FROM collaborators_community c
               WHERE c.id = community_id AND c.reached_at IS NOT NULL
                 AND (c.region_id = ANY ((select cre_held_region('facilitate'))::bigint[])
                      OR (select cre_holds('coordinate'))))"""


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0011_freezing"), ("core", "0006_retention")]
    operations = [
        migrations.CreateModel(
            name="HistoricalDeletion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uuid", models.UUIDField(db_index=True, default=uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("request_uuid", models.UUIDField(null=True)),
                ("is_urgent", models.BooleanField(default=False, verbose_name="at once, because we are in danger")),
                ("needs_second", models.BooleanField(default=False)),
                ("ordered_at", models.DateTimeField(blank=True, editable=False)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "cancelled_by",
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
                    "confirmed_by",
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
                    "ordered_by",
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
                "verbose_name": "historical deletion",
                "verbose_name_plural": "historical deletions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Deletion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("request_uuid", models.UUIDField(null=True)),
                ("is_urgent", models.BooleanField(default=False, verbose_name="at once, because we are in danger")),
                ("needs_second", models.BooleanField(default=False)),
                ("ordered_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "cancelled_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deletions",
                        to="collaborators.community",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-ordered_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("community", "request_uuid"),
                        name="deleted_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("ordered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="another_person_confirms",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at", None), ("needs_second", False), ("confirmed_at__isnull", False), _connector="OR"
                        ),
                        name="waits_for_the_second_person",
                    ),
                ],
            },
        ),
        RowGuard("collaborators_deletion", DELETION, insert=DECIDES, change=DECIDES),
        RowGuard("collaborators_historicaldeletion", DELETION, insert=DECIDES, append_only=True),
        run_sql_file(__file__, undo=UNDO),
    ]
