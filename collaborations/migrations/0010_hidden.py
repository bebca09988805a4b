"""What waits to be deleted is out of sight of everyone but its community: its requests and all about them."""

from pathlib import Path

from django.db import migrations

from cre.core.access.guards import HiddenRows, run_sql_file

HERE = Path(__file__).parent
NEW = "DROP FUNCTION cre_hidden_collaborations(); DROP FUNCTION cre_hidden_requests();"
ASKED = "<> ALL ((select cre_hidden_requests())::bigint[])"
COMMUNITY = "community_id <> ALL ((select cre_hidden_communities())::bigint[])"
OF_REQUEST = f"request_id {ASKED}"
# An ally keeps the row of its own answer, without a word of the community: it is asked there to erase what it has.
OF_REQUEST_OR_ALLY = f"""{OF_REQUEST} OR (offered_at IS NOT NULL
    AND collaborator_id = ANY ((select cre_held_collaborator('speak_for'))::bigint[])
    AND community_id <> ALL ((select cre_frozen_communities())::bigint[]))"""
# Also about a community as a whole, without a request.
OF_EITHER = f"{COMMUNITY} AND (request_id IS NULL OR {OF_REQUEST})"
HIDDEN = {
    "supportrequest": f"id {ASKED}",
    "historicalsupportrequest": f"id {ASKED}",
    "introduction": OF_REQUEST_OR_ALLY,
    "historicalintroduction": OF_REQUEST_OR_ALLY,
    "collaboration": OF_REQUEST,
    "historicalcollaboration": OF_REQUEST,
    "collaborationmessage": "collaboration_id <> ALL ((select cre_hidden_collaborations())::bigint[])",
    "consent": OF_EITHER,
    "keepquestion": OF_EITHER,
    "historicalkeepquestion": OF_EITHER,
    "handovernote": OF_REQUEST,
    "historicalhandovernote": OF_REQUEST,
    "handovercontact": OF_REQUEST,
    "historicalhandovercontact": OF_REQUEST,
}


def body_before(file: str, name: str) -> str:
    """How a function was made before, to put it back."""
    sql = (HERE / file).read_text(encoding="utf-8").replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    start = sql.index(f"CREATE OR REPLACE FUNCTION {name}(")
    return sql[start : sql.index("$$;", start) + len("$$;")]


BEFORE = [
    body_before("0006_freezing.sql", name)
    for name in ("cre_offered_briefs", "cre_joined_introductions", "cre_joined_collaborations")
]
UNDO = "\n".join([*BEFORE, body_before("0007_retention.sql", "cre_clocks"), NEW])


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0009_ledger_subjects"), ("collaborators", "0015_hidden")]
    operations = [
        run_sql_file(__file__, undo=UNDO),
        *(HiddenRows(f"collaborations_{table}", unless=shown) for table, shown in HIDDEN.items()),
    ]
