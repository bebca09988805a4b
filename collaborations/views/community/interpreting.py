"""An interpreter for one text: the community reads who would read what and until when, and answers."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from collaborations.actions import allow_interpreter, end_interpreting, refuse_interpreter
from collaborations.forms.interpreting import NO, YES, InterpreterAnswerForm
from collaborations.models import InterpreterTask
from collaborations.policies import acts
from collaborations.policies.interpreting import can_decide_interpreter
from collaborations.selectors.interpreting import as_task, own_standing, own_tasks
from collaborations.states import InterpretingStatus
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.vault import load_keys

# What each answer leads to, so that a second click is no new answer.
LEADS_TO = {YES: InterpretingStatus.ALLOWED, NO: InterpretingStatus.REFUSED}


@door("community")
def interpreting(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show the one text with who would read it or what was translated, and take the community's answer."""
    task = get_object_or_404(own_tasks(request.scope), uuid=uuid)
    load_keys([task])
    form = InterpreterAnswerForm(request.POST or None, initial={"version": task.version})
    if form.is_valid():
        decide(request, task, form)
        return redirect("community:request", task.request.uuid)
    decides = acts.decides_for(task.request)
    context = as_task(task) | {
        "standing": own_standing(task),
        "form": form,
        "can_answer": decides and can_decide_interpreter(task),
        "can_end": decides and task.is_read,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/interpreting.html", context, status=status)


def decide(request: PersonRequest, task: InterpreterTask, form: InterpreterAnswerForm) -> None:
    """Carry the answer out and say what follows."""
    decision, version = form.cleaned_data["decision"], form.cleaned_data["version"]
    if LEADS_TO.get(decision, InterpretingStatus.ENDED) == task.status:
        messages.info(request, _("You have answered this already."))
    elif decision == YES:
        allow_interpreter(task, version=version, by=request.user)
        messages.success(request, _("The interpreter can read this one text now. You can take your yes back."))
    elif decision == NO:
        refuse_interpreter(task, version=version, by=request.user)
        messages.success(request, _("No interpreter reads this text."))
    else:
        end_interpreting(task, version=version, by=request.user)
        messages.success(request, _("Taken back. It has stopped already."))
