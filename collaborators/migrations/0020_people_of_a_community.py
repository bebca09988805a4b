"""Several people of one community: what it calls each of them, how it lets one in and shuts one out."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cre.core.vault.fields
from cre.core.access.guards import RowGuard, run_sql_file

UNDO = """
DROP FUNCTION cre_end_person, cre_let_person_in, cre_has_roles, cre_people_of_community, cre_represents;
"""
# Not the supporter with a mandate, and nobody of the exchange.
OWN_PEOPLE = "community_id = ANY ((select cre_held_community('represent'))::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0019_directory")]
    operations = [
        migrations.CreateModel(
            name="CommunityPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                (
                    "called",
                    cre.core.vault.fields.SealedTextField(
                        blank=True,
                        label="collaborators.CommunityPerson.called",
                        max_length=40,
                        verbose_name="what you call this person",
                    ),
                ),
                ("let_in_at", models.DateTimeField(auto_now_add=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="collaborators.community",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("community", "user"), name="called_once_by_a_community")
                ],
            },
        ),
        RowGuard("collaborators_communityperson", OWN_PEOPLE, append_only=True),
        run_sql_file(__file__, undo=UNDO),
    ]
