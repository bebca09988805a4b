"""Interpreters of a request at the desk: asked for one text, the answer written down, the translation read, ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collaborations.actions import allow_interpreter, ask_interpreter, end_interpreting, refuse_interpreter
from collaborations.forms.desk.acting import ActForm
from collaborations.forms.desk.interpreting import AskInterpreterForm, InterpreterVoiceForm, SourceForm
from collaborations.forms.interpreting import YES
from collaborations.models import InterpreterTask
from collaborations.policies import acts
from collaborations.policies.interpreting import can_ask_interpreter, can_decide_interpreter, can_end_interpreting
from collaborations.selectors.interpreting import as_task, interpreters_for, not_to_see, tasks_of, text_from
from collaborations.states import InterpretingStatus
from collaborations.views.desk.labels import line
from collaborations.views.desk.pages import (
    Asked,
    confirm,
    is_second_click,
    of_desk_or_404,
    posted,
    request_or_404,
    status_of,
)
from collaborations.views.desk.record import frame
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import require
from cre.core.vault import load_keys


@require_safe
@door("desk")
def request_interpreting(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """List what interpreters were asked for a request, with the translations."""
    about = request_or_404(request, uuid)
    context = frame(request, about, "request-interpreting") | {
        "tasks": [
            as_task(task) | {"can_record": can_record(task), "can_end": can_end_interpreting(task)}
            for task in tasks_of(request.scope, about)
        ],
        "reads_words": acts.can_read_words(about),
        "can_ask": bool(can_ask_interpreter(about)),
    }
    return render(request, "desk/request_interpreting.html", context)


def can_record(task: InterpreterTask) -> bool:
    """Whether the community's answer can be written down here."""
    return bool(can_decide_interpreter(task) and acts.can_record_voice(task.request))


@door("desk")
def interpreter_ask(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Choose an interpreter and one text, after a look for conflicts; the community decides."""
    about = request_or_404(request, uuid)
    require(can_ask_interpreter(about), _("Only the region's facilitator asks, while this is open."))
    source = SourceForm(request.GET)
    chosen = source.cleaned_data["source"] if source.is_valid() else ""
    form = AskInterpreterForm(
        posted(request),
        language=about.language,
        interpreters=interpreters_for(request.scope, about),
        initial={"text": text_from(request.scope, about, chosen) if chosen and not request.POST else ""},
    )
    if form.is_valid():
        ask_interpreter(about, by=request.user, **form.answers)
        messages.success(request, _("The community decides now. Nobody reads the text before its yes."))
        return redirect("desk:request-interpreting", uuid)
    context = {"form": form, "source": source, "about": about, "line": line(about)} | not_to_see(request.scope, about)
    return render(request, "desk/interpreter_ask.html", context, status=status_of(form))


@door("desk")
def interpreting_voice(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down what the community said about an interpreter; it is the community's act."""
    task: InterpreterTask = of_desk_or_404(InterpreterTask, request, uuid)
    about = task.request
    require(acts.can_record_voice(about), _("Only the region's facilitator writes this down."))
    if not can_decide_interpreter(task):
        messages.info(request, _("This does not wait for an answer any more."))
        return redirect("desk:request-interpreting", about.uuid)
    load_keys([task])
    form = InterpreterVoiceForm(posted(request), row=task, language=about.language)
    if form.is_valid():
        answer = allow_interpreter if form.cleaned_data["decision"] == YES else refuse_interpreter
        answer(task, version=task.version, voice=form.voice, by=request.user)
        messages.success(request, _("The community's decision is written down."))
        return redirect("desk:request-interpreting", about.uuid)
    context = as_task(task) | {"form": form, "about": about, "line": line(about)}
    return render(request, "desk/interpreting_voice.html", context, status=status_of(form))


@door("desk")
def interpreting_end(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """End it before its day."""
    task: InterpreterTask = of_desk_or_404(InterpreterTask, request, uuid)
    about = task.request
    if is_second_click(request, task, InterpretingStatus.ENDED):
        return redirect("desk:request-interpreting", about.uuid)
    require(can_end_interpreting(task), _("This has ended already, or is not yours to end."))
    form = ActForm(posted(request), row=task)
    if form.is_valid():
        end_interpreting(task, version=task.version, by=request.user)
        messages.success(request, _("It has ended. The interpreter reads nothing of it any more."))
        return redirect("desk:request-interpreting", about.uuid)
    asked = Asked(
        title=_("End what {name} was asked to translate?").format(name=task.collaborator.display_name),
        submit=_("End it"),
        changes=[_("The interpreter can no longer read the text, from this moment.")],
        told=[_("The community reads of it in its timeline.")],
        is_danger=True,
    )
    return confirm(request, about, form, asked)
