"""A request that came unusually is looked at first."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0007_retention")]
    operations = []
