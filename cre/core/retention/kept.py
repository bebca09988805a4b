"""What the mechanisms themselves keep for a time: rows without content that are only old."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cre.core.outbox.models import Notice, OutboxMessage
from cre.core.registries import Retained, retained
from cre.core.retention.rules import rule_of

ROWS_AT_ONCE = 1_000


def rows_older(name: str, find: Callable[[datetime], QuerySet[Any]]) -> dict[str, Any]:
    """How rows of one table go that are older than their rule says, in batches; `find` gives those before a moment."""

    def over() -> QuerySet[Any]:
        return find(timezone.now() - timedelta(days=rule_of(name).days)).order_by()

    def due(_: int) -> Sequence[str]:
        return [name] if over().exists() else []

    def remove(_: str) -> dict[str, int]:
        rows = over()
        taken = list(rows.values_list("pk", flat=True)[:ROWS_AT_ONCE])
        went, _by_model = rows.model._default_manager.filter(pk__in=taken).delete()
        return {rows.model._meta.db_table: went}

    return {"name": name, "due": due, "remove": remove}


retained.add(
    Retained(
        **rows_older("notices", lambda before: Notice.objects.filter(created_at__lte=before)),
        words=_("Notices in the portals"),
        begins=_("when they were written"),
        days=180,
    )
)
# Dead letters stay until somebody has looked at them.
retained.add(
    Retained(
        **rows_older("deliveries", lambda before: OutboxMessage.objects.filter(done_at__lte=before)),
        words=_("Marks that something was delivered"),
        begins=_("when it was delivered"),
        days=90,
    )
)
