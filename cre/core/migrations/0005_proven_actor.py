"""The actor says whether a second factor proved who it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0004_outbox")]
    operations = []
