"""No dates for all coordinators: one of them stays without an end, so that nobody is ever the last to go."""

from pathlib import Path

from django.db import migrations

from cre.core.access.guards import run_sql_file

FUNCTIONS = ("cre_keep_a_coordinator", "cre_write_grant_of")


def before(name: str) -> str:
    """How a function was in 0008, to put it back."""
    sql = Path(__file__).with_name("0008_invitations.sql").read_text(encoding="utf-8")
    body = sql[sql.index(f"CREATE FUNCTION {name}(") :]
    return body[: body.index("END $$;") + len("END $$;")].replace("CREATE", "CREATE OR REPLACE", 1)


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0017_assisted")]
    operations = [run_sql_file(__file__, undo="\n".join(map(before, FUNCTIONS)))]
