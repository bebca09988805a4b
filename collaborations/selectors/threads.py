"""Messages page by page, newest page first, each read by what its reader may know of its author."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db.models import Q, QuerySet

from collaborations.models.talk import Side
from collaborators.models import User
from cre.core.vault import load_keys

PAGE = 10


@dataclass(frozen=True)
class Turn:
    """Where a page of messages ends: before the message with this uuid, or with the newest."""

    before: UUID | None = None

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> Self:
        """The turn in a page's address; what is no uuid means the newest page."""
        try:
            return cls(UUID(str(query.get("before", ""))))
        except ValueError:
            return cls()


@dataclass(frozen=True)
class Thread:
    """One page of messages, oldest first, and the address of the page before it."""

    messages: list[dict[str, Any]]
    older: str = ""


def page_of(found: QuerySet[Any], turn: Turn, *, reader: User) -> Thread:
    """A page as components/message_thread.html shows it; two queries, and one for the keys."""
    end = found.filter(uuid=turn.before).first() if turn.before else None
    if end:
        found = found.filter(Q(sent_at__lt=end.sent_at) | Q(sent_at=end.sent_at, pk__lt=end.pk))
    rows = list(found.order_by("-sent_at", "-pk")[: PAGE + 1])
    older = f"?before={rows[PAGE - 1].uuid}" if len(rows) > PAGE else ""
    page = rows[:PAGE][::-1]
    load_keys(page)
    return Thread([as_message(row, reader) for row in page], older)


def as_message(row: Any, reader: User) -> dict[str, Any]:
    """One message. The author is named by side only: who a person at the desk is stays theirs to tell."""
    return {
        "who": Side(row.side).label,
        "at": row.sent_at,
        "text": row.text,
        "lang": row.language,
        "is_mine": row.author_id == reader.pk,
    }
