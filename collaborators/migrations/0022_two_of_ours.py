"""Two people of one community decide together: the rule, who may turn it off, and who counts as the second one."""

from pathlib import Path
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cre.core.access.guards import run_sql_file


def check_before() -> str:
    """How an order to delete was checked before, to put it back."""
    sql = Path(__file__).with_name("0012_retention.sql").read_text(encoding="utf-8")
    body = sql[sql.index("CREATE FUNCTION cre_check_deletion(") :]
    return body[: body.index("END $$;") + len("END $$;")].replace("CREATE", "CREATE OR REPLACE", 1)


CHECK_BEFORE = check_before()
CHECK = CHECK_BEFORE.replace(
    "new.needs_second = (cre_count_representatives(new.community_id) > 1)",
    "new.needs_second = cre_needs_second(new.community_id)",
).replace(
    "(old.confirmed_by_id IS NULL AND new.confirmed_by_id = cre_actor())",
    "(old.confirmed_by_id IS NULL AND new.confirmed_by_id = cre_actor() AND cre_is_second(new.community_id))",
)
UNDO = """
DROP TRIGGER cre_check_together ON collaborators_community;
DROP FUNCTION cre_check_together, cre_may_agree, cre_needs_second, cre_is_second, cre_has_second, cre_has_settled;
"""


def fields(model: str) -> list[migrations.AddField]:
    """The rule itself, and who asked to be allowed to decide alone again."""
    is_history = model.startswith("historical")
    person: Any = models.ForeignKey(
        null=True,
        blank=is_history,
        db_constraint=not is_history,
        on_delete=django.db.models.deletion.DO_NOTHING if is_history else django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )
    return [
        migrations.AddField(model, "decides_together", models.BooleanField(default=False, db_default=False)),
        migrations.AddField(model, "alone_asked_by", person),
    ]


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0021_ways_back_in")]
    operations = [
        *fields("community"),
        *fields("historicalcommunity"),
        run_sql_file(__file__, undo=UNDO),
        migrations.RunSQL(CHECK, CHECK_BEFORE),
    ]
