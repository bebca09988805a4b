"""Communities and accounts that are deleted for good."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0011_freezing"), ("core", "0006_retention")]
    operations = []
