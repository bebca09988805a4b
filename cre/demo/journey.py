"""One request on its way: who acts, and at which moments its steps were taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db import models, transaction
from django.utils import timezone

from collaborations.models import SupportRequest
from collaborators.models import Community, User
from cre.core.access import acting_as
from cre.demo.cast import Cast
from cre.demo.files import Told

Row = TypeVar("Row", bound=models.Model)


@dataclass
class Step:
    """One step of a request: when it was really taken, and the deadline that stood after it.

    `due_on_purpose` is the deadline that the files want, where it is not simply moved with the step;
    `weight` says how long people took for it, compared with other steps.
    """

    began_at: datetime
    ended_at: datetime
    due_at: datetime | None = None
    due_on_purpose: datetime | None = None
    weight: float = 1


@dataclass
class Journey:
    """A request of the files on its way through the product."""

    told: Told
    cast: Cast
    member: User
    community: Community
    request_id: int = 0
    steps: list[Step] = field(default_factory=list)

    @property
    def region(self) -> str:
        """The region whose desk looks after it, once it has been placed."""
        return str(self.told["placed_in"] or self.told["region"])

    @property
    def facilitator(self) -> User:
        return self.cast.on("facilitate", self.region)

    @contextmanager
    def step(self, *, weight: float = 1, began_at: datetime | None = None) -> Iterator[Step]:
        """Take one step; all that it writes is moved back in time together, later."""
        began_at = began_at or timezone.now()
        step = Step(began_at, began_at, weight=weight)
        yield step
        step.ended_at = timezone.now()
        step.due_at = self.request_as(self.member).due_at
        self.steps.append(step)

    def request_as(self, person: User) -> SupportRequest:
        """The request as it stands now, as somebody sees it."""
        with transaction.atomic(), acting_as(person):
            return SupportRequest.objects.select_related("region", "community").get(pk=self.request_id)


def fresh(row: Row, person: User) -> Row:
    """A row as it stands now, as somebody sees it."""
    with transaction.atomic(), acting_as(person):
        found: Row = type(row)._default_manager.get(pk=row.pk)
        return found
