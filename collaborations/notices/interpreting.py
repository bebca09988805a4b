"""What we tell an interpreter and the desk about one text; a community reads it on its own page."""

from django.utils.translation import gettext_lazy as _

from collaborations.recipients import desk, desk_of_request, interpreter, to_interpreter, to_interpreting
from cre.core.outbox import WITH_MAIL, Topic

TASK = "collaborations.InterpreterTask"

INTERPRETER_TASK = Topic(
    "interpreter-task",
    TASK,
    recipients=interpreter,
    url=to_interpreter,
    channels=WITH_MAIL,
    text=_("A text waits for your translation. It has a date."),
)
INTERPRETER_DECIDED = Topic(
    "interpreter-decided",
    TASK,
    recipients=desk,
    url=to_interpreting,
    text=_("A community answered about an interpreter."),
)
INTERPRETER_DONE = Topic(
    "interpreter-done",
    TASK,
    recipients=desk_of_request,
    url=to_interpreting,
    channels=WITH_MAIL,
    text=_("A translation is ready."),
)
