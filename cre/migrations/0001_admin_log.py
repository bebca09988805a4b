"""The log that Django's admin would write: nothing is changed there, so nobody reads it and nobody adds to it."""

from django.db import migrations

from cre.core.access.guards import RowGuard


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("core", "0001_actor"),
    ]
    operations = [RowGuard("django_admin_log", "false")]
