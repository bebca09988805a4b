"""The database completes an entry of the ledger in half the time."""

from pathlib import Path

from django.db import migrations

from cre.core.access.guards import run_sql_file

BEFORE = (Path(__file__).parent / "0009_ledger_subjects.sql").read_text(encoding="utf-8")
START = BEFORE.index("CREATE FUNCTION cre_subject_of(")
UNDO = f"""
ALTER FUNCTION cre_relation_of(bigint, bigint, uuid, bigint) SECURITY DEFINER SET search_path = public, pg_temp;
{BEFORE[START : BEFORE.index("END $$;", START)].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")}END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0011_files")]
    operations = [run_sql_file(__file__, undo=UNDO)]
