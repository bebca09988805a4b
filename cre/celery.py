"""The workers and the clock: `celery -A cre.celery worker`, `celery -A cre.celery beat`."""

import os
from typing import Any

import django
from celery.schedules import crontab
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cre.settings")
django.setup()

from cre.checks import refuse_unsafe_start  # noqa: E402 - the line above loads the models that both need
from cre.core.outbox.workers import app  # noqa: E402
from cre.logs import set_up  # noqa: E402

refuse_unsafe_start()
app.autodiscover_tasks()
app.autodiscover_tasks(["cre.core.outbox"])

# Every timer of the product stands here: a name, the task, and when it runs (UTC). A clock that a record
# carries (an answer that is due, a check-in) is no timer: it is an event with a `due_at`.
app.conf.beat_schedule = {
    "remove what is no longer kept": {
        "task": "cre.core.tasks.remove_what_is_over",
        "schedule": crontab(hour="3", minute="10"),
    },
    "sweep sessions that have ended": {
        "task": "collaborators.tasks.sweep_sessions",
        "schedule": crontab(minute="20"),
    },
    "keep the head of the ledger": {
        "task": "cre.core.tasks.keep_ledger_head",
        "schedule": crontab(hour="0", minute="5"),
    },
    "tidy up roles": {
        "task": "collaborators.tasks.tidy_up_roles",
        "schedule": crontab(hour="2", minute="20"),
    },
    "sweep keys that nothing uses": {
        "task": "cre.core.tasks.sweep_orphan_keys",
        "schedule": crontab(hour="3", minute="40"),
    },
}


@setup_logging.connect
def use_our_logging(**_: Any) -> None:
    """Celery would put its own log over ours, which keeps values out."""
    set_up(settings.LOGGING)


__all__ = ["app"]
