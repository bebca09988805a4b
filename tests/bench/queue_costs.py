"""Prints what the first page of the queue costs the database: `python -m tests.bench.queue_costs EMAIL`.

`queries` are the SELECT, INSERT, UPDATE and DELETE statements of the whole request on both databases;
`db_ratio` is the time of those that read requests, to the same page and counts written by hand and
asked as the owner, whom no row security slows down.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connections
from django.test import Client

from collaborators.models import User

ROUNDS = 15
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
PAGE = """SELECT id, uuid, region_id, country, status, danger, risk_level, language, created_at, due_at,
    first_answered_at, closed_at FROM collaborations_supportrequest
    WHERE region_id = %(region)s AND closed_at IS NULL AND first_answered_at IS NULL AND due_at IS NOT NULL
    ORDER BY due_at, id LIMIT 51"""
COUNTED = "(SELECT count(*) FROM (SELECT 1 FROM collaborations_supportrequest r WHERE {} LIMIT 1001) AS capped)"
CONDITIONS = [
    "r.region_id = %(region)s AND r.closed_at IS NULL AND r.first_answered_at IS NULL",
    "r.region_id = %(region)s AND r.closed_at IS NULL AND r.due_at < now()",
    "r.region_id = %(region)s AND r.closed_at IS NULL AND r.danger = 'now'",
    "r.region_id = %(region)s AND r.closed_at IS NULL AND r.first_answered_at IS NOT NULL AND r.status <> 'parked'",
    """r.region_id = %(region)s AND r.closed_at IS NULL AND r.id IN (
        SELECT request_id FROM collaborations_briefversion WHERE status = 'proposed'
        UNION SELECT request_id FROM collaborations_introduction WHERE status IN ('proposed', 'willing'))""",
    "r.region_id = %(region)s AND r.closed_at IS NOT NULL",
    "r.region_id = %(region)s",
]
COUNTS = "SELECT " + ", ".join(COUNTED.format(condition) for condition in CONDITIONS)


class Meter:
    """Counts and times the statements of one request."""

    def __init__(self) -> None:
        self.queries, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        answer = execute(sql, params, many, context)
        took = time.perf_counter() - began
        if sql.lstrip().startswith(VERBS):
            self.queries += 1
        if "collaborations_supportrequest" in sql:
            self.seconds += took
        return answer


def by_the_product(client: Client) -> Meter:
    """The page as the product makes it."""
    meter = Meter()
    with connections["default"].execute_wrapper(meter), connections["keys"].execute_wrapper(meter):
        answer = client.get("/desk/requests/", headers={"host": "127.0.0.1"})
    if answer.status_code != 200:
        raise RuntimeError(f"The queue answered {answer.status_code}")
    return meter


def by_hand(region: int) -> float:
    """The seconds that the same page and counts take, written by hand."""
    began = time.perf_counter()
    with connections["owner"].cursor() as cursor:
        for statement in (PAGE, COUNTS):
            cursor.execute(statement, {"region": region})
            cursor.fetchall()
    return time.perf_counter() - began


def region_of(user: User) -> int:
    """The region that the person facilitates."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT content_object_id FROM collaborators_regiongrant WHERE user_id = %s", [user.pk])
        found: int = cursor.fetchone()[0]
    return found


def main(email: str) -> None:
    """Measure both in turn and print the medians."""
    user = User.objects.get(email=email)
    client, region = Client(), region_of(user)
    client.force_login(user, backend="collaborators.backends.EmailBackend")
    meters, seconds = [], []
    for _ in range(ROUNDS):
        meters.append(by_the_product(client))
        seconds.append(by_hand(region))
    ours = statistics.median(meter.seconds for meter in meters[2:])
    bare = statistics.median(seconds[2:])
    print(json.dumps({
        "queries": meters[-1].queries, "db_ratio": round(ours / bare, 2), "db_ms": round(ours * 1000, 2),
        "bare_sql_ms": round(bare * 1000, 2),
    }))  # fmt: skip


main(sys.argv[1])
