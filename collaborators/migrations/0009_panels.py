"""Committees and working groups with seats and terms."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0008_invitations")]
    operations = []
