"""The signed actor: its key table, and the functions that every row guard asks."""

from django.conf import settings
from django.db import migrations

from cre.core.access.guards import run_sql_file

UNDO = """
DROP FUNCTION cre_reasoned();
DROP FUNCTION cre_actor();
DROP FUNCTION cre_claims();
DROP TABLE core_actorkey;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [run_sql_file(__file__, undo=UNDO)]
