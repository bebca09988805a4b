"""The clocks of requests and communities, as `cre_clocks()` tells them to whoever acts."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg.sql import SQL

REQUEST, COMMUNITY = "collaborations.SupportRequest", "collaborators.Community"
ORDERED = "ordered"
CLOCKS = SQL("""
SELECT label, object_uuid, object_id, community_id, region_id, rule, since, ask_at, ends_at, stands FROM {source}()
WHERE {where} ORDER BY ends_at, label, object_id LIMIT %s
""")
# Those that the acting person may see, and those of their own communities alone.
SEEN, OWN = SQL("cre_clocks"), SQL("cre_own_clocks")
# Why a clock stands, in words.
STANDS: dict[str, Promise] = {
    "collaboration": _("the work with an ally goes on"),
    "introduction": _("an ally is being asked or was introduced"),
    "second_look": _("a second look is not answered yet"),
    "hold": _("it has to be kept for a legal reason"),
    "freeze": _("everything about the community is frozen"),
}


@dataclass(frozen=True)
class Clock:
    """One object under one rule: since when, when it is asked about, when it ends, why it stands."""

    label: str
    object_uuid: UUID
    object_id: int
    community_id: int
    region_id: int
    rule: str
    since: datetime
    ask_at: datetime | None
    ends_at: datetime | None
    stands: tuple[str, ...]

    @property
    def reasons(self) -> list[str | Promise]:
        """Why it stands, in words."""
        return [STANDS.get(code, code) for code in self.stands]


def clocks(where: SQL, values: list[Any], *, most: int, source: SQL = SEEN) -> list[Clock]:
    """The clocks that the acting person may see, as far as a condition over their columns holds; first ends first."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS.format(source=source, where=where).as_string(), [*values, most])
        return [replace(Clock(*row), stands=tuple(row[-1])) for row in cursor.fetchall()]


def due_clocks(rule: str, most: int) -> list[Clock]:
    """What goes now by one rule."""
    return clocks(SQL("rule = %s AND ends_at <= statement_timestamp() AND stands = '{}'"), [rule], most=most)


def clocks_to_ask(rule: str, most: int) -> list[Clock]:
    """What is near enough to its end that its community is asked now."""
    return clocks(SQL("rule = %s AND ask_at <= statement_timestamp() AND stands = '{}'"), [rule], most=most)


def clock_of(label: str, object_uuid: UUID) -> Clock | None:
    """The clock of one object that ends first, if one runs and the acting person may see it."""
    found = clocks(SQL("label = %s AND object_uuid = %s"), [label, object_uuid], most=1)
    return found[0] if found else None


def own_clocks(most: int) -> list[Clock]:
    """The clocks of the acting person's own communities."""
    return clocks(SQL("true"), [], most=most, source=OWN)


def standing_clocks(most: int) -> list[Clock]:
    """What would be on its way out, but stands still."""
    return clocks(SQL("stands <> '{}'"), [], most=most)


def ending_clocks(days: int, most: int) -> list[Clock]:
    """What goes within so many days."""
    soon = SQL("ends_at <= statement_timestamp() + make_interval(days => %s) AND stands = '{}'")
    return clocks(soon, [days], most=most)


def count_clocks() -> dict[str, tuple[int, int, int]]:
    """For each rule how many go now, go within thirty days, and stand; for those who watch over what is kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kept, due, soon, standing FROM cre_count_clocks()")
        return {kept: (due, soon, standing) for kept, due, soon, standing in cursor.fetchall()}
