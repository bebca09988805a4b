"""Prints what an entry of the ledger costs, in milliseconds: alone, fifty at once, and a bare INSERT of the columns.

Each entry is about a real request, so that the database finds out community, region and relation. Nothing stays.
"""

import json
import statistics
import time
from collections.abc import Callable

import django

django.setup()

from django.db import connection, transaction

from collaborations.actions import start_request
from collaborators.actions import begin_intake
from collaborators.models import Region
from cre.core import ledger
from cre.core.access import acting_as, current_actor

ROUNDS, MANY = 40, 50
LABEL = "collaborations.RequestStory"
BARE = """
INSERT INTO bare (id, at, person_id, role, kind, object_label, object_uuid, request_uuid, fields, reason, view)
VALUES (gen_random_uuid(), now(), %s, '', 'read', %s, gen_random_uuid(), %s, '{need}', '', 'bench')
"""


def timed(act: Callable[[], None]) -> float:
    """The median of what it takes, in milliseconds; the first rounds warm up."""
    times = []
    for _ in range(ROUNDS + 5):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[5:])


def main() -> None:
    """Measure as somebody with fifty requests, and take everything back."""
    intake = begin_intake(language="en", region=Region.objects.get(code="africa"), channel="signal")
    with acting_as(intake.user, view="bench"):
        requests = [start_request(intake.community, danger="no", language="en", by=intake.user) for _ in range(MANY)]
        seen = [ledger.Seen(LABEL, request.uuid, request_uuid=request.uuid) for request in requests]

        def write_one() -> None:
            ledger.record(ledger.Kind.READ, LABEL, fields=["need"], seen=seen[0])

        def write_many() -> None:
            current_actor().reads.update({one: {"need"} for one in seen})
            ledger.flush(current_actor())

        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE bare (LIKE core_ledgerentry INCLUDING INDEXES) ON COMMIT DROP")

            def write_bare() -> None:
                cursor.execute(BARE, [intake.user.pk, LABEL, requests[0].uuid])

            found = {"one": timed(write_one), "of_50": timed(write_many) / MANY, "bare": timed(write_bare)}
    print(json.dumps(found))


if __name__ == "__main__":
    with transaction.atomic():
        main()
        transaction.set_rollback(True)
