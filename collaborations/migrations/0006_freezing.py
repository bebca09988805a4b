"""What a freeze hides and stops."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0005_handover"), ("collaborators", "0011_freezing")]
    operations = []
