"""Whom a read concerns, and by which relation: completed by the database when the entry is written."""

from django.db import migrations

from cre.core.access.guards import run_sql_file

UNDO = """
DROP TRIGGER cre_complete_entry ON core_ledgerentry;
DROP FUNCTION cre_complete_entry();
DROP FUNCTION cre_relation_of(bigint, bigint, uuid, bigint);
DROP FUNCTION cre_subject_of(text, uuid, uuid, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0008_safety_flags"), ("collaborators", "0013_ledger_sight")]
    operations = [run_sql_file(__file__, undo=UNDO)]
