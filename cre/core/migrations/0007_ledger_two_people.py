"""What of the ledger needs a second person."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0006_retention")]
    operations = []
