"""A region goes from one facilitator to the next, request by request."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0004_offered_regions"), ("collaborators", "0010_absences")]
    operations = []
