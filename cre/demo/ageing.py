"""Moving what was built in a minute back to the days on which it is told to have happened.

Actions stamp the moment at which they run, and no action may back-date: that would be a way to forge a
timeline. So the requests are built now, step by step, and afterwards the owner of the tables moves all
that a step wrote to the moment of the files, history included, each request by itself. Only a database
that bears the mark of a demonstration is touched. The ledger stays as it is, for it cannot be changed,
and the outbox too: its notices really go out now.
"""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from random import Random

from django.apps import apps
from django.db import connections, models, transaction
from psycopg.sql import SQL, Composable, Composed, Identifier

from collaborations.clocks import answer_due
from collaborations.models import (
    Collaboration,
    Introduction,
    Referral,
    SecondLook,
    SupportRequest,
    TimelineEntry,
)
from collaborators.models import Community, CommunityGrant, CommunityIdentity, ReceiptCredential, User
from cre.demo.journey import Journey
from cre.demo.moments import moments_of

STEPS = """
CREATE TEMPORARY TABLE demo_step (
    request_id bigint, community_id bigint, person_id bigint, begins timestamptz, ends timestamptz,
    shift interval, due_at timestamptz, due_shift interval
) ON COMMIT DROP
"""
OF_PARENT = SQL("s.request_id = (SELECT p.request_id FROM {parent} p WHERE p.id = t.{parent_id})")
MOVED = SQL("""
UPDATE {table} t SET {column} = (t.{column} - s.{shift})::{kind} FROM demo_step s
WHERE {condition} AND t.{moment} BETWEEN s.begins AND s.ends
""")
# A deadline moves by the first step after which it stood.
MOVED_DEADLINE = SQL("""
UPDATE {table} t SET due_at = t.due_at - s.due_shift
FROM (SELECT DISTINCT ON (request_id, due_at) * FROM demo_step ORDER BY request_id, due_at, begins) s
WHERE s.request_id = t.id AND s.due_at = t.due_at
""")
INSERT = "INSERT INTO demo_step VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
# What lies ahead of the moment at which it was written, and that moment.
AHEAD: dict[type[models.Model], tuple[str, str]] = {
    Introduction: ("answer_due_at", "offered_at"),
    Introduction.history.model: ("answer_due_at", "offered_at"),
    Collaboration: ("check_in_on", "began_at"),
    Collaboration.history.model: ("check_in_on", "began_at"),
    Referral: ("ask_on", "made_at"),
    SecondLook: ("due_at", "asked_at"),
    TimelineEntry: ("due_on", "happened_at"),
}
# Rows of people and communities, and how the step is found that made them.
OF_A_COMMUNITY: dict[type[models.Model], SQL] = {
    Community: SQL("s.community_id = t.id"),
    Community.history.model: SQL("s.community_id = t.id"),
    CommunityIdentity.history.model: SQL("s.community_id = t.community_id"),
    CommunityGrant: SQL("s.community_id = t.content_object_id"),
    CommunityGrant.history.model: SQL("s.community_id = t.content_object_id"),
    ReceiptCredential: SQL("s.person_id = t.user_id"),
    User: SQL("s.person_id = t.id"),
}


@dataclass(frozen=True)
class Span:
    """A row of the table of steps: what was written from `begins` to `ends` goes back by `shift`."""

    request_id: int
    community_id: int
    person_id: int
    begins: datetime
    ends: datetime
    shift: timedelta
    due_at: datetime | None
    due_shift: timedelta


def age_world(journeys: Iterable[Journey]) -> None:
    """Move the steps of these journeys to their moments, all or none of them."""
    spans = [span for journey in journeys for span in spans_of(journey)]
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(STEPS)
        cursor.executemany(INSERT, [astuple(span) for span in spans])
        for statement in statements():
            cursor.execute(statement.as_string())


def spans_of(journey: Journey) -> list[Span]:
    """The steps of a journey with how far each goes back."""
    moments = moments_of(journey, Random(journey.told["key"]))
    spans = []
    for number, (step, moment) in enumerate(zip(journey.steps, moments, strict=True)):
        shift = step.began_at - moment
        due = step.due_on_purpose or (first_due(journey, moment) if number == 0 else None)
        due_shift = step.due_at - due if step.due_at and due else shift
        spans.append(
            Span(
                journey.request_id,
                journey.community.pk,
                journey.member.pk,
                step.began_at,
                step.ended_at,
                shift,
                step.due_at,
                due_shift,
            )
        )
    return spans


def first_due(journey: Journey, received_at: datetime) -> datetime:
    """When the first answer is due: counted in working days, so it does not simply move along."""
    request = journey.request_as(journey.member)
    return answer_due(request.region, request.danger, received_at)


def statements() -> Iterator[Composed]:
    """First what lies ahead, because it is found by the moment beside it; then all moments."""
    for model, (ahead, written_at) in AHEAD.items():
        if condition := condition_of(model):
            yield moved(model, ahead, condition, found_by=written_at)
    for model in (SupportRequest, SupportRequest.history.model):
        yield MOVED_DEADLINE.format(table=Identifier(model._meta.db_table))
    for model in [*apps.get_app_config("collaborations").get_models(), *OF_A_COMMUNITY]:
        if condition := condition_of(model):
            for moment in moments_in(model):
                yield moved(model, moment, condition)


def condition_of(model: type[models.Model]) -> Composable | None:
    """How a row `t` finds the steps `s` of its request or community; None for rows that have none."""
    names = {field.name for field in model._meta.concrete_fields}
    if model in OF_A_COMMUNITY:
        return OF_A_COMMUNITY[model]
    if model in (SupportRequest, SupportRequest.history.model):
        return SQL("s.request_id = t.id")
    if "request" in names:
        return SQL("s.request_id = t.request_id")
    for parent in ("introduction", "collaboration"):
        if parent in names:
            return OF_PARENT.format(parent=Identifier(f"collaborations_{parent}"), parent_id=Identifier(f"{parent}_id"))
    return None


def moments_in(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField)]


def moved(model: type[models.Model], column: str, condition: Composable, *, found_by: str = "") -> Composed:
    """The statement that moves one column by its step, found by this or by another column."""
    return MOVED.format(
        table=Identifier(model._meta.db_table),
        column=Identifier(column),
        shift=Identifier("due_shift" if found_by else "shift"),
        kind=SQL("timestamptz" if column in moments_in(model) else "date"),
        condition=condition,
        moment=Identifier(found_by or column),
    )
