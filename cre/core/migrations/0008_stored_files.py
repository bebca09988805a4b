"""Files whose rows are gone, and who may ask which files rows name."""

from django.db import migrations, models

from cre.core.access.guards import RowGuard, run_sql_file

SYSTEM = "(select cre_is_system())"
UNDO = """
GRANT INSERT, UPDATE ON core_condemnedfile TO cre_app;
DROP FUNCTION cre_stored_names(text, text);
DROP FUNCTION cre_condemn_files();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0007_ledger_two_people")]
    operations = [
        migrations.CreateModel(
            name="CondemnedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("condemned_at", models.DateTimeField()),
            ],
        ),
        RowGuard("core_condemnedfile", SYSTEM, insert="false"),
        run_sql_file(__file__, undo=UNDO),
    ]
