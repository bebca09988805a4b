"""What one country, and several, are called."""

from django.db import migrations

NAMES = {"ordering": ["code"], "verbose_name": "country", "verbose_name_plural": "countries"}


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0013_ledger_sight")]
    operations = [migrations.AlterModelOptions(name="country", options=NAMES)]
