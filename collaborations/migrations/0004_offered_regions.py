"""Which region a brief is about: the least that an ally learns of the place, who may not read the request."""

from django.db import migrations

SQL = """
CREATE FUNCTION cre_region_of_brief(offered bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.region_id FROM collaborations_briefversion b
    JOIN collaborations_supportrequest r ON r.id = b.request_id
    WHERE b.id = offered AND b.id = ANY (cre_offered_briefs())
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0003_row_guards")]
    operations = [migrations.RunSQL(SQL, "DROP FUNCTION cre_region_of_brief(bigint)")]
