"""The workers and the clock: `celery -A cre.celery worker`, `celery -A cre.celery beat`."""

import logging.config
import os
from typing import Any

from celery.schedules import crontab
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cre.settings")

from cre.core.outbox.workers import app

app.autodiscover_tasks()
app.autodiscover_tasks(["cre.core.outbox", "cre.core.ledger", "cre.core.vault"])

# Every timer of the product stands here: a name, the task, and when it runs (UTC).
app.conf.beat_schedule = {
    "forget what was delivered": {
        "task": "cre.core.outbox.tasks.forget_delivered",
        "schedule": crontab(hour="3", minute="10"),
    },
}


@setup_logging.connect
def use_our_logging(**_: Any) -> None:
    """Celery would put its own log over ours, which keeps values out."""
    logging.config.dictConfig(settings.LOGGING)


__all__ = ["app"]
