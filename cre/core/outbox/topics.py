"""What can be told to people, and what can be carried out later: each app declares it in its notices."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


class Channel(StrEnum):
    """How a message goes on: still to be fanned out, into the portal, by mail, or a job to carry out."""

    FAN_OUT = ""
    IN_APP = "in_app"
    MAIL = "mail"
    WORK = "work"


# People of communities are told in the portal only, unless they ask for mails; staff and allies also get a mail
# without content.
IN_PORTAL = (Channel.IN_APP,)
WITH_MAIL = (Channel.IN_APP, Channel.MAIL)


class Subject(models.TextChoices):
    """Every subject that a mail can have; none says anything about its cause."""

    WAITING = "waiting", _("Something waits for you")
    SOON = "soon", _("Something waits for you: please look soon")


@dataclass(frozen=True)
class Event:
    """What happened: to which object, by whom, and the small ids that were given with it."""

    label: str
    uuid: UUID
    by: int | None
    ids: Mapping[str, Any]

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> "Event":
        """The event that an outbox payload tells of."""
        return cls(payload["label"], UUID(payload["uuid"]), payload.get("by"), payload.get("ids", {}))

    @cached_property
    def object(self) -> Any:
        """The object itself, or None when it is gone; read as the system account."""
        objects: Any = apps.get_model(self.label).objects
        return objects.filter(uuid=self.uuid).first()


@dataclass(frozen=True)
class Kind:
    """What a topic and a piece of work have in common: a code, and the label of the model it is about."""

    code: str
    label: str
    urgent: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise ValueError(f"{self.code!r} is not a topic's code.")
        if _kinds.setdefault(self.code, self) is not self:
            raise ValueError(f"Two topics are called {self.code!r}.")


@dataclass(frozen=True, kw_only=True)
class Topic(Kind):
    """A kind of notice, for one kind of reader; declaring it in an app's notices is all it takes.

    `recipients` gives the ids of the people to tell; it runs as the system account. `text` is one fixed
    sentence without content, shown in the portal in the reader's language; `url` leads from there to the
    object. Whoever caused the event is left out unless `tell_actor`. A person who does not see the object
    gets nothing.
    """

    recipients: Callable[[Event], Iterable[int]]
    text: str | Promise
    url: Callable[[Any], str]
    channels: tuple[Channel, ...] = IN_PORTAL
    subject: Subject = Subject.WAITING
    tell_actor: bool = False


@dataclass(frozen=True, kw_only=True)
class Work(Kind):
    """A job that must not be lost, such as destroying a key.

    `carry_out` runs as the system account, and may run twice. Whoever acts can emit: it believes only what
    it reads from the records themselves (a deletion that was decided and whose waiting time is over), never
    the event alone.
    """

    carry_out: Callable[[Event], None]


_kinds: dict[str, Kind] = {}
K = TypeVar("K", bound=Kind)


@cache
def load_declarations() -> None:
    """Import what every app declares: a worker has no actions that would have done so."""
    autodiscover_modules("notices")


def find_kind(code: str, wanted: type[K]) -> K | None:
    """The topic or work of that code, or None when no app declares it (any more)."""
    load_declarations()
    kind = _kinds.get(code)
    return kind if isinstance(kind, wanted) else None


def kind_named(code: str, wanted: type[K]) -> K:
    """The topic or work of that code. Raises LookupError when no app declares it."""
    kind = find_kind(code, wanted)
    if kind is None:
        raise LookupError(f"No {wanted.__name__.lower()} is called {code!r}.")
    return kind
