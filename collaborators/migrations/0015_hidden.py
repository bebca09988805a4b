"""What waits to be deleted is out of sight of everyone but its community: who it is, and how it was spoken with."""

from django.db import migrations

from cre.core.access.guards import HiddenRows, run_sql_file

KNOWN = "community_id <> ALL ((select cre_hidden_communities())::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0014_names_of_places")]
    operations = [
        run_sql_file(__file__, undo="DROP FUNCTION cre_hidden_communities()"),
        *(
            HiddenRows(f"collaborators_{table}", unless=KNOWN)
            for table in ("communityidentity", "historicalcommunityidentity", "codehandover")
        ),
    ]
