"""Whom a read concerns."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0008_safety_flags"), ("collaborators", "0013_ledger_sight")]
    operations = []
