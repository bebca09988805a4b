"""A community that asks by voice: what it says is written down by its region's facilitator."""

from django.db import migrations

from cre.core.access.guards import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0016_last_coordinator")]
    operations = [run_sql_file(__file__, undo="DROP FUNCTION cre_begin_assisted_intake")]
