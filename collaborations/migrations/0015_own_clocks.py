"""What of a community is kept until when, asked by its own pages."""

from django.db import migrations

from cre.core.access.guards import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0014_wishes")]
    operations = [run_sql_file(__file__, undo="DROP FUNCTION cre_own_clocks")]
