"""Who sees a text that an interpreter was asked to translate, who asks, who allows it and who ends it."""

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collaborations.matching.wanted import bare_words
from collaborations.models import InterpreterTask, Introduction, SupportRequest
from collaborations.policies.acts import can_facilitate, decides_for
from collaborations.policies.sight import story_branches
from collaborations.states import InterpretingStatus, RequestStatus
from collaborators.freezing import unless_frozen
from collaborators.models import Collaborator, User
from cre.core.access import Branches, No, Scope, current_scope, id_list, sees
from cre.core.states import can_move

# The texts that a person interprets now, one by one.
id_list("interpreting_tasks")
IS_ALLY = _(
    "This interpreter belongs to an ally of this request. Whoever interprets stands on no side: ask another one."
)
NOT_TO_CONTACT = _("The community asked us not to contact this one. Ask another interpreter.")
NOT_ONE = _("This interpreter cannot be asked now. Look at the list again.")


@sees(InterpreterTask)
def interpreter_task_branches(scope: Scope) -> Branches:
    """As the story; and the one interpreter, from the community's yes to the day that it named."""
    yield from story_branches(scope)
    yield Q(pk__in=scope.listed("interpreting_tasks"))


def interpreter_pairs() -> set[tuple[int, int]]:
    """Who interprets and has an account, as ids of a person and of an entry of the roster; for facilitators."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, collaborator_id FROM cre_interpreters()")
        return set(cursor.fetchall())


@unless_frozen
def can_ask_interpreter(request: SupportRequest) -> bool:
    """The region's facilitator, while the request is open."""
    return can_facilitate(request) and request.closed_at is None and request.status != RequestStatus.DRAFT


def can_interpret(interpreter: User, collaborator: Collaborator, request: SupportRequest) -> bool | No:
    """Whether nothing rules this interpreter out; a no says what does."""
    if (interpreter.pk, collaborator.pk) not in interpreter_pairs():
        return No(NOT_ONE)
    offers = Introduction.objects.visible_to(current_scope()).filter(request=request, collaborator=collaborator)
    if offers.exists():
        return No(IS_ALLY)
    if bare_words(collaborator.display_name) in bare_words(request.risk.not_to_contact):
        return No(NOT_TO_CONTACT)
    return True


@unless_frozen
def can_decide_interpreter(task: InterpreterTask) -> bool:
    """While the community can still say yes or no."""
    return task.is_waiting and task.request.closed_at is None


def can_end_interpreting(task: InterpreterTask) -> bool:
    """The region's facilitator and the community, at any time, also while everything stands still."""
    is_theirs = can_facilitate(task.request) or decides_for(task.request)
    return is_theirs and can_move(task, InterpretingStatus.ENDED)
