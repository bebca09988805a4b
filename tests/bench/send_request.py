"""Prints what sending a request costs through the whole product, in milliseconds, against a bare view that writes one
row behind the same middleware; and, apart, the hash of a receipt code, which the first page of asking makes once.
"""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connections
from django.test import Client
from django.urls import reverse

from collaborators.codes import hash_secret, new_code
from collaborators.views.doors import CODE
from tests.bench.member import begun, draft_of

ROUNDS = 25
BARE_TABLE = """
CREATE TABLE IF NOT EXISTS bare_row (id bigserial PRIMARY KEY, at timestamptz NOT NULL, words text NOT NULL);
GRANT INSERT ON bare_row TO cre_app; GRANT USAGE ON SEQUENCE bare_row_id_seq TO cre_app
"""


def timed(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def posted(client: Client, address: str, words: dict[str, Any]) -> Callable[[], None]:
    """Post this form; whatever does not lead on is a fault."""

    def post() -> None:
        answer = client.post(address, words)
        if answer.status_code != 302:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    return post


def main() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(BARE_TABLE)
    client = Client(SERVER_NAME="127.0.0.1")
    times = dict[str, list[float]](sending=[], bare=[], argon2=[])
    for _ in range(ROUNDS + 5):
        # Most people send once: so each time it is somebody who comes for the first time.
        intake = begun()
        client.force_login(intake.user, backend=CODE)
        draft = draft_of(intake)
        check = reverse("community:ask-check", args=[draft.uuid])
        times["sending"].append(timed(posted(client, check, {"version": draft.version})))
        times["bare"].append(timed(posted(client, "/bare/write/", {"words": "x"})))
        times["argon2"].append(timed(lambda: hash_secret(new_code().secret)))
    print(json.dumps({name: statistics.median(found[5:]) for name, found in times.items()}))


if __name__ == "__main__":
    main()
