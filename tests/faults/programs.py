"""The relay and the worker of the product, with the tests' topics beside the real ones.

`python -m tests.faults.programs relay --lease 1`, `python -m tests.faults.programs worker`.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cre.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

import tests.faults.tasks  # noqa: E402, F401 - it declares what the tests send
from cre.celery import app  # noqa: E402

WORKER = ["worker", "--loglevel=INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]


if __name__ == "__main__":
    program, *options = sys.argv[1:]
    if program == "relay":
        call_command("relay", *options)
    else:
        app.worker_main([*WORKER, *options])
