"""Requests and all that hangs on them, deleted for good."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0006_freezing"), ("collaborators", "0012_retention")]
    operations = []
