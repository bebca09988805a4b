"""The actor says whether a second factor proved who it is."""

from django.db import migrations

from cre.core.access.guards import run_sql_file

UNDO = """
DROP FUNCTION cre_needs_proof();
DROP FUNCTION cre_proven();
CREATE OR REPLACE FUNCTION cre_reasoned() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((cre_claims())[3] = '1', false)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0004_outbox")]
    operations = [run_sql_file(__file__, undo=UNDO)]
