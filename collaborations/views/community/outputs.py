"""Before something is published: the community reads it word for word and answers."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from collaborations.actions import answer_output
from collaborations.forms.outputs import OutputAnswerForm
from collaborations.policies import acts
from collaborations.selectors.outputs import own_outputs, standing_of
from collaborations.states import OutputStatus
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.vault import load_keys


@door("community")
def output(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show what an ally would like to publish, and take the community's answer."""
    found = get_object_or_404(own_outputs(request.scope), uuid=uuid)
    load_keys([found])
    form = OutputAnswerForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        answer = OutputStatus(form.cleaned_data["decision"])
        if answer != found.status:
            words = form.cleaned_data["words"]
            answer_output(found, version=form.cleaned_data["version"], answer=answer, words=words, by=request.user)
        messages.success(request, _("The ally and the regional desk read your answer now."))
        return redirect("community:collaboration", found.collaboration.uuid)
    decides = acts.decides_for(found.collaboration.request) and found.collaboration.is_open
    context = {
        "output": found,
        "work": found.collaboration,
        "standing": standing_of(found),
        "form": form,
        "can_answer": decides and found.is_waiting,
        "can_take_back": decides and found.status == OutputStatus.AGREED,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/output.html", context, status=status)
