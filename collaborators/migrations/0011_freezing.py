"""Freezes of a community and their end by two people."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0010_absences")]
    operations = []
