"""Two coordinators who end each other's access in the same moment: one of them goes on coordinating."""

from pathlib import Path

from django.db import migrations

from cre.core.access.guards import run_sql_file


def before() -> str:
    """How the function was in 0008, to put it back."""
    sql = Path(__file__).with_name("0008_invitations.sql").read_text(encoding="utf-8")
    body = sql[sql.index("CREATE FUNCTION cre_end_all_access(") :]
    return body[: body.index("END $$;") + len("END $$;")].replace("CREATE", "CREATE OR REPLACE", 1)


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0015_hidden")]
    operations = [run_sql_file(__file__, undo=before())]
