"""The Celery application, and what each of its tasks does: prove who acts, work as them, let no value out.

It lives below the apps so that the relay can hand work to it; `cre.celery` adds their tasks and the clock.
"""

import hashlib
import hmac
import json
import logging
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from celery import Celery, Task
from celery.exceptions import TaskPredicate
from celery.utils import uuid
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from cre.core.access import acting_as, acting_system, current_actor

HEADER = "cre_actor"
log = logging.getLogger(__name__)


class ForgedActor(PermissionError):
    """A task came with no proof, a wrong one or an old one of who wants it done."""


class TaskFailed(RuntimeError):
    """A task failed; the message is the name of what went wrong, never its values."""


def signature(claims: str) -> str:
    """The HMAC of the claims; its key is not that of the database, so neither proof serves as the other."""
    key = hmac.new(settings.ACTOR_KEY.encode(), b"cre task", hashlib.sha256).digest()
    return hmac.new(key, claims.encode(), hashlib.sha256).hexdigest()


def digest(args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    """A short name for the arguments, the same before and after their way through the queue."""
    return hashlib.sha256(json.dumps([list(args), dict(kwargs)], sort_keys=True, default=str).encode()).hexdigest()


def signed_header(
    user_id: int, task: str, task_id: str, args: Sequence[Any], kwargs: Mapping[str, Any], *, proven: bool = False
) -> str:
    """The proof that `user_id`, proven by a second factor or not, wants this one task with these arguments, soon."""
    expiry = int(time.time()) + settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    claims = f"{user_id}|{'p' * proven}|{expiry}"
    return f"{claims}|{signature(f'{claims}|{task}|{task_id}|{digest(args, kwargs)}')}"


def verified_actor(
    header: str, task: str, task_id: str, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> tuple[int, bool]:
    """Who wants the task done, and whether proven. Raises `ForgedActor` when this is not genuine or too old."""
    claims, _, given = str(header or "").rpartition("|")
    expected = signature(f"{claims}|{task}|{task_id}|{digest(args, kwargs)}")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise ForgedActor("The actor of a task is not genuine.")
    user_id, flags, expiry = claims.split("|")
    if int(expiry) < time.time():
        raise ForgedActor("The actor of a task has expired.")
    return int(user_id), flags == "p"


class ActorTask(Task):  # type: ignore[type-arg]
    """A task that runs in one transaction under the scope of whoever asked for it.

    `@shared_task` runs as the person who called `delay()` or `apply_async()`; nobody else can start it.
    `in_transaction=False` leaves the transactions to the task. Results are never kept.
    """

    abstract = True
    as_system = False
    in_transaction = True

    def apply_async(  # type: ignore[override]
        self, args: Any = None, kwargs: Any = None, task_id: Any = None, **options: Any
    ) -> Any:
        """As in Celery, with the signed actor in a header and without the arguments' text in the message."""
        task_id = task_id or uuid()
        headers = dict(options.pop("headers", None) or {})
        if not self.as_system:
            actor = current_actor()
            headers[HEADER] = signed_header(
                actor.user_id, self.name, task_id, args or (), kwargs or {}, proven=actor.is_proven
            )
        options |= {"headers": headers, "argsrepr": "()", "kwargsrepr": "{}"}
        return super().apply_async(args, kwargs, task_id=task_id, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        try:
            with self.at_work(args, kwargs):
                self.run(*args, **kwargs)
        except TaskPredicate:
            raise
        except Exception as error:  # noqa: BLE001 - no value of an exception may reach a log or a result
            log.error(  # noqa: TRY400 - a traceback can hold values
                "Task %s failed: %s at %s.", self.name, type(error).__name__, place_of(error)
            )
            raise TaskFailed(type(error).__name__) from None

    @contextmanager
    def at_work(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Iterator[None]:
        """The transaction and the acting person of one run."""
        if not self.in_transaction:
            yield
            return
        with transaction.atomic(), acting_system() if self.as_system else self.as_asker(args, kwargs):
            yield

    def as_asker(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> AbstractContextManager[Any]:
        """Work as whoever asked for this run, as proven as they were; a direct call is made by whoever acts."""
        if self.request.called_directly:
            user_id, proven = current_actor().user_id, current_actor().is_proven
        else:
            header = (self.request.headers or {}).get(HEADER, "")
            user_id, proven = verified_actor(header, self.name, self.request.id or "", args, kwargs)
        people: Any = get_user_model().objects
        person = people.filter(pk=user_id, is_active=True).first()
        if person is None:
            raise ForgedActor("The actor of a task is gone or disabled.")
        return acting_as(person, proven=proven)


class SystemTask(ActorTask):
    """A task that runs as the system account, for timers: `@shared_task(base=SystemTask)`."""

    abstract = True
    as_system = True


def place_of(error: BaseException) -> str:
    """Where in the code an error arose, without any value."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].name}, line {frames[-1].lineno}" if frames else "an unknown place"


app = Celery("cre", task_cls=ActorTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
# A worker outlives any absence of the broker, and never tells events about tasks.
app.conf.broker_connection_max_retries = None
app.conf.worker_send_task_events = False
app.conf.task_ignore_result = True
# Nothing waits behind a slow task in a worker's own pocket, and urgent messages overtake.
app.conf.worker_prefetch_multiplier = 1
