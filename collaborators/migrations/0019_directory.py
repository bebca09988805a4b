"""The directory: entries of the roster that agreed that communities find them; who may read it, in SQL."""

from importlib import import_module

from django.db import migrations, models

before = import_module("collaborators.migrations.0004_row_guards")

# Which requests open the directory to the acting person; the app of the requests fills it in.
FUNCTION = (
    "CREATE FUNCTION cre_directory_requests() RETURNS bigint[] LANGUAGE sql STABLE AS $$ SELECT '{}'::bigint[] $$"
)
IN_DIRECTORY = """(shows_to_communities AND status = 'approved' AND access_level >= 2
    AND (select cardinality(cre_directory_requests()) > 0))"""
SEES = "ALTER POLICY collaborators_collaborator_see ON collaborators_collaborator USING ({})"


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0018_coordinator_without_end")]
    operations = [
        migrations.AddField(
            "collaborator",
            "shows_to_communities",
            models.BooleanField(default=False, verbose_name="communities find it in the directory"),
        ),
        migrations.AddField(
            "historicalcollaborator",
            "shows_to_communities",
            models.BooleanField(default=False, verbose_name="communities find it in the directory"),
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION cre_directory_requests()"),
        migrations.RunSQL(SEES.format(f"{before.COLLABORATOR} OR {IN_DIRECTORY}"), SEES.format(before.COLLABORATOR)),
    ]
