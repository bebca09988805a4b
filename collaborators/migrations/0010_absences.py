"""Who covers for whom."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0009_panels")]
    operations = []
