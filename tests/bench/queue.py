"""What the queue costs the database, measured in a process of its own on a database of the bench."""

import json
import subprocess
import sys
from typing import Any

from tests.bench.databases import environment_of


def queue_costs(database: str, email: str = "facilitator@bench.example") -> dict[str, Any]:
    """The fields `queries`, `db_ratio`, `db_ms` and `bare_sql_ms` for the first page of this person's queue."""
    environment = environment_of(database) | {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    command = [sys.executable, "-m", "tests.bench.queue_costs", email]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr)
    costs: dict[str, Any] = json.loads(answer.stdout)
    return costs
