"""What an ally sees one by one, and the few writes that reach rows their author may not see."""

from django.db import migrations

from cre.core.access.guards import run_sql_file

UNDO = """
DROP FUNCTION cre_close_if_done, cre_support_if_begun, cre_tell_of_answer, cre_recount_work, cre_place_request, cre_remember_request,
    cre_joined_collaborations, cre_joined_introductions, cre_offered_briefs;
CREATE OR REPLACE FUNCTION cre_offered_collaborators() RETURNS bigint[] LANGUAGE sql STABLE
AS $$ SELECT '{}'::bigint[] $$;
CREATE OR REPLACE FUNCTION cre_guarded_communities() RETURNS bigint[] LANGUAGE sql STABLE
AS $$ SELECT '{}'::bigint[] $$;
"""


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0001_initial"), ("collaborators", "0003_functions")]
    operations = [run_sql_file(__file__, undo=UNDO)]
