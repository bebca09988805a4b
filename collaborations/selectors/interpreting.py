"""The texts that interpreters translate, as the desk, the community and the interpreter read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.models import (
    BriefVersion,
    InterpreterTask,
    Introduction,
    RequestMessage,
    RequestRisk,
    RequestStory,
    SupportRequest,
)
from collaborations.models.interpreting import InterpreterTaskQuerySet
from collaborations.models.talk import Side
from collaborations.policies.interpreting import interpreter_pairs
from collaborations.selectors.desk_request import one, rows_about
from collaborations.selectors.waiting import Waiting
from collaborations.states import BriefStatus, InterpretingStatus
from collaborators.models import Collaborator, User
from collaborators.policies import communities_of
from cre.core.access import Scope
from cre.core.vault import load_keys
from cre.core.vocabularies import language_name

MOST_SHOWN = 20
SOMEBODY = _("Somebody of our roster")
IS_OVER = _("the time is over")
# What the statuses are called where the community itself reads them.
AS_WE_SAY = {InterpretingStatus.ASKED: _("waits for you"), InterpretingStatus.REFUSED: _("you said no")}
# From what a facilitator copies the text.
HAPPENS, NEED, MESSAGE, BRIEF = "happens", "need", "message", "brief"


@dataclass(frozen=True)
class Interpreter:
    """Somebody of the roster who can be asked, with the account that would read."""

    user: User
    collaborator: Collaborator
    # Shown where one entry has several people.
    needs_address: bool

    @property
    def key(self) -> str:
        return f"{self.collaborator.uuid}.{self.user.uuid}"

    def __str__(self) -> str:
        name = self.collaborator.display_name
        return f"{name} · {self.user.email}" if self.needs_address else name


def tasks_of(scope: Scope, request: SupportRequest) -> list[InterpreterTask]:
    """What was asked for a request, newest first; the keys are at hand."""
    found = InterpreterTask.objects.visible_to(scope).filter(request=request).select_related("collaborator", "consent")
    rows = list(found[:MOST_SHOWN])
    load_keys(rows)
    return rows


def own_tasks(scope: Scope) -> InterpreterTaskQuerySet:
    """What is asked of the person's own community."""
    found = InterpreterTask.objects.visible_to(scope).filter(community_id__in=communities_of(scope))
    return found.select_related("request")


def tasks_to_interpret(scope: Scope) -> QuerySet[InterpreterTask]:
    """The texts that the person interprets now; neither the request nor the community comes along."""
    found = InterpreterTask.objects.visible_to(scope).filter(pk__in=scope.listed("interpreting_tasks"))
    return found.order_by("due_at", "pk")


def tasks_wait(tasks: Iterable[InterpreterTask]) -> list[Waiting]:
    """What an interpreter would read, while the community can still answer."""
    text = _("An interpreter would read one text of yours. You decide.")
    found = [task for task in tasks if task.is_waiting]
    return [Waiting(text, reverse("community:interpreting", args=[task.uuid]), task.request_id) for task in found]


def standing_of(task: InterpreterTask) -> str | Promise:
    """Where it stands in words; past its day it is over whatever was said."""
    return IS_OVER if task.is_over and task.ended_at is None else task.get_status_display()


def own_standing(task: InterpreterTask) -> str | Promise:
    """The same, as the community itself reads it."""
    found = standing_of(task)
    return found if found == IS_OVER else AS_WE_SAY.get(InterpretingStatus(task.status), found)


def reader_of(task: InterpreterTask) -> str | Promise:
    """Who would read it, as the community may know it."""
    return task.reader or SOMEBODY


def languages_of(task: InterpreterTask) -> dict[str, str]:
    """From which language into which, in words."""
    locale = get_language() or "en"
    return {
        "from_language": language_name(task.from_language, locale),
        "to_language": language_name(task.to_language, locale),
    }


def as_task(task: InterpreterTask) -> dict[str, Any]:
    """A task with its words, for a page."""
    return {"row": task, "standing": standing_of(task), "reader": reader_of(task)} | languages_of(task)


def interpreters_for(scope: Scope, request: SupportRequest) -> list[Interpreter]:
    """Whom a facilitator can ask: nobody who was suggested as an ally of this request; three queries."""
    pairs = interpreter_pairs()
    allies = set(Introduction.objects.visible_to(scope).filter(request=request).values_list("collaborator", flat=True))
    entries = Collaborator.objects.visible_to(scope).in_bulk({entry for _person, entry in pairs} - allies)
    people = User.objects.in_bulk({person for person, _entry in pairs})
    chosen = sorted((entries[entry].display_name, entry, person) for person, entry in pairs if entry in entries)
    several = [entry for _name, entry, _person in chosen]
    return [Interpreter(people[person], entries[entry], several.count(entry) > 1) for _name, entry, person in chosen]


def text_from(scope: Scope, request: SupportRequest, source: str) -> str:
    """The words of one source, to be copied; empty where there are none."""
    if source in (HAPPENS, NEED):
        story = one(request, rows_about(RequestStory, request, scope))
        words = None if story is None else (story.what_happens if source == HAPPENS else story.need)
    elif source == MESSAGE:
        said = rows_about(RequestMessage, request, scope).filter(side=Side.COMMUNITY).order_by("-sent_at", "-pk")
        message = one(request, said)
        words = message.text if message else None
    else:
        written = rows_about(BriefVersion, request, scope).exclude(status=BriefStatus.DRAFT).order_by("-number")
        brief = one(request, written)
        words = brief.text if brief else None
    return words or ""


def not_to_see(scope: Scope, request: SupportRequest) -> dict[str, str]:
    """Whom the community named: who must not see this, and whom not to contact."""
    risk = one(request, rows_about(RequestRisk, request, scope))
    if risk is None:
        return {"not_to_see": "", "not_to_contact": ""}
    return {"not_to_see": risk.not_to_see, "not_to_contact": risk.not_to_contact}
