"""Who says yes where the ledger needs a second person, and under which name communities read of staff."""

from uuid import uuid4

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cre.core.vault.fields
from cre.core.access.guards import RowGuard

WATCHES = "(select cre_holds('coordinate', 'steward'))"
TWO_PEOPLE = f"""
CREATE POLICY core_bulkaccess_sight ON core_bulkaccess FOR SELECT TO cre_app USING ({WATCHES});
CREATE POLICY core_bulkaccess_decide ON core_bulkaccess FOR UPDATE TO cre_app USING ({WATCHES}) WITH CHECK ({WATCHES});
CREATE POLICY core_ledgeralarm_sight ON core_ledgeralarm FOR SELECT TO cre_app USING ({WATCHES});
CREATE POLICY core_historicalbulkaccess_sight ON core_historicalbulkaccess FOR SELECT TO cre_app USING ({WATCHES});
"""
NOT_TWO_PEOPLE = """
DROP POLICY core_historicalbulkaccess_sight ON core_historicalbulkaccess;
DROP POLICY core_ledgeralarm_sight ON core_ledgeralarm;
DROP POLICY core_bulkaccess_decide ON core_bulkaccess;
DROP POLICY core_bulkaccess_sight ON core_bulkaccess;
"""
OWN = "user_id = (select cre_actor())"
SHOWN = f"{OWN} OR (select cardinality(cre_held_community('represent')) > 0)"


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0012_retention"), ("core", "0007_ledger_two_people")]
    operations = [
        migrations.RunSQL(TWO_PEOPLE, NOT_TWO_PEOPLE),
        migrations.CreateModel(
            name="ShownName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid4, editable=False, unique=True)),
                ("key_object", models.UUIDField(db_index=True, editable=False)),
                (
                    "name",
                    cre.core.vault.fields.SealedTextField(
                        label="collaborators.ShownName.name",
                        max_length=80,
                        verbose_name="the name that communities see",
                    ),
                ),
                ("agreed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shown_name",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        RowGuard("collaborators_shownname", SHOWN, insert=OWN, change=OWN),
    ]
