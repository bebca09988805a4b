"""What a community reads of the ledger."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0012_retention"), ("core", "0007_ledger_two_people")]
    operations = []
