"""Who acts: a context variable that the database backend announces, signed, to every transaction."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from cre.core.access.scope import Scope


class NoActor(RuntimeError):
    """Something confidential was touched while nobody was acting."""


class Person(Protocol):
    """What the walls need to know of somebody: a primary key; people are `settings.AUTH_USER_MODEL`."""

    pk: Any


@dataclass
class Actor:
    """Somebody at work: who, why (a written reason, mostly empty), how sure we are, and what was read so far."""

    user_id: int
    reason: str = ""
    view: str = ""
    role: str = ""
    is_proven: bool = False
    scope: Scope | None = None
    reads: dict[Any, set[str]] = field(default_factory=dict)


_actor: ContextVar[Actor | None] = ContextVar("cre_actor", default=None)
# While a request is served, only its session can say that somebody is proven. Jobs, commands and tests vouch for
# whom they act as: nobody sits behind them who could have guessed a password.
_serving: ContextVar[bool] = ContextVar("cre_serving", default=False)
# What waits for the end of somebody's work inside their transaction; the ledger adds its flush here.
at_the_end: list[Any] = []


def current_actor() -> Actor:
    """Who is acting now. Raises `NoActor` when nobody is."""
    actor = _actor.get()
    if actor is None:
        raise NoActor("Nobody is acting; use acting_as().")
    return actor


def current_scope() -> Scope:
    """What the acting person holds; nothing at all when nobody acts."""
    actor = _actor.get()
    if actor is None:
        return Scope.of_nobody()
    if actor.scope is None:
        actor.scope = Scope.read(actor.user_id, reason=actor.reason)
    return actor.scope


def forget_scope() -> None:
    """Read the scope anew at the next question: a grant, an offer or a collaboration has just changed."""
    actor = _actor.get()
    if actor is not None:
        actor.scope = None


def name_page(view: str) -> None:
    """Note under which page the acting person reads from here on; of nobody nothing is noted."""
    actor = _actor.get()
    if actor is not None:
        actor.view = view


def acting_person() -> Any:
    """The person who acts now, as a user record, or None."""
    actor = _actor.get()
    if actor is None:
        return None
    return apps.get_model(settings.AUTH_USER_MODEL)(pk=actor.user_id)


def actor_pads(key: str) -> tuple[bytes, bytes]:
    """The inner and outer pad of HMAC-SHA-256 (RFC 2104) for the actor key; the database keeps only these."""
    block = hashlib.sha256(key.encode()).digest().ljust(64, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


def signed(actor: Actor | None) -> str:
    """The text `person|expiry|flags|signature` that the database verifies; empty for nobody.

    The flags are letters: r, a reason was given; p, a second factor proved the person.
    """
    if actor is None:
        return ""
    limit = settings.REQUEST_LIMIT_SECONDS if _serving.get() else settings.CELERY_TASK_TIME_LIMIT
    flags = "r" * bool(actor.reason) + "p" * actor.is_proven
    claims = f"{actor.user_id}|{int(time.time()) + limit + 5}|{flags}"
    key = hashlib.sha256(settings.ACTOR_KEY.encode()).digest()
    return f"{claims}|{hmac.new(key, claims.encode(), hashlib.sha256).hexdigest()}"


def announce() -> None:
    """Tell the running transaction who acts from now on; a finished or broken transaction needs no word."""
    database: Any = connection
    database.announce(signed(_actor.get()))


def current_token() -> str:
    """What the database backend announces right after BEGIN."""
    return signed(_actor.get())


@contextmanager
def serving() -> Iterator[None]:
    """Serve a request: nobody in it is proven unless its session says so, and its actors last as long as it may."""
    token = _serving.set(True)
    try:
        yield
    finally:
        _serving.reset(token)


@contextmanager
def acting_as(
    user: Person, *, reason: str = "", view: str = "", role: str = "", proven: bool | None = None
) -> Iterator[Actor]:
    """Work as `user` (unsaved people are nobody); restores who acted before.

    Whoever acts already goes on, under the reason that they gave, unless they give another one, and as
    proven as before. `proven` is for whoever has just looked at a session. What was read is written to the
    ledger before the block ends, in the same transaction.
    """
    before = _actor.get()
    is_same = before is not None and before.user_id == user.pk
    if proven is None:
        proven = before.is_proven if before is not None and is_same else not _serving.get()
    if before is not None and is_same and reason in ("", before.reason) and proven == before.is_proven:
        yield before
        return
    actor = Actor(user.pk, reason, view, role, proven)
    token = _actor.set(actor if user.pk else None)
    try:
        announce()
        yield actor
        if actor.reads:
            with transaction.atomic():
                for finish in at_the_end:
                    finish(actor)
    finally:
        _actor.reset(token)
        announce()


def system_account() -> Any:
    """The account under which timers and deliveries run; nobody can log in with it."""
    return apps.get_model(settings.AUTH_USER_MODEL).objects.get(is_system=True)


@contextmanager
def acting_system() -> Iterator[Actor]:
    """Work as the system account."""
    with acting_as(system_account(), role="system", proven=True) as actor:
        yield actor
