"""What is kept for how long, what stands still, and the proof that it went."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0005_proven_actor")]
    operations = []
