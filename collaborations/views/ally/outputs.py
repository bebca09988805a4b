"""Before something is published: the ally puts it forward, and reads what the community says."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collaborations.actions import put_forward
from collaborations.forms.outputs import PutForwardForm
from collaborations.policies import deciding
from collaborations.selectors.ally import own_work
from collaborations.selectors.outputs import as_output, outputs_of
from collaborators.http import PersonRequest
from collaborators.views.doors import door


@door("ally")
def outputs(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show what was put forward and the answers, and put another text forward."""
    work = get_object_or_404(own_work(request.scope), uuid=uuid)
    form = PutForwardForm(request.POST or None)
    if form.is_valid():
        put_forward(work, language=get_language() or "en", by=request.user, **form.cleaned_data)
        messages.success(request, _("The community reads it now. Please publish nothing before its yes."))
        return redirect("ally:outputs", uuid)
    context = {
        "work": work,
        "outputs": [as_output(row) for row in outputs_of(work, request.scope)],
        "form": form,
        "can_put": deciding.can_put_forward(work),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "ally/outputs.html", context, status=status)
