"""Somebody of a community asks for a mail without content when something waits for them."""

from django.db import migrations, models

from cre.core.access.guards import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0022_two_of_ours")]
    operations = [
        migrations.AddField("signinaddress", "is_told", models.BooleanField(default=False, db_default=False)),
        run_sql_file(__file__, undo="DROP FUNCTION cre_tell_by_mail"),
    ]
