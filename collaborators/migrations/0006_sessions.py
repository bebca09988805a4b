"""Sessions under hashed keys, sealed, and passwords that only their person changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0005_ledger_sight"), ("core", "0005_proven_actor")]
    operations = []
