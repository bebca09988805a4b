"""A call-back's no, or a second person's, ends all that was shared with the ally."""

from importlib import import_module

from django.db import migrations

from cre.core.access.guards import run_sql_file

body_before = import_module("collaborations.migrations.0010_hidden").body_before


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0020_spoken")]
    operations = [run_sql_file(__file__, undo=body_before("0018_second_yes.sql", "cre_end_refused_choice"))]
