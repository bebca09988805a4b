"""People are invited to a role, for a while."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0007_second_factor")]
    operations = []
